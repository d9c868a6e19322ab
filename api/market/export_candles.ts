/** The verb that gives a series out as a file, piece by piece. */

import { nextTurn } from "../platform/clock.ts";
import type { Ctx } from "../platform/context.ts";
import * as candleStore from "./candle_store.ts";
import type { BlockRef } from "./candle_store.ts";
import { type CandleColumns, firstRowAt, viewCandles } from "./candles/columns.ts";
import type { Timerange } from "./candles/timerange.ts";
import type { ExportFormat } from "./files/candle_file.ts";
import { CSV_HEADER, toCsvLines } from "./files/csv_writer.ts";
import { candleFileStem } from "./files/file_name.ts";
import { findSeries, type FoundSeries, type SeriesRef } from "./series.ts";
import { loadBlock } from "./staging.ts";

export interface CandleExport {
  readonly found: FoundSeries;
  /** As freqtrade names its files. */
  readonly fileName: string;
  /** Fails half-way when the series has changed and its old candles were swept meanwhile. */
  readonly pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

/** Rows whose text is made between two turns of the event loop. */
const CSV_STRIDE_ROWS = 2_000;

/**
 * Opens the current revision of a series as a file, both ends of the range inclusive. Throws
 * AppError NO_CANDLES when the market has no such series.
 */
export async function exportCandles(
  ctx: Ctx,
  ref: SeriesRef,
  { format, range = {} }: { format: ExportFormat; range?: Timerange },
): Promise<CandleExport> {
  const found = await findSeries(ctx, ref);
  const { market, series, manifest } = found;
  const blocks = await candleStore.listBlocks(ctx.db, manifest.id, range);
  const parts = loadParts(ctx, blocks, range);
  const stem = candleFileStem(market.symbol, series.timeframe, series.candle_type);
  const pieces = format === "csv" ? writeCsv(parts) : writeFeatherLazily(parts);
  return { found, fileName: `${stem}.${format}`, pieces };
}

/** A block at a time, cut to the range. */
async function* loadParts(
  ctx: Ctx,
  blocks: readonly BlockRef[],
  { start, stop }: Timerange,
): AsyncGenerator<CandleColumns> {
  for (const { hash } of blocks) {
    ctx.signal.throwIfAborted();
    const candles = await loadBlock(ctx, hash);
    const from = start === undefined ? 0 : firstRowAt(candles.time, start);
    const to = stop === undefined ? candles.time.length : firstRowAt(candles.time, stop + 1);
    if (from < to) yield viewCandles(candles, from, to);
  }
}

async function* writeCsv(
  parts: AsyncIterable<CandleColumns>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  yield encoder.encode(CSV_HEADER);
  for await (const part of parts) {
    const rows = part.time.length;
    for (let from = 0; from < rows; from += CSV_STRIDE_ROWS) {
      await nextTurn();
      const to = Math.min(from + CSV_STRIDE_ROWS, rows);
      yield encoder.encode(toCsvLines(viewCandles(part, from, to)));
    }
  }
}

/** The library is loaded with the first such export. */
async function* writeFeatherLazily(
  parts: AsyncIterable<CandleColumns>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { writeFeather } = await import("./files/feather_writer.ts");
  yield* writeFeather(parts);
}
