/** Brings an upload into the store as loose blocks, before any series knows of them. */

import { createHash, type Hash } from "node:crypto";
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

export interface ReadUpload extends StagedUpload {
  /** SHA-256 of the file as it was sent, in hex; null when no Idempotency-Key asks for it. */
  readonly bodyHash: string | null;
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
): Promise<ReadUpload> {
  const hashes: string[] = [];
  const digest = ctx.idempotency === null ? null : createHash("sha256");
  const bytes = readUpload(stream, { fileName: options.fileName, digest });
  try {
    for await (const step of readCandles(keepOpen(bytes), options)) {
      ctx.signal.throwIfAborted();
      for (const chunk of step.chunks) hashes.push(await saveBlock(ctx, chunk));
      if (step.report) {
        const chunks = step.report.descending ? hashes.reverse() : hashes;
        return { report: step.report, chunks, bodyHash: await digestAll(bytes, digest) };
      }
      await nextTurn();
    }
    throw new Error("A candle reader ended without a report");
  } catch (err) {
    throw err instanceof CandleFileError
      ? new AppError("CANDLES_REFUSED", err.message, { cause: err })
      : err;
  } finally {
    await bytes.return(undefined);
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
  { fileName, digest }: { fileName: string; digest: Hash | null },
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const bytes of stream) {
      digest?.update(bytes);
      yield bytes;
    }
  } catch (err) {
    if (err instanceof AppError) throw err;
    throw new AppError(
      "UPLOAD_INCOMPLETE",
      `Cannot import "${fileName}": the upload ended before the file did`,
      { cause: err },
    );
  }
}

/** The same bytes for a reader that may stop before their end, without ending them. */
async function* keepOpen(bytes: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let next = await bytes.next(); !next.done; next = await bytes.next()) yield next.value;
}

/** How far a reader looked depends on how the bytes came in, so the rest of them counts too. */
async function digestAll(
  bytes: AsyncGenerator<Uint8Array>,
  digest: Hash | null,
): Promise<string | null> {
  if (digest === null) return null;
  while (!(await bytes.next()).done);
  return digest.digest("hex");
}
