/** Brings an upload into the store as loose blocks, before any series knows of them. */

import { nextTurn } from "../platform/clock.ts";
import type { Ctx } from "../platform/context.ts";
import { inTransaction } from "../platform/database/open.ts";
import { AppError } from "../platform/errors.ts";
import { touchBlock } from "./candle_store.ts";
import { decodeBlock, encodeBlock } from "./candles/blocks.ts";
import type { CandleColumns } from "./candles/columns.ts";
import { CandleFileError } from "./files/candle_file_error.ts";
import { CsvReader, type CsvReaderOptions, type CsvReport } from "./files/csv_reader.ts";
import { readText } from "./files/text_stream.ts";

export interface StagedUpload {
  readonly report: CsvReport;
  /** Hashes of chunks of candles, oldest first. */
  readonly chunks: readonly string[];
}

/**
 * Reads a candle file and stores its chunks, each in a transaction of its own. What an upload that
 * fails leaves behind is named by no series and swept. Throws AppError CANDLES_REFUSED or
 * UPLOAD_INCOMPLETE.
 */
export async function stageUpload(
  ctx: Ctx,
  stream: ReadableStream<Uint8Array>,
  options: CsvReaderOptions,
): Promise<StagedUpload> {
  const waiting: CandleColumns[] = [];
  const chunks: string[] = [];
  const reader = new CsvReader(options, (chunk) => waiting.push(chunk));
  const drain = async () => {
    for (const chunk of waiting.splice(0)) chunks.push(await saveBlock(ctx, chunk));
  };
  try {
    for await (const text of readUpload(stream, options.fileName)) {
      ctx.signal.throwIfAborted();
      reader.push(text);
      await drain();
      await nextTurn();
    }
    const report = reader.end();
    await drain();
    if (report.descending) chunks.reverse();
    return { report, chunks };
  } catch (err) {
    throw err instanceof CandleFileError
      ? new AppError("CANDLES_REFUSED", err.message, { cause: err })
      : err;
  }
}

/** Stores candles as a block in a transaction of its own; answers the block's hash. */
export function saveBlock(ctx: Ctx, candles: CandleColumns): Promise<string> {
  const bytes = encodeBlock(candles);
  return inTransaction(ctx.db, async (tx) => {
    const hash = await ctx.blobs.put(bytes, tx);
    await touchBlock(tx, hash, ctx.clock.now());
    return hash;
  });
}

/** The candles of a stored block. Throws an Error when the store has lost it. */
export async function loadBlock(ctx: Ctx, hash: string): Promise<CandleColumns> {
  await nextTurn();
  const bytes = await ctx.blobs.get(hash);
  if (bytes === null) throw new Error(`Candle block "${hash}" is missing`);
  return decodeBlock(bytes);
}

async function* readUpload(
  stream: ReadableStream<Uint8Array>,
  fileName: string,
): AsyncGenerator<string> {
  try {
    yield* readText(stream, fileName);
  } catch (err) {
    if (err instanceof AppError || err instanceof CandleFileError) throw err;
    throw new AppError(
      "UPLOAD_INCOMPLETE",
      `Cannot import "${fileName}": the upload ended before the file did`,
      { cause: err },
    );
  }
}
