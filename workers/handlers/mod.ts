/** Every kind of job this program runs. */
import type { ComputePool } from "../compute/pool.ts";
import type { JobHandler } from "../handler.ts";
import { backtestHandler } from "./backtest.ts";
import { passwordResetMail } from "./password_reset_mail.ts";
import { purgeJobs } from "./purge_jobs.ts";
import { verifyCandles } from "./verify_candles.ts";

/** The handlers of all kinds over one pool of compute workers. */
export function createHandlers(pool: ComputePool): readonly JobHandler[] {
  return [purgeJobs, verifyCandles, passwordResetMail, backtestHandler(pool)];
}
