import assert from "node:assert/strict";
import { importFiles } from "../import/import_files.ts";
import { runCommand, type Terminal } from "../usage.ts";
import { exportFiles } from "./export_files.ts";

const CSV = "timestamp_ms,open,high,low,close,volume\n" +
  "1704067200000,10,12,9,0.1,5\n1704070800000,11,12.000000000000002,9,10,\n" +
  "1704074400000,11,12,9,10,1e-7\n";

type Command = typeof exportFiles;

async function inFolder(
  run: (
    folder: string,
    call: (command: Command, ...args: string[]) => Promise<[number, string, string]>,
  ) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "candlewick-test-" });
  async function call(command: Command, ...args: string[]): Promise<[number, string, string]> {
    const lines = { out: [] as string[], err: [] as string[] };
    const terminal: Terminal = {
      out: (text) => void lines.out.push(text),
      err: (text) => void lines.err.push(text),
    };
    const all = [...args, "--data-dir", `${folder}/data`];
    const code = await runCommand("USAGE", terminal, () => command(all, {}, terminal));
    return [code, lines.out.join("\n"), lines.err.join("\n")];
  }
  try {
    await run(folder, call);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("export writes a series under freqtrade's name, and import finds nothing new in it", () =>
  inFolder(async (folder, call) => {
    const out = `${folder}/out`;
    await Deno.mkdir(out);
    await Deno.writeTextFile(`${folder}/A_USDT-1h.csv`, CSV);
    assert.equal((await call(importFiles, `${folder}/A_USDT-1h.csv`))[0], 0);
    const base = ["--timeframe", "1h", "--out", out];
    const [code, text] = await call(exportFiles, "AUSDT", ...base, "--format", "csv");
    assert.equal(code, 0);
    assert.match(text, /A_USDT-1h\.csv: A\/USDT of venue, \d+ bytes$/);
    assert.equal(await Deno.readTextFile(`${out}/A_USDT-1h.csv`), CSV);
    assert.equal((await call(exportFiles, "A/USDT", ...base))[0], 0);
    const names = (await Array.fromAsync(Deno.readDir(out))).map(({ name }) => name).sort();
    assert.deepEqual(names, ["A_USDT-1h.csv", "A_USDT-1h.feather"]);
    const [, again] = await call(importFiles, out);
    assert.equal(again.match(/0 new, 0 replaced, 3 known, 0 rejected/g)?.length, 2);
  }));

Deno.test("export goes on after a series that is not there, leaves no part of it and exits with 1", () =>
  inFolder(async (folder, call) => {
    await Deno.writeTextFile(`${folder}/A_USDT-1h.csv`, CSV);
    await call(importFiles, `${folder}/A_USDT-1h.csv`);
    const base = ["--timeframe", "1h", "--out", folder];
    const [code, out, err] = await call(exportFiles, "B/USDT", "A/USDT", ...base);
    assert.equal(code, 1);
    assert.match(err, /^B\/USDT: /);
    assert.match(out, /A_USDT-1h\.feather/);
    const [none, , why] = await call(exportFiles, "A/USDT", "--timeframe", "5m", "--out", folder);
    assert.equal(none, 1);
    assert.match(why, /dataset "venue" has 1h spot/);
    const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
    assert.deepEqual(names, ["A_USDT-1h.csv", "A_USDT-1h.feather", "data"]);
  }));

Deno.test("export exits with 2 and its usage when it is not told what to write", () =>
  inFolder(async (_, call) => {
    assert.match((await call(exportFiles))[2], /No symbol is named[\s\S]*USAGE/);
    assert.equal((await call(exportFiles, "A/USDT"))[0], 2);
    assert.equal((await call(exportFiles, "A/USDT", "--nonsense"))[0], 2);
    assert.equal((await call(exportFiles, "--help"))[0], 0);
  }));
