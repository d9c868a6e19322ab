import assert from "node:assert/strict";
import { openCandleStock } from "./candle_stock.ts";

const HOUR = 3_600_000;

async function withFiles(
  files: Readonly<Record<string, readonly number[]>>,
  work: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, hours] of Object.entries(files)) {
      const rows = hours.map((hour) => `${hour * HOUR + Date.UTC(2024, 0)},2,3,1,2,${hour}`);
      await Deno.writeTextFile(
        `${folder}/${name}`,
        `date,open,high,low,close,volume\n${rows.join("\n")}\n`,
      );
    }
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const ONE_HOUR = { timeframe: "1h", candleType: "spot" } as const;

Deno.test("openCandleStock() knows pairs by timeframe and type without reading the files", async () => {
  const files = { "A_B-1h.csv": [0, 1], "C_B-5m.csv": [0, 1], "D_B_B-1h-futures.csv": [0, 1] };
  await withFiles(files, async (folder) => {
    const stock = await openCandleStock([folder]);
    assert.deepEqual(stock.pairs("1h", "spot"), ["A/B"]);
    assert.deepEqual(stock.pairs(null, "spot"), ["A/B", "C/B"]);
    assert.deepEqual(stock.pairs("1h", "futures"), ["D/B:B"]);
    assert.equal(await stock.read({ pair: "X/B", ...ONE_HOUR }), null);
  });
});

Deno.test("openCandleStock() joins the files of one series in time order", async () => {
  await withFiles({ "A_B-1h.csv": [5, 6, 7], "A_B-1h-old.csv": [0, 1, 2] }, async (folder) => {
    const stock = await openCandleStock([`${folder}/A_B-1h.csv`, `${folder}/A_B-1h-old.csv`]);
    const candles = await stock.read({ pair: "A/B", ...ONE_HOUR });
    assert.deepEqual([...candles?.volume ?? []], [0, 1, 2, 5, 6, 7]);
  });
});

Deno.test("openCandleStock() reads feather and parquet, and leaves other things of a folder out", async () => {
  await withFiles({ "A_B-1h.csv": [0, 1] }, async (folder) => {
    const files = new URL("../market/files/testdata/", import.meta.url);
    await Deno.copyFile(new URL("freqtrade.feather", files), `${folder}/C_B-1h.feather`);
    await Deno.copyFile(new URL("zstd.parquet", files), `${folder}/D_B_B-1h-futures.parquet`);
    await Deno.copyFile(new URL("freqtrade.feather", files), `${folder}/E_B-1h-old.feather`);
    await Deno.writeTextFile(`${folder}/markets.json`, "{}");
    await Deno.writeTextFile(`${folder}/A_B-trades.feather`, "");
    const stock = await openCandleStock([folder]);
    assert.deepEqual(stock.pairs("1h", "spot"), ["A/B", "C/B"]);
    assert.deepEqual(stock.pairs("1h", "futures"), ["D/B:B"]);
    const candles = await stock.read({ pair: "C/B", ...ONE_HOUR });
    assert.equal(candles?.close.length, 120);
    assert.deepEqual(
      await stock.read({ ...ONE_HOUR, pair: "D/B:B", candleType: "futures" }),
      candles,
    );
    assert.match(stock.warnings().join(), /E_B-1h-old\.feather": "old" is no candle type/);
  });
});

Deno.test("openCandleStock() refuses two files of one series that overlap", async () => {
  await withFiles({ "A_B-1h.csv": [5, 6, 7], "A_B-1h-old.csv": [4, 5] }, async (folder) => {
    const stock = await openCandleStock([`${folder}/A_B-1h.csv`, `${folder}/A_B-1h-old.csv`]);
    await assert.rejects(stock.read({ pair: "A/B", ...ONE_HOUR }), /overlap for "A\/B" 1h/);
  });
});

Deno.test("openCandleStock() leaves a folder's variants of a series out and says so", async () => {
  await withFiles({ "A_B-1h.csv": [5, 6], "A_B-1h-shifted.csv": [90, 91] }, async (folder) => {
    const stock = await openCandleStock([folder]);
    const candles = await stock.read({ pair: "A/B", ...ONE_HOUR });
    assert.deepEqual([...candles?.volume ?? []], [5, 6]);
    assert.match(stock.warnings().join(), /A_B-1h-shifted\.csv": "shifted" is no candle type/);
  });
});
