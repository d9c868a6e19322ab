import assert from "node:assert/strict";
import { importFiles } from "./import_files.ts";
import { runCommand, type Terminal } from "../usage.ts";

const CSV = "timestamp,open,high,low,close,volume\n" +
  "2024-01-01T00:00:00Z,10,12,9,11,5\n2024-01-01T01:00:00Z,11,9,12,10,6\n" +
  "2024-01-01T02:00:00Z,11,12,9,10,6\n";

async function inFolder(
  run: (
    folder: string,
    command: (...args: string[]) => Promise<[number, string, string]>,
  ) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "candlewick-test-" });
  async function command(...args: string[]): Promise<[number, string, string]> {
    const lines = { out: [] as string[], err: [] as string[] };
    const terminal: Terminal = {
      out: (text) => void lines.out.push(text),
      err: (text) => void lines.err.push(text),
    };
    const all = [...args, "--data-dir", `${folder}/data`];
    const code = await runCommand("USAGE", terminal, () => importFiles(all, {}, terminal));
    return [code, lines.out.join("\n"), lines.err.join("\n")];
  }
  try {
    await run(folder, command);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("import loads a folder, tells what each file did and is repeatable", () =>
  inFolder(async (folder, command) => {
    await Deno.mkdir(`${folder}/candles`);
    await Deno.writeTextFile(`${folder}/candles/A_USDT-1h.csv`, CSV);
    await Deno.writeTextFile(`${folder}/candles/GOOG-1h.csv`, CSV);
    const [code, out, err] = await command(`${folder}/candles`);
    assert.equal(err, "");
    assert.equal(code, 0);
    assert.deepEqual(out.replaceAll(folder, "").split("\n"), [
      "/candles/A_USDT-1h.csv: A/USDT 1h spot on binance: 2 new, 0 replaced, 0 known, 1 rejected, 1 missing",
      "  line 3: high_below_low",
      "/candles/GOOG-1h.csv: GOOG/USD 1h spot on binance: 2 new, 0 replaced, 0 known, 1 rejected, 1 missing",
      "  line 3: high_below_low",
    ]);
    const [again, repeated] = await command(`${folder}/candles/A_USDT-1h.csv`);
    assert.equal(again, 0);
    assert.match(repeated, /0 new, 0 replaced, 2 known/);
  }));

Deno.test("import goes on after a file it cannot read and exits with 1", () =>
  inFolder(async (folder, command) => {
    await Deno.writeTextFile(`${folder}/a.csv`, "no candles");
    await Deno.writeTextFile(`${folder}/B_USDT-1h.csv`, CSV);
    const [code, out, err] = await command(`${folder}/a.csv`, `${folder}/B_USDT-1h.csv`);
    assert.equal(code, 1);
    assert.match(err, /a\.csv: Name the symbol: the file's name does not tell it$/);
    assert.match(out, /B\/USDT 1h spot on binance: 2 new/);
  }));

Deno.test("import takes rules of markets, and exits with 2 for what it cannot use at all", () =>
  inFolder(async (folder, command) => {
    const file = `${folder}/markets.json`;
    await Deno.writeTextFile(file, '{"A/USDT":{"precision":{"price":0.01}}}');
    const [code, out] = await command("--markets", file);
    assert.equal(code, 0);
    assert.match(out, /rules of 1 markets$/);
    assert.equal((await command())[0], 2);
    assert.equal((await command("--nonsense"))[0], 2);
    assert.equal((await command(`${folder}/none.csv`))[0], 2);
  }));
