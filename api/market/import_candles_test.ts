import assert from "node:assert/strict";
import fc from "fast-check";
import { deflateRawSync } from "node:zlib";
import { zipOf } from "./files/testing.ts";
import type { Ctx } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import {
  createDataset,
  deleteDataset,
  importCandles,
  listCoverage,
  loadPinnedSeries,
  loadSeries,
  pinSeries,
  sweepCandles,
  unpinSeries,
} from "./service.ts";
import {
  countRows,
  createMarketTest,
  csvOf,
  HOUR,
  START,
  streamOf,
  withoutScope,
} from "./testing.ts";
import { inTransaction, tables } from "../platform/database/open.ts";

const FILE = "A_USDT-1h.csv";

function importText(ctx: Ctx, text: string, more: { dataset?: string; fileName?: string } = {}) {
  const { dataset = "mine", fileName = FILE } = more;
  return importCandles(ctx, { dataset, fileName, stream: streamOf(text) });
}

async function closesOf(ctx: Ctx, symbol = "A/USDT"): Promise<number[]> {
  const { candles } = await loadSeries(ctx, { symbol, timeframe: "1h" });
  return [...candles.close];
}

function isError(code: string, message?: RegExp): (err: unknown) => boolean {
  return (err) =>
    err instanceof AppError && err.code === code && (!message || message.test(err.message));
}

async function blobCount(ctx: Ctx): Promise<number> {
  const { count } = await tables<{ blobs: { hash: string } }>(ctx.db).selectFrom("blobs")
    .select((select) => select.fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
  return count;
}

Deno.test("importCandles() stores a file and reports what it did", async () => {
  await using market = await createMarketTest();
  const { ann } = market;
  await createDataset(ann, { name: "mine" });
  const report = await importText(ann, csvOf([10, 11, undefined, undefined, 14]));
  assert.deepEqual(
    [report.symbol, report.exchange, report.candle_type, report.timeframe, report.format],
    ["A/USDT", "binance", "spot", "1h", "header"],
  );
  assert.deepEqual([report.inserted, report.replaced, report.duplicate, report.rejected], [
    3,
    0,
    0,
    0,
  ]);
  assert.deepEqual(report.series, {
    revision: 1,
    candles: 3,
    from: "2024-01-01T00:00:00.000Z",
    to: "2024-01-01T04:00:00.000Z",
    missing: 2,
    gaps: [{ from: "2024-01-01T02:00:00.000Z", to: "2024-01-01T03:00:00.000Z", missing: 2 }],
  });
  const loaded = await loadSeries(ann, { symbol: "A/USDT", timeframe: "1h" });
  assert.deepEqual([...loaded.candles.close], [10, 11, 14]);
  assert.equal(loaded.pin.dataset, "mine");
  assert.equal(loaded.market.session, "always");
});

Deno.test("importCandles() leaves one audit row, one event and one import row", async () => {
  await using market = await createMarketTest();
  await createDataset(market.ann, { name: "mine" });
  const before = await countRows(market.ann);
  await importText(market.ann, csvOf([10, 11]));
  const after = await countRows(market.ann);
  for (const name of ["audit_actions", "events", "candle_imports", "series", "markets"] as const) {
    assert.equal((after[name] ?? 0) - (before[name] ?? 0), 1, name);
  }
});

Deno.test("importCandles() merges overlapping files and counts every row once", async () => {
  await using market = await createMarketTest();
  const { ann } = market;
  await createDataset(ann, { name: "mine" });
  await importText(ann, csvOf([10, 11, 12]));
  const report = await importText(ann, csvOf([undefined, 11, 99, 13]));
  assert.deepEqual([report.inserted, report.replaced, report.duplicate], [1, 1, 1]);
  assert.equal(report.series.revision, 2);
  assert.deepEqual(await closesOf(ann), [10, 11, 99, 13]);
});

Deno.test("importCandles() changes nothing when it is repeated", async () => {
  await using market = await createMarketTest();
  const { ann } = market;
  await createDataset(ann, { name: "mine" });
  await importText(ann, csvOf([10, 11]));
  const again = await importText(ann, csvOf([10, 11]));
  assert.deepEqual([again.inserted, again.replaced, again.duplicate], [0, 0, 2]);
  assert.equal(again.series.revision, 1);
  assert.equal((await countRows(ann)).manifests, 1);
});

Deno.test("importCandles() changes nothing for a file of only bad rows and lists them", async () => {
  await using market = await createMarketTest();
  const { ann } = market;
  await createDataset(ann, { name: "mine" });
  await importText(ann, csvOf([10]));
  const before = await countRows(ann);
  const text = `time,open,high,low,close,volume\n${START},1,1,2,1,1\n${START + HOUR},-1,1,1,1,1\n`;
  await assert.rejects(importText(ann, text), (err) => {
    assert.ok(err instanceof AppError && err.code === "CANDLES_REFUSED");
    assert.deepEqual(err.details?.rejected_rows, [
      { line: 2, reason: "high_below_low" },
      { line: 3, reason: "negative" },
    ]);
    return true;
  });
  assert.deepEqual(await countRows(ann), before);
});

Deno.test("importCandles() leaves no trace in the series when the upload is cut off", async () => {
  await using market = await createMarketTest();
  const { ann } = market;
  await createDataset(ann, { name: "mine" });
  const whole = csvOf(Array.from({ length: 30_000 }, (_, i) => 10 + i % 5));
  const before = await countRows(ann);
  await assert.rejects(
    importText(ann, whole.slice(0, -20)),
    isError("CANDLES_REFUSED", /it ends inside line 30001/),
  );
  const broken = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(whole.slice(0, 900_000)));
      controller.error(new TypeError("connection closed"));
    },
  });
  const stream = broken;
  await assert.rejects(
    importCandles(ann, { dataset: "mine", fileName: FILE, stream }),
    isError("UPLOAD_INCOMPLETE"),
  );
  assert.deepEqual(await countRows(ann), before);
});

const FILES = new URL("files/testdata/", import.meta.url);

async function importFixture(ctx: Ctx, name: string) {
  const { readable } = await Deno.open(new URL(name, FILES));
  return await importCandles(ctx, { dataset: "mine", fileName: FILE, stream: readable });
}

Deno.test("importCandles() reports the same of every format that holds the same candles", async () => {
  await using market = await createMarketTest();
  const { ann } = market;
  await createDataset(ann, { name: "mine" });
  const first = await importFixture(ann, "candles.csv");
  assert.deepEqual([first.format, first.inserted, first.has_volume], ["header", 120, true]);
  const others = {
    ...{ "freqtrade.feather": "feather", "zstd.feather": "feather", "snappy.parquet": "parquet" },
    ...{ "freqtrade.json": "json", "freqtrade.json.gz": "json", "binance.zip": "binance" },
  };
  for (const [name, format] of Object.entries(others)) {
    const report = await importFixture(ann, name);
    assert.deepEqual(
      [report.format, report.inserted, report.replaced, report.duplicate, report.rejected],
      [format, 0, 0, 120, 0],
      name,
    );
    assert.deepEqual(report.series, first.series);
  }
  const nulls = await importFixture(ann, "nulls.parquet");
  assert.deepEqual([nulls.duplicate, nulls.replaced, nulls.rejected], [117, 1, 2]);
  assert.deepEqual(nulls.rejected_rows[0], { line: 3, reason: "number" });
});

Deno.test("importCandles() changes nothing for files of wrong types or impossible sizes", async () => {
  await using market = await createMarketTest();
  const { ann } = market;
  await createDataset(ann, { name: "mine" });
  const before = await countRows(ann);
  const refused: [string, RegExp][] = [
    ["wrong_types.feather", /its column "open" has the type "LargeUtf8", expected numbers$/],
    ["wrong_types.parquet", /its column "open" has the type .*, expected numbers$/],
    ["ten_gigabytes.parquet", /declare 120 rows of 10737418240 bytes$/],
    ["half_a_million_of_nothing.parquet", /bytes declare 500000 rows/],
  ];
  for (const [name, message] of refused) {
    await assert.rejects(importFixture(ann, name), isError("CANDLES_REFUSED", message));
  }
  assert.deepEqual(await countRows(ann), before);
});

Deno.test("importCandles() stops at a zip bomb, honest or not, and changes nothing", async () => {
  await using market = await createMarketTest();
  const { ann } = market;
  await createDataset(ann, { name: "mine" });
  const before = await countRows(ann);
  const unpacked = new TextEncoder().encode(csvOf([1]) + "x".repeat(70 * 1024 ** 2));
  const packed = deflateRawSync(unpacked);
  const bombs: [Uint8Array, RegExp][] = [
    [zipOf([{ name: "a.csv", packed, unpacked }]), /its \d+ bytes unpack to \d+$/],
    [zipOf([{ name: "a.csv", packed, unpacked: unpacked.subarray(0, 100) }]), /is damaged/],
  ];
  for (const [bytes, message] of bombs) {
    const stream = ReadableStream.from([bytes]);
    const importing = importCandles(ann, { dataset: "mine", fileName: FILE, stream });
    await assert.rejects(importing, isError("CANDLES_REFUSED", message));
  }
  assert.deepEqual(await countRows(ann), before);
});

Deno.test("importCandles() refuses without the scope, a stranger's dataset and the shared one", async () => {
  await using market = await createMarketTest();
  const { ann, bob, system } = market;
  const { id } = await createDataset(ann, { name: "mine" });
  const before = await countRows(ann);
  const text = csvOf([10]);
  await assert.rejects(
    importText(withoutScope(ann, "backtest:run"), text),
    isError("MISSING_SCOPE"),
  );
  await assert.rejects(importText(bob, text, { dataset: id }), isError("NOT_FOUND"));
  await assert.rejects(importText(bob, text, { dataset: "venue" }), isError("FORBIDDEN"));
  assert.deepEqual(await countRows(ann), before);
  const report = await importText(system, text, { dataset: "venue" });
  assert.equal(report.dataset, "venue");
  assert.deepEqual(await closesOf(bob), [10]);
});

Deno.test("importCandles() prefers the caller's own candles to the shared ones", async () => {
  await using market = await createMarketTest();
  const { ann, bob, admin } = market;
  await createDataset(ann, { name: "mine" });
  await importText(admin, csvOf([10]), { dataset: "venue" });
  await importText(ann, csvOf([20]));
  assert.deepEqual(await closesOf(ann), [20]);
  assert.deepEqual(await closesOf(bob), [10]);
});

Deno.test("importCandles() makes one of two imports that run at once begin again", async () => {
  await using market = await createMarketTest();
  const { ann } = market;
  await createDataset(ann, { name: "mine" });
  const reports = await Promise.all([
    importText(ann, csvOf([10, 11])),
    importText(ann, csvOf([undefined, undefined, 12])),
    importText(ann, csvOf([undefined, undefined, undefined, 13])),
  ]);
  assert.deepEqual(await closesOf(ann), [10, 11, 12, 13]);
  assert.deepEqual(reports.map(({ series }) => series.revision).sort(), [1, 2, 3]);
});

Deno.test("importCandles() refuses candles on another grid than the series", async () => {
  await using market = await createMarketTest();
  const { ann } = market;
  await createDataset(ann, { name: "mine" });
  const options = { fileName: "A_USDT-4h.csv" };
  const row = (hour: number) => `${START + hour * HOUR},1,1,1,1,1`;
  const head = "time,open,high,low,close,volume";
  await importText(ann, [head, row(0), row(4)].join("\n"), options);
  await assert.rejects(
    importText(ann, [head, row(9), row(13)].join("\n"), options),
    isError("CANDLES_REFUSED", /open 60 min after the whole step, those of the series 0 min/),
  );
});

Deno.test("importCandles() ends at the same blocks in whatever pieces a series arrives", async () => {
  await using market = await createMarketTest();
  const { ann } = market;
  await createDataset(ann, { name: "mine" });
  const closes = Array.from({ length: 23_000 }, (_, i) => 10 + i % 7);
  await importText(ann, csvOf(closes));
  const whole = await loadSeries(ann, { symbol: "A/USDT", timeframe: "1h" });
  const pieces = [[12_000, 23_000], [0, 5_000], [4_000, 12_500]] as const;
  for (const [from, to] of pieces) {
    const part = csvOf(closes.slice(from, to), START + from * HOUR);
    await importText(ann, part, { fileName: "B_USDT-1h.csv" });
  }
  const joined = await loadSeries(ann, { symbol: "B/USDT", timeframe: "1h" });
  assert.deepEqual(joined.candles, whole.candles);
  const { items } = await listCoverage(ann, { symbol: "B/USDT" }, { limit: 10, offset: 0 });
  assert.deepEqual([items[0]?.candles, items[0]?.missing], [23_000, 0]);
});

Deno.test("importCandles() equals a plain map of times whatever is imported in any order", async () => {
  await using market = await createMarketTest();
  const { ann } = market;
  await createDataset(ann, { name: "mine" });
  const file = fc.array(fc.option(fc.integer({ min: 2, max: 5 }), { nil: undefined }), {
    minLength: 1,
    maxLength: 12,
  }).filter((closes) => closes.some((close) => close !== undefined));
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 4 }), async (files) => {
      const symbol = `P${run++}`;
      const known = new Map<number, number>();
      for (const closes of files) {
        closes.forEach((close, hour) => close !== undefined && known.set(hour, close));
        await importText(ann, csvOf(closes), { fileName: `${symbol}_USDT-1h.csv` });
      }
      const expected = [...known].sort(([a], [b]) => a - b).map(([, close]) => close);
      assert.deepEqual(await closesOf(ann, `${symbol}/USDT`), expected);
    }),
    { numRuns: 15 },
  );
});

Deno.test("importCandles() answers a repeated Idempotency-Key with the first answer", async () => {
  await using market = await createMarketTest();
  const { ann } = market;
  await createDataset(ann, { name: "mine" });
  const idempotency = { key: "once", requestHash: "x" };
  const first = await importText({ ...ann, idempotency }, csvOf([10]));
  const again = await importText({ ...ann, idempotency }, csvOf([10]));
  assert.deepEqual(again, first);
  assert.equal((await countRows(ann)).candle_imports, 1);
});

Deno.test("loadPinnedSeries() gives the pinned revision after later imports and sweeps", async () => {
  await using market = await createMarketTest();
  const { ann, bob, test } = market;
  await createDataset(ann, { name: "mine" });
  await importText(ann, csvOf([10, 11]));
  const { pin } = await loadSeries(ann, { symbol: "A/USDT", timeframe: "1h" });
  const holder = { kind: "backtest", id: "b1" };
  await inTransaction(ann.db, (tx) => pinSeries(tx, holder, [pin]));
  await importText(ann, csvOf([20, 21]));
  test.clock.advance(2 * HOUR);
  await sweepCandles(ann);
  const pinned = await loadPinnedSeries(ann, pin.manifestId);
  assert.deepEqual([...pinned.candles.close], [10, 11]);
  await assert.rejects(loadPinnedSeries(bob, pin.manifestId), isError("NOT_FOUND"));
  await assert.rejects(deleteDataset(ann, pin.datasetId), isError("CONFLICT", /1 results use/));
  await inTransaction(ann.db, (tx) => unpinSeries(tx, holder));
  await sweepCandles(ann);
  await assert.rejects(loadPinnedSeries(ann, pin.manifestId), isError("NOT_FOUND"));
  assert.deepEqual(await closesOf(ann), [20, 21]);
});

Deno.test("sweepCandles() takes what nothing names, after an hour, and nothing else", async () => {
  await using market = await createMarketTest();
  const { ann, test } = market;
  const { id } = await createDataset(ann, { name: "mine" });
  await importText(ann, csvOf([10, 11]));
  await importText(ann, csvOf([12, 13]));
  const stored = await blobCount(ann);
  assert.deepEqual(await sweepCandles(ann), { manifests: 0, blocks: 0 });
  test.clock.advance(2 * HOUR);
  assert.deepEqual(await sweepCandles(ann), { manifests: 1, blocks: 1 });
  assert.equal(await blobCount(ann), stored - 1);
  assert.deepEqual(await closesOf(ann), [12, 13]);
  await deleteDataset(ann, id);
  await sweepCandles(ann);
  assert.equal(await blobCount(ann), 0);
});

Deno.test("loadSeries() reads a range with both ends and says what there is instead of what is not", async () => {
  await using market = await createMarketTest();
  const { ann } = market;
  await createDataset(ann, { name: "mine" });
  await importText(ann, csvOf(Array.from({ length: 25_000 }, (_, i) => 10 + i)));
  const range = { start: START + 9_998 * HOUR, stop: START + 10_001 * HOUR };
  const { candles } = await loadSeries(ann, { symbol: "A/USDT", timeframe: "1h" }, range);
  assert.deepEqual([...candles.close], [10_008, 10_009, 10_010, 10_011]);
  await assert.rejects(
    loadSeries(ann, { symbol: "A/USDT", timeframe: "5m" }),
    isError("NO_CANDLES", /dataset "mine" has 1h spot/),
  );
});
