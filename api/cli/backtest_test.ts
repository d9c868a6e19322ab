import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { buildCore } from "../../core-wasm/build.ts";
import { readRunGoldens } from "../backtests/run/testdata/read_runs.ts";
import { metadataPath } from "./backtest_files.ts";

await buildCore();
const { runs, seriesFor } = await readRunGoldens();
const STRATEGY = fileURLToPath(
  import.meta.resolve("../backtests/run/testdata/trend_rider.py"),
);

/** A folder with two pairs' candles, one of them gzipped, removed when the work is done. */
async function withCandles(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const wanted = ["AAA/USDT", "BBB/USDT"].map((pair) => ({
      pair,
      timeframe: "1h",
      candleType: "spot" as const,
    }));
    const [first] = runs;
    assert.ok(first);
    const prepared = { wanted } as unknown as Parameters<typeof seriesFor>[0];
    for (const { pair, candles } of seriesFor(prepared)) {
      const rows = Array.from(
        candles.date,
        (date, row) =>
          [
            date,
            candles.open[row],
            candles.high[row],
            candles.low[row],
            candles.close[row],
            candles.volume[row],
          ]
            .join(","),
      );
      const text = `date,open,high,low,close,volume\n${rows.join("\n")}\n`;
      const path = `${folder}/${pair.replace("/", "_")}-1h.csv`;
      if (pair === "AAA/USDT") await Deno.writeTextFile(path, text);
      else await Deno.writeFile(`${path}.gz`, gzipped(text));
    }
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function gzipped(text: string): ReadableStream<Uint8Array> {
  return new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
}

async function backtest(...args: string[]) {
  const script = fileURLToPath(import.meta.resolve("./backtest.ts"));
  const command = new Deno.Command(Deno.execPath(), {
    // Quiet, so that what Deno fetches on a first run does not stand among the command's own lines.
    args: [
      "run",
      "--quiet",
      "--no-check",
      "--allow-read",
      "--allow-write",
      "--allow-env",
      script,
      ...args,
    ],
    stdout: "piped",
    stderr: "piped",
  });
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

Deno.test("backtest prints the report, writes the export beside its metadata and exits 0", async () => {
  await withCandles(async (folder) => {
    const json = `${folder}/out.json`;
    const { code, out, err } = await backtest(
      ...["--strategy", STRATEGY, "--candles", folder, "--json", json],
    );
    assert.equal(err, "");
    assert.equal(code, 0);
    assert.match(out, /BACKTESTING REPORT[\s\S]*AAA\/USDT[\s\S]*STRATEGY SUMMARY/);
    const { strategy } = JSON.parse(await Deno.readTextFile(json));
    assert.ok(strategy.TrendRider.total_trades > 0);
    assert.deepEqual(strategy.TrendRider.pairlist, ["AAA/USDT", "BBB/USDT"]);
    const metadata = JSON.parse(await Deno.readTextFile(`${folder}/out.meta.json`));
    const hash = /Result hash ([0-9a-f]{64})/.exec(out)?.[1];
    assert.equal(metadata.TrendRider.run_id, hash);
  });
});

Deno.test("backtest exits 2 and names what is wrong on stderr when it is asked wrongly", async () => {
  await withCandles(async (folder) => {
    const config = `${folder}/config.json`;
    const base = ["--strategy", STRATEGY, "--candles", folder];
    const withConfig = async (settings: object) => {
      await Deno.writeTextFile(config, JSON.stringify(settings));
      return [...base, "--config", config];
    };
    const broken = `${folder}/broken.py`;
    await Deno.writeTextFile(broken, "class A(IStrategy:\n    pass\n");
    const refused: [args: string[], text: RegExp][] = [
      [["--strategy", STRATEGY], /'--candles' is missing[\s\S]*Usage:/],
      [await withConfig({ fee: -1 }), /"fee" is -1/],
      [[...base, "--pairs", "ZZZ/USDT"], /"ZZZ\/USDT"/],
      [[...base, "--timerange", "20400101-"], /"20400101-"/],
      [[...base, "--timerange", "yesterday"], /"yesterday"/],
      [["--strategy", `${folder}/none.py`, "--candles", folder], /none\.py/],
      [["--strategy", broken, "--candles", folder], /line 1, column/],
    ];
    for (const [args, text] of refused) {
      const { code, out, err } = await backtest(...args);
      assert.match(err, text);
      assert.equal(code, 2, err);
      assert.equal(out, "");
    }
  });
});

Deno.test("backtest writes the report as a page with the figures it prints", async () => {
  await withCandles(async (folder) => {
    const page = `${folder}/report.html`;
    const { code, out, err } = await backtest(
      ...["--strategy", STRATEGY, "--candles", folder, "--html", page],
    );
    assert.equal(code, 0, err);
    const html = await Deno.readTextFile(page);
    const hash = /Result hash ([0-9a-f]{64})/.exec(out)?.[1] ?? "none";
    assert.ok(html.includes(hash));
    const balance = /Final balance +│ ([\d.]+ USDT)/.exec(out)?.[1] ?? "none";
    assert.ok(html.includes(`<td class="num">${balance}</td>`), balance);
    assert.match(html, /<option value="1">BBB\/USDT<\/option>/);
  });
});

Deno.test("backtest reads a configuration with comments, and warns of what it ignores", async () => {
  await withCandles(async (folder) => {
    const config = `${folder}/config.json`;
    await Deno.writeTextFile(config, '{ "stake_amount": 50, // small\n "telegram": {}, }');
    const { code, err, out } = await backtest(
      ...["--strategy", STRATEGY, "--candles", folder, "--config", config, "--pairs", "BBB/USDT"],
    );
    assert.equal(code, 0);
    assert.match(err, /does not depend on it: "telegram"/);
    assert.ok(!out.includes("AAA/USDT"));
  });
});

Deno.test("backtest --help shows how it is used and exits 0", async () => {
  const { code, out } = await backtest("--help");
  assert.equal(code, 0);
  assert.match(out, /^Usage: deno task backtest/);
});

Deno.test("metadataPath() puts .meta before the suffix, as freqtrade looks for it", () => {
  assert.equal(metadataPath("a.b/out.json"), "a.b/out.meta.json");
  assert.equal(metadataPath("out"), "out.meta");
});
