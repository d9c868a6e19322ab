/** The row by which everything knows a kernel (docs/internals/kernels.md). */
import type { ColumnType } from "./column.ts";

export interface KernelInput {
  /** TA-Lib's own name (`open`, `high`, `real`, `real0`, `periods`), or the column operation's. */
  readonly name: string;
  readonly type: ColumnType;
}

export interface KernelParameter {
  readonly name: string;
  /** `int` and `choice` cross as i32, `real` as f64. */
  readonly type: "int" | "real" | "choice";
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** The names behind a choice's values, such as moving-average types. */
  readonly choices?: Readonly<Record<string, number>>;
}

export interface KernelOutput {
  readonly name: string;
  readonly type: ColumnType;
  /** The values are row numbers, counted from the column's first row. */
  readonly isRowNumber?: boolean;
}

export interface KernelRow {
  /** Unique, and what a program's node names: `RSI`, `rolling_max`, `qtpylib_heikinashi`. */
  readonly name: string;
  readonly family: "talib" | "column" | "window" | "qtpylib" | "technical" | "time";
  /** The reference's own group, such as "Momentum Indicators". */
  readonly group: string;
  /**
   * The core's export. Its arguments, always in this order: length, one pointer per input, one
   * scalar per parameter, one pointer per output, scratch pointer. It answers a status: 0 done,
   * k > 0 parameter k (1-based) out of range, -1 an input's content is refused.
   */
  readonly symbol: string;
  /**
   * The export that runs many jobs at once, where there is one: a table of jobs and their count. It
   * answers 0, or the number of the first job that it refuses, from 1 on.
   */
  readonly batchSymbol?: string;
  readonly inputs: readonly KernelInput[];
  readonly parameters: readonly KernelParameter[];
  readonly outputs: readonly KernelOutput[];
  /** Bars at the start for which the reference gives no value. */
  readonly lookback: (parameters: readonly number[]) => number;
  /** True when values keep depending on the first bar (EMA, RSI, …). */
  readonly unstable: boolean;
  /** Scratch the caller provides, in bytes. */
  readonly scratchBytes: (length: number, parameters: readonly number[]) => number;
  /** Bars of the future a value needs: 0 for a causal kernel, Infinity for a whole-column statistic. */
  readonly ahead: (parameters: readonly number[]) => number;
  /** The meaning in one line. */
  readonly summary: string;
}
