/** Brings an upload into the store as loose blocks, before any series knows of them. */

import { nextTurn } from "../platform/clock.ts";
import type { Ctx } from "../platform/context.ts";
import { inTransaction } from "../platform/database/open.ts";
import { AppError } from "../platform/errors.ts";
import { touchBlock } from "./candle_store.ts";
import { decodeBlock, encodeBlock } from "./candles/blocks.ts";
import type { CandleColumns } from "./candles/columns.ts";
import type { CandleFileOptions, CandleFileReport } from "./files/candle_file.ts";
import { CandleFileError } from "./files/candle_file_error.ts";
import { readCandles } from "./files/candle_reader.ts";

export interface StagedUpload {
  readonly report: CandleFileReport;
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
  options: CandleFileOptions,
): Promise<StagedUpload> {
  const hashes: string[] = [];
  try {
    for await (const step of readCandles(readUpload(stream, options.fileName), options)) {
      ctx.signal.throwIfAborted();
      for (const chunk of step.chunks) hashes.push(await saveBlock(ctx, chunk));
      if (step.report) {
        return { report: step.report, chunks: step.report.descending ? hashes.reverse() : hashes };
      }
      await nextTurn();
    }
    throw new Error("A candle reader ended without a report");
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
): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (err) {
    if (err instanceof AppError) throw err;
    throw new AppError(
      "UPLOAD_INCOMPLETE",
      `Cannot import "${fileName}": the upload ended before the file did`,
      { cause: err },
    );
  }
}
