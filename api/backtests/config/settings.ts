/** A run's resolved settings: what steers the engine and what a report repeats of them. */
import type { EngineConfig } from "../../../core-wasm/engine_types.ts";

export type MarginMode = "" | "isolated" | "cross";

export interface BacktestSettings {
  readonly engine: EngineConfig;
  readonly stakeCurrency: string;
  /** Such as `5m`. */
  readonly timeframe: string;
  /** Empty without one. */
  readonly timeframeDetail: string;
  /** As the user wrote it; empty for all candles. */
  readonly timerange: string;
  /** Candles before the first decision that only feed indicators. */
  readonly startupCandleCount: number;
  readonly marginMode: MarginMode;
  readonly enableProtections: boolean;
  readonly useCustomStoploss: boolean;
}
