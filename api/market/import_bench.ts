/**
 * Candles in and out: rows a second from CSV to columns and into the store, and milliseconds from
 * the store to columns. Run with `deno bench -A api/market/import_bench.ts`.
 */

import { SCOPES } from "../auth/scopes.ts";
import { createCtx, type Ctx, systemActor } from "../platform/context.ts";
import { createTestApp } from "../testing.ts";
import { BLOCK_ROWS_MAX } from "./candles/blocks.ts";
import { allocateCandles, type CandleColumns, viewCandles } from "./candles/columns.ts";
import { noBadRows } from "./files/bad_rows.ts";
import { readCandleStream } from "./files/mod.ts";
import { mergeUpload } from "./merge_upload.ts";
import { importCandles, loadSeries } from "./service.ts";
import { simulateMarket } from "./simulated.ts";
import { saveBlock } from "./staging.ts";
import * as store from "./store.ts";

const MILLION = 1_000_000;

const [year] = simulateMarket();
if (!year) throw new Error("The simulated market is empty");
const csv = toCsv(year.candles);
const bytes = new TextEncoder().encode(csv);
const rows = year.candles.time.length;

const test = await createTestApp();
const ctx = createCtx(test.platform, {
  actor: systemActor(SCOPES),
  signal: new AbortController().signal,
});
await storeMillion(ctx);
// The first calls run in the baseline compiler.
await loadMillion();
await readFile();

Deno.bench(`CSV to columns, ${rows} rows`, { group: "csv" }, async () => {
  await readFile();
});

Deno.bench(`CSV to columns, ${rows} rows, split and Number alone`, { group: "csv" }, () => {
  let sum = 0;
  for (const line of csv.split("\n")) for (const cell of line.split(",")) sum += Number(cell);
  return void sum;
});

let imports = 0;
Deno.bench(`CSV into the store, ${rows} rows`, { group: "store", n: 10, warmup: 2 }, async () => {
  const fileName = `T${imports++}_USDT-5m.csv`;
  await importCandles(ctx, { dataset: "venue", fileName, stream: streamOf(bytes) });
});

Deno.bench(
  "1M candles from the store to columns",
  { group: "load", n: 20, warmup: 3 },
  async () => {
    await loadMillion();
  },
);

globalThis.addEventListener("unload", () => Deno.removeSync(test.dataDir, { recursive: true }));

async function readFile(): Promise<void> {
  const stream = streamOf(bytes);
  await readCandleStream(stream, { fileName: "BTC_USDT-5m.csv" });
}

async function loadMillion(): Promise<void> {
  const { candles } = await loadSeries(ctx, { symbol: "MILLION/USDT", timeframe: "1m" });
  if (candles.time.length !== MILLION) throw new Error(`Read ${candles.time.length} candles`);
}

async function storeMillion(ctx: Ctx): Promise<void> {
  const dataset = await store.findDataset(ctx.db, "", "venue");
  if (!dataset) throw new Error("The shared dataset is missing");
  const candles = allocateCandles(MILLION);
  for (let row = 0; row < MILLION; row++) {
    candles.time[row] = Date.UTC(2022, 0, 1) + row * 60_000;
    const price = 100 + row % 977 / 100;
    candles.open[row] = price;
    candles.high[row] = price + 1;
    candles.low[row] = price - 1;
    candles.close[row] = price + 0.5;
    candles.volume[row] = row % 89;
  }
  const chunks: string[] = [];
  for (let from = 0; from < MILLION; from += BLOCK_ROWS_MAX) {
    chunks.push(await saveBlock(ctx, viewCandles(candles, from, from + BLOCK_ROWS_MAX)));
  }
  const report = {
    ...{ format: "plain", candleType: "spot", timeframe: "1m", offsetMs: 0 } as const,
    ...{ descending: false, hasVolume: true, accepted: MILLION, duplicates: 0, bad: noBadRows() },
  };
  await mergeUpload(ctx, {
    dataset,
    fileName: "million",
    target: {
      ...{ pair: { base: "MILLION", quote: "USDT" }, exchange: "binance", source: "simulated" },
    },
    upload: { report, chunks },
  });
}

/** Pieces as a socket or a file gives them. */
function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at += 64 * 1024));
    },
  });
}

function toCsv({ time, open, high, low, close, volume }: CandleColumns): string {
  const lines = ["timestamp_ms,open,high,low,close,volume"];
  for (let row = 0; row < time.length; row++) {
    lines.push([time, open, high, low, close, volume].map((column) => column[row]).join(","));
  }
  return `${lines.join("\n")}\n`;
}
