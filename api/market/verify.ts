/** Whether stored candles are what was imported: every block's hash, order and prices. */

import { z } from "zod";
import { defineJobKind } from "../jobs/queue.ts";
import { toRfc3339 } from "../platform/clock.ts";
import type { Ctx } from "../platform/context.ts";
import { sha256Hex } from "../platform/encoding.ts";
import * as candleStore from "./candle_store.ts";
import { decodeBlock } from "./candles/blocks.ts";
import { CANDLE_TYPES, type CandleColumns } from "./candles/columns.ts";
import { findSeries } from "./series.ts";

const PROBLEMS_MAX = 100;

/** Verifies one series; offered by name at `POST /jobs`. */
export const verifyCandlesKind = defineJobKind({
  name: "verify_candles",
  label: "Verify candles",
  payload: z.strictObject({
    symbol: z.string().min(1).max(80),
    timeframe: z.string().min(2).max(5),
    exchange: z.string().max(40).optional(),
    dataset: z.string().max(100).optional(),
    candle_type: z.enum(CANDLE_TYPES).optional(),
  }),
  scope: "backtest:run",
  public: true,
  estimate: () => ({ cpuCores: 1, memoryMb: 32, seconds: 2 }),
});

export interface CandleVerdict {
  readonly symbol: string;
  readonly dataset: string;
  readonly revision: number;
  readonly blocks: number;
  readonly candles: number;
  /** Empty when the series is sound; at most a hundred. */
  readonly problems: readonly string[];
}

/**
 * Reads every block of the series' current revision.
 *
 * @throws AppError NOT_FOUND, AMBIGUOUS_SYMBOL or NO_CANDLES as reading the candles would.
 */
export async function verifyCandles(
  ctx: Ctx,
  args: z.infer<typeof verifyCandlesKind.payload>,
  onProgress: (ratio: number) => void,
): Promise<CandleVerdict> {
  const { candle_type: candleType, ...ref } = args;
  const { dataset, market, manifest } = await findSeries(ctx, { ...ref, candleType });
  const blocks = await candleStore.listBlocks(ctx.db, manifest.id);
  const problems: string[] = [];
  let candles = 0;
  let last = -Infinity;
  for (const [index, block] of blocks.entries()) {
    ctx.signal.throwIfAborted();
    const bytes = await ctx.blobs.get(block.hash);
    if (bytes === null || sha256Hex(bytes) !== block.hash) {
      problems.push(
        `Block ${index + 1} is ${bytes === null ? "missing" : "not what its hash says"}`,
      );
      last = block.lastMs;
    } else {
      const columns = decodeBlock(bytes);
      candles += columns.time.length;
      problems.push(...problemsOf(columns, last));
      last = columns.time.at(-1) ?? last;
    }
    onProgress((index + 1) / blocks.length);
  }
  return {
    symbol: market.symbol,
    dataset: dataset.name,
    revision: manifest.revision,
    blocks: blocks.length,
    candles,
    problems: problems.slice(0, PROBLEMS_MAX),
  };
}

function problemsOf({ time, open, high, low, close }: CandleColumns, before: number): string[] {
  const problems: string[] = [];
  let last = before;
  for (let row = 0; row < time.length && problems.length < PROBLEMS_MAX; row++) {
    const at = time[row] ?? NaN;
    const [first, top, bottom, end] = [open[row], high[row], low[row], close[row]].map(Number);
    const prices = [first, top, bottom, end] as number[];
    const name = Number.isFinite(at) ? `Candle ${toRfc3339(at)}` : `Candle ${row + 1} of its block`;
    if (!(at > last)) problems.push(`${name} does not follow the one before it`);
    if (!prices.every(Number.isFinite)) problems.push(`${name} has a price that is no number`);
    else if (Math.max(...prices) !== top || Math.min(...prices) !== bottom) {
      problems.push(`${name} has a price beyond its high or low`);
    }
    last = at;
  }
  return problems;
}
