import { z } from "zod";
import { defineJobKind } from "../jobs/queue.ts";
import { endBacktest, reopenBacktest } from "./finish.ts";

const MEGABYTE = 1_048_576;
const BYTES_PER_ROW = 800;
const ROWS_PER_SECOND = 2_000_000;
const BASE_MEMORY_MB = 64;

/** Runs a stored backtest; the row holds everything else. */
export const backtestJob = defineJobKind({
  name: "backtest",
  label: "Backtest",
  payload: z.object({
    backtest_id: z.uuid(),
    /** Candles of all pairs, for the estimate. */
    rows: z.number().int().min(0),
  }),
  scope: "backtest:run",
  estimate: ({ rows }) => ({
    cpuCores: 1,
    memoryMb: BASE_MEMORY_MB + Math.ceil((rows * BYTES_PER_ROW) / MEGABYTE),
    seconds: 0.2 + rows / ROWS_PER_SECOND,
  }),
  ended: (ctx, tx, { payload, error }) =>
    endBacktest(
      ctx,
      tx,
      payload.backtest_id,
      error === null ? { status: "cancelled" } : { status: "failed", ...error },
    ),
  revived: (ctx, tx, payload) => reopenBacktest(ctx, tx, payload.backtest_id),
});
