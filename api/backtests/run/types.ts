/** What the run verb is given and what it hands back. */
import type { CandleColumns } from "../../../core-wasm/engine_gaps.ts";
import type { EngineResult } from "../../../core-wasm/engine_types.ts";
import type { ColumnArray } from "../../../core-wasm/column.ts";
import type { CoreMemory } from "../../../core-wasm/memory.ts";
import type { CandleType, Program, Span } from "../../../core-wasm/program.ts";
import type { BacktestSettings, ConfigFile, MarketsFile, StrategySettings } from "../config/mod.ts";
import type { ResultInput } from "../results/mod.ts";
import type { StrategyStatistics } from "../statistics/mod.ts";

/** The strategies' compiler and program runner, handed in by whoever puts the parts together. */
export interface StrategyTools {
  compile(text: string, options: CompileOptions): CompiledProgram | RefusedProgram;
  run(core: CoreMemory, program: Program, run: ProgramInput): ProgramOutput;
}

export interface CompileOptions {
  readonly className?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly parameterFile?: unknown;
  readonly pairs: readonly string[];
}

export interface CompiledProgram {
  readonly accepted: true;
  readonly className: string;
  readonly timeframe: string;
  readonly attributes: StrategySettings & { readonly plotConfig: unknown };
  /** Of one pair each, or a single one whose pair is null for all. */
  readonly programs: readonly { readonly pair: string | null; readonly program: Program }[];
  readonly slotValues: Readonly<Record<string, number>>;
  readonly key: string;
  readonly warnings: readonly {
    readonly span: Span;
    readonly code: string;
    readonly message: string;
  }[];
}

export interface RefusedProgram {
  readonly accepted: false;
  readonly className: string | null;
  readonly refusals: readonly {
    readonly span: Span;
    readonly code: string;
    readonly message: string;
    readonly hint: string;
  }[];
}

export interface ProgramInput {
  readonly series: readonly CandleColumns[];
  readonly slots?: Readonly<Record<string, number>>;
  readonly columns?: readonly string[];
}

export interface ProgramOutput {
  readonly signals: {
    readonly enterLong: Uint8Array | null;
    readonly exitLong: Uint8Array | null;
    readonly enterShort: Uint8Array | null;
    readonly exitShort: Uint8Array | null;
    readonly enterTag: Int32Array | null;
    readonly exitTag: Int32Array | null;
  };
  readonly columns: ReadonlyMap<string, ColumnArray>;
}

export interface BacktestRequest {
  readonly source: string;
  /** Needed when the source holds several strategies. */
  readonly className: string | null;
  /** As `checkConfig` gives it; time range and timeframe stand in it too. */
  readonly config: ConfigFile;
  readonly markets: MarketsFile;
  /** The content of the strategy's parameter file, as parsed JSON. */
  readonly parameterFile: unknown;
  /** Pairs asked for by name; null: the configuration's, else all that have candles. */
  readonly pairs: readonly string[] | null;
  /** Pairs that have candles of a timeframe, or of any when it is null. */
  readonly available: (timeframe: string | null) => readonly string[];
  /** Both ends inclusive by candle open, epoch milliseconds; null is open. */
  readonly range: { readonly start: number | null; readonly stop: number | null };
}

/** Candles the run reads. */
export interface WantedSeries {
  readonly pair: string;
  readonly timeframe: string;
  readonly candleType: CandleType;
}

/** A compiled strategy with its settings: all that is known before candles are read. */
export interface PreparedBacktest {
  readonly request: BacktestRequest;
  readonly compiled: CompiledProgram;
  readonly settings: BacktestSettings;
  readonly pairs: readonly string[];
  readonly wanted: readonly WantedSeries[];
  readonly warnings: readonly string[];
}

export interface SeriesCandles extends WantedSeries {
  /** Ascending by date. */
  readonly candles: CandleColumns;
  /**
   * True: gaps inside the market's sessions are filled, and what is missing still is when it is
   * closed. Else the run fills every gap, as freqtrade does.
   */
  readonly hasSessions?: boolean;
}

export interface BacktestOutcome {
  readonly strategyName: string;
  readonly settings: BacktestSettings;
  /** Every pair that had candles, in whitelist order. */
  readonly pairs: readonly string[];
  readonly result: EngineResult;
  readonly statistics: StrategyStatistics;
  readonly warnings: readonly string[];
}

/** A run's outcome as it is kept. */
export interface PackedOutcome {
  readonly resultBytes: Uint8Array<ArrayBuffer>;
  /** SHA-256 of `resultBytes`, lower-case hex. */
  readonly resultHash: string;
  /** Null when the strategy names no column to plot. */
  readonly plotBytes: Uint8Array<ArrayBuffer> | null;
  readonly inputs: readonly ResultInput[];
}
