/** Column types, their width in core memory and their null rule (docs/internals/values.md). */

/**
 * - `f64`: null is NaN.
 * - `bool`: one byte, 0 or 1, never null.
 * - `int`: int64, never null.
 * - `i32`: int32, never null; what TA-Lib's integer outputs are.
 * - `time`: f64 holding epoch milliseconds UTC, null is NaN.
 * - `tag`: int32 code into the program's string table, null is -1.
 */
export type ColumnType = "f64" | "bool" | "int" | "i32" | "time" | "tag";

export type ColumnArray = Float64Array | Uint8Array | BigInt64Array | Int32Array;

/** Bytes a value of each type takes in core memory. */
export const COLUMN_WIDTH: Readonly<Record<ColumnType, number>> = {
  f64: 8,
  bool: 1,
  int: 8,
  i32: 4,
  time: 8,
  tag: 4,
};

/** A column in core memory; only the core that made it can read it, until its scope ends. */
export interface Column {
  readonly type: ColumnType;
  readonly length: number;
}
