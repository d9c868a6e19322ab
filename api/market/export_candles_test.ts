import assert from "node:assert/strict";
import fc from "fast-check";
import type { Ctx } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import { allocateCandles, type CandleColumns } from "./candles/columns.ts";
import type { ExportFormat } from "./files/candle_file.ts";
import { readCandleStream } from "./files/candle_reader.ts";
import { toCsvLines } from "./files/csv_writer.ts";
import { createDataset, exportCandles, importCandles, loadSeries } from "./service.ts";
import { createMarketTest, csvOf, HOUR, START, streamOf, withoutScope } from "./testing.ts";

const REF = { symbol: "A/USDT", timeframe: "1h" };
const HEAD = "timestamp_ms,open,high,low,close,volume\n";

async function importText(ctx: Ctx, text: string, fileName = "A_USDT-1h.csv"): Promise<void> {
  await importCandles(ctx, { dataset: "mine", fileName, stream: streamOf(text) });
}

async function readExport(ctx: Ctx, format: ExportFormat, range = {}): Promise<CandleColumns> {
  const { fileName, pieces } = await exportCandles(ctx, REF, { format, range });
  assert.equal(fileName, `A_USDT-1h.${format}`);
  return (await readCandleStream(pieces, { fileName })).candles;
}

function isError(code: string): (err: unknown) => boolean {
  return (err) => err instanceof AppError && err.code === code;
}

for (const format of ["csv", "feather"] as const) {
  Deno.test(`exportCandles() writes ${format} that is read back bit by bit, whatever the prices`, async () => {
    await using market = await createMarketTest();
    const { ann } = market;
    await createDataset(ann, { name: "mine" });
    const positive = fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true });
    const row = fc.record({
      gap: fc.integer({ min: 1, max: 3 }),
      low: positive,
      high: positive,
      volume: fc.oneof(positive, fc.constant(NaN), fc.constant(0)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 30 }), async (rows) => {
        const candles = allocateCandles(rows.length);
        let hour = 0;
        for (const [index, { gap, low, high, volume }] of rows.entries()) {
          candles.time[index] = START + (hour += gap) * HOUR;
          candles.low[index] = candles.open[index] = Math.min(low, high);
          candles.high[index] = candles.close[index] = Math.max(low, high);
          candles.volume[index] = volume;
        }
        await importText(ann, HEAD + toCsvLines(candles));
        const stored = await loadSeries(ann, REF);
        assert.deepEqual(await readExport(ann, format), stored.candles);
      }),
      { numRuns: 20 },
    );
  });

  Deno.test(`exportCandles() streams ${format} of several blocks and cuts it to the range`, async () => {
    await using market = await createMarketTest();
    const { ann } = market;
    await createDataset(ann, { name: "mine" });
    await importText(ann, csvOf(Array.from({ length: 25_000 }, (_, row) => 10 + row)));
    const all = await readExport(ann, format);
    assert.deepEqual(all, (await loadSeries(ann, REF)).candles);
    const range = { start: START + 9_998 * HOUR, stop: START + 20_001 * HOUR };
    const part = await readExport(ann, format, range);
    assert.deepEqual([part.time[0], part.time.at(-1)], [range.start, range.stop]);
    assert.equal(part.time.length, 10_004);
    const { pieces } = await exportCandles(ann, REF, { format, range: {} });
    const sizes: number[] = [];
    for await (const piece of pieces) sizes.push(piece.length);
    assert.ok(Math.max(...sizes) < 600_000, `${sizes}`);
  });
}

Deno.test("exportCandles() refuses without the scope, a stranger's series and what is not stored", async () => {
  await using market = await createMarketTest();
  const { ann, bob } = market;
  await createDataset(ann, { name: "mine" });
  await importText(ann, csvOf([10, 11]));
  const csv = { format: "csv" } as const;
  await assert.rejects(
    exportCandles(withoutScope(ann, "read"), REF, csv),
    isError("MISSING_SCOPE"),
  );
  await assert.rejects(exportCandles(bob, REF, csv), isError("NOT_FOUND"));
  await assert.rejects(
    exportCandles(ann, { ...REF, timeframe: "5m" }, csv),
    isError("NO_CANDLES"),
  );
});

Deno.test("exportCandles() names files as freqtrade does", async () => {
  await using market = await createMarketTest();
  const { ann } = market;
  await createDataset(ann, { name: "mine" });
  const names = ["A_USDT_USDT-1h-futures", "A_USDT_USDT-1h-mark", "A_USDT_USDT-1h-funding_rate"];
  for (const name of names) {
    await importText(ann, csvOf([10, 11]), `${name}.csv`);
    const candleType = name.split("-")[2] as "futures" | "mark" | "funding_rate";
    const { fileName, pieces } = await exportCandles(
      ann,
      { ...REF, symbol: "A/USDT:USDT", candleType },
      { format: "feather" },
    );
    await pieces.return(undefined);
    assert.equal(fileName, `${name}.feather`);
  }
});

Deno.test("GET /export streams a file under the name that freqtrade looks for", async () => {
  await using market = await createMarketTest();
  const { ann } = market;
  await createDataset(ann, { name: "mine" });
  const text = csvOf([10, 11, 12]);
  await importText(ann, text);
  const get = (query: string) =>
    market.users.ann.as(`/api/v1/market/export/AUSDT?timeframe=1h${query}`);
  const csv = await get("");
  assert.equal(csv.status, 200);
  assert.match(csv.headers.get("Content-Type") ?? "", /^text\/csv/);
  assert.equal(csv.headers.get("X-Candles-Dataset"), "mine");
  assert.equal(await csv.text(), text);
  const part = await get(`&start=${START + HOUR}&end=2024-01-01T01:00:00Z`);
  assert.equal(await part.text(), HEAD + text.split("\n")[2] + "\n");
  const feather = await get("&format=feather");
  assert.equal(feather.headers.get("Content-Type"), "application/vnd.apache.arrow.file");
  assert.match(feather.headers.get("Content-Disposition") ?? "", /"A_USDT-1h\.feather"/);
  assert.ok(feather.body);
  const { candles } = await readCandleStream(feather.body, { fileName: "A_USDT-1h" });
  assert.deepEqual([...candles.close], [10, 11, 12]);
  for (const bad of ["&format=xlsx", "&start=yesterday", "&candle_type=x"]) {
    const refused = await get(bad);
    assert.equal(refused.status, 422, bad);
    await refused.body?.cancel();
  }
});
