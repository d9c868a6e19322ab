/** The column program a strategy compiles to (docs/internals/program.md). Plain data: it serialises. */
import type { ColumnType } from "./column.ts";

/** A place in the source text, all 1-based, end exclusive. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A kernel's scalar argument: fixed at compile time, or a parameter bound for each run. */
export type Scalar =
  | { readonly kind: "const"; readonly value: number }
  | { readonly kind: "slot"; readonly slot: number };

export interface ColumnRef {
  /** Index into `Program.nodes`, always smaller than that of the node that refers. */
  readonly node: number;
  readonly output: number;
}

export type CandleField = "date" | "open" | "high" | "low" | "close" | "volume";
export type CandleType = "spot" | "futures" | "mark" | "index" | "funding_rate";

/** Candles a program reads. Series 0 is always the traded pair in the strategy's timeframe. */
export interface ProgramSeries {
  /** Null: the traded pair. */
  readonly pair: string | null;
  readonly timeframe: string;
  readonly candleType: CandleType;
}

/** How many bars before a bar its value depends on. */
export interface WarmUp {
  readonly bars: number;
  /** True when the dependence fades but never ends (recursive indicators). */
  readonly unstable: boolean;
}

/** 0: causal. Otherwise bars of the future that are read (null: the whole column), and why. */
export interface LookAhead {
  readonly bars: number | null;
  readonly reason: string;
}

export type ProgramNode =
  | {
    readonly op: "input";
    readonly series: number;
    readonly field: CandleField;
    readonly outputs: readonly ColumnType[];
  }
  | {
    readonly op: "kernel";
    /** A registry row's name. */
    readonly kernel: string;
    readonly inputs: readonly ColumnRef[];
    readonly parameters: readonly Scalar[];
    readonly outputs: readonly ColumnType[];
    /** The series whose rows these columns have. */
    readonly series: number;
    readonly span: Span;
    readonly lookAhead: LookAhead | null;
    readonly warmUp: WarmUp;
  };

/** A hyperopt parameter that only feeds arguments. */
export interface ProgramSlot {
  readonly name: string;
  readonly type: "int" | "real" | "bool";
  readonly space: string;
  readonly low: number;
  readonly high: number;
  readonly decimals: number | null;
  readonly default: number;
}

export interface ProgramSignals {
  readonly enterLong: ColumnRef | null;
  readonly exitLong: ColumnRef | null;
  readonly enterShort: ColumnRef | null;
  readonly exitShort: ColumnRef | null;
  readonly enterTag: ColumnRef | null;
  readonly exitTag: ColumnRef | null;
}

export interface Program {
  readonly version: 1;
  readonly series: readonly ProgramSeries[];
  readonly nodes: readonly ProgramNode[];
  readonly slots: readonly ProgramSlot[];
  readonly signals: ProgramSignals;
  /** The analysed frame's columns in frame order, by name: what plots, exports and callbacks read. */
  readonly frame: readonly { readonly name: string; readonly column: ColumnRef }[];
  /** The string table tag columns point into. */
  readonly strings: readonly string[];
}
