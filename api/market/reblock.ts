/** Lays new candles over a series' blocks, rewriting only the blocks they touch. */

import { BLOCK_ROWS_MAX } from "./candles/blocks.ts";
import {
  allocateCandles,
  type CandleColumns,
  concatCandles,
  firstRowAt,
  viewCandles,
} from "./candles/columns.ts";
import { mergeCandles } from "./candles/merge.ts";
import type { BlockRef } from "./candle_store.ts";

/** How blocks get their bytes; both run outside any transaction. */
export interface BlockPort {
  load(hash: string): Promise<CandleColumns>;
  save(candles: CandleColumns): Promise<BlockRef>;
}

export interface ReblockResult {
  readonly blocks: readonly BlockRef[];
  readonly inserted: number;
  readonly replaced: number;
  readonly duplicates: number;
}

/**
 * Merges ascending chunks of new candles into the blocks of a series. One block and one chunk are
 * in memory at a time; the blocks' bytes depend only on the candles before and after.
 */
export async function reblock(
  existing: readonly BlockRef[],
  incoming: AsyncIterable<CandleColumns>,
  port: BlockPort,
): Promise<ReblockResult> {
  const counts = { inserted: 0, replaced: 0, duplicates: 0 };
  const source = new IncomingCandles(incoming);
  const out = new BlockWriter(port);
  const add = async (known: CandleColumns | undefined, fresh: CandleColumns) => {
    const merged = known ? mergeCandles(known, fresh) : { candles: fresh, ...counted(fresh) };
    counts.inserted += merged.inserted;
    counts.replaced += merged.replaced;
    counts.duplicates += merged.duplicates;
    await out.add(merged.candles);
  };
  for (let at = -1; at < existing.length; at++) {
    const block = existing[at];
    const next = existing[at + 1]?.firstMs ?? Infinity;
    if (block) {
      const fresh = await source.take(block.lastMs + 1);
      const grows = block.candleCount < BLOCK_ROWS_MAX && await source.hasBefore(next);
      if (fresh || grows) await add(await port.load(block.hash), fresh ?? NO_CANDLES);
      else await out.keep(block);
    }
    while (await source.hasBefore(next)) {
      const fresh = await source.takeChunk(next);
      if (fresh) await add(undefined, fresh);
    }
  }
  return { blocks: await out.end(), ...counts };
}

const NO_CANDLES = allocateCandles(0);

function counted(fresh: CandleColumns) {
  return { inserted: fresh.time.length, replaced: 0, duplicates: 0 };
}

/** Ascending chunks, handed out up to a time. */
class IncomingCandles {
  readonly #chunks: AsyncIterator<CandleColumns>;
  #chunk: CandleColumns | undefined;
  #done = false;

  constructor(chunks: AsyncIterable<CandleColumns>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async hasBefore(time: number): Promise<boolean> {
    const chunk = await this.#current();
    return chunk !== undefined && (chunk.time[0] ?? Infinity) < time;
  }

  /** All candles before `time`, undefined when there are none. */
  async take(time: number): Promise<CandleColumns | undefined> {
    const parts: CandleColumns[] = [];
    while (await this.hasBefore(time)) {
      const part = await this.takeChunk(time);
      if (part) parts.push(part);
    }
    return parts.length > 0 ? concatCandles(parts) : undefined;
  }

  /** The candles of the current chunk before `time`. */
  async takeChunk(time: number): Promise<CandleColumns | undefined> {
    const chunk = await this.#current();
    if (!chunk) return undefined;
    const rows = firstRowAt(chunk.time, time);
    this.#chunk = viewCandles(chunk, rows, chunk.time.length);
    return viewCandles(chunk, 0, rows);
  }

  async #current(): Promise<CandleColumns | undefined> {
    while (!this.#done && (this.#chunk?.time.length ?? 0) === 0) {
      const { done, value } = await this.#chunks.next();
      this.#done = done ?? false;
      this.#chunk = done ? undefined : value;
    }
    return this.#chunk;
  }
}

/** Cuts a stream of candles into full blocks; whole known blocks pass through untouched. */
class BlockWriter {
  readonly #port: BlockPort;
  readonly #blocks: BlockRef[] = [];
  #parts: CandleColumns[] = [];
  #rows = 0;

  constructor(port: BlockPort) {
    this.#port = port;
  }

  async add(candles: CandleColumns): Promise<void> {
    this.#parts.push(candles);
    this.#rows += candles.time.length;
    while (this.#rows >= BLOCK_ROWS_MAX) {
      const all = concatCandles(this.#parts);
      await this.#save(viewCandles(all, 0, BLOCK_ROWS_MAX));
      this.#parts = [viewCandles(all, BLOCK_ROWS_MAX, this.#rows)];
      this.#rows -= BLOCK_ROWS_MAX;
    }
  }

  /** A block that nothing touched; it is joined to what waits when both fit into one block. */
  async keep(block: BlockRef): Promise<void> {
    if (this.#rows > 0 && this.#rows + block.candleCount <= BLOCK_ROWS_MAX) {
      return this.add(await this.#port.load(block.hash));
    }
    await this.#flush();
    this.#blocks.push(block);
  }

  async end(): Promise<BlockRef[]> {
    await this.#flush();
    return this.#blocks;
  }

  async #flush(): Promise<void> {
    if (this.#rows > 0) await this.#save(concatCandles(this.#parts));
    this.#parts = [];
    this.#rows = 0;
  }

  async #save(candles: CandleColumns): Promise<void> {
    this.#blocks.push(await this.#port.save(candles));
  }
}
