/** A stored plan as the run verb's request: the same at submission and in the worker. */
import { checkConfig, checkMarkets, type MarketsFile } from "./config/mod.ts";
import type { BacktestPlan } from "./plan.ts";
import type { BacktestRequest } from "./run/mod.ts";

export interface PlannedRun extends BacktestPlan {
  /** Canonical pairs in the order they were asked for. */
  readonly pairs: readonly string[];
  readonly markets: MarketsFile;
}

/** @throws AppError that names the configuration key at fault. */
export function toRunRequest(
  plan: PlannedRun,
  { code, className }: { code: string; className: string | null },
): BacktestRequest {
  const { config } = checkConfig({
    ...plan.config,
    ...(plan.timeframe === null ? {} : { timeframe: plan.timeframe }),
  });
  return {
    source: code,
    className: plan.className ?? className,
    config,
    markets: checkMarkets(plan.markets),
    parameterFile: plan.parameters === null ? null : { params: plan.parameters },
    pairs: plan.pairs,
    available: () => plan.pairs,
    range: { start: plan.startMs, stop: plan.endMs },
  };
}
