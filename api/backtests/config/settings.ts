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

/** What a strategy's class says once configuration and parameter file have had their say. */
export interface StrategySettings {
  readonly timeframe: string | null;
  readonly startupCandleCount: number;
  readonly minimalRoi: readonly { readonly minutes: number; readonly value: number }[];
  readonly stoploss: number;
  readonly trailingStop: boolean;
  readonly trailingStopPositive: number | null;
  readonly trailingStopPositiveOffset: number;
  readonly trailingOnlyOffsetIsReached: boolean;
  readonly useCustomStoploss: boolean;
  readonly useExitSignal: boolean;
  readonly exitProfitOnly: boolean;
  readonly exitProfitOffset: number;
  readonly ignoreRoiIfEntrySignal: boolean;
  /** Infinity when nothing limits it. */
  readonly maxOpenTrades: number;
  readonly canShort: boolean;
  readonly orderTypes: Readonly<Record<string, unknown>>;
  readonly unfilledTimeout: unknown;
  readonly protections: unknown;
}
