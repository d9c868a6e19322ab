/** Missing values, moving by rows and differences over rows. */
import type { KernelRow } from "../kernel.ts";
import { integer, kernelRow, of, real, type RowSpec } from "./row.ts";

const F64 = of("f64", "a");
const F64_PAIR = of("f64", "a", "b");
const ROWS_MAX = 2 ** 31 - 1;
const VALUE = real("value", 0);
const PERIODS = integer("periods", 1, -ROWS_MAX, ROWS_MAX);
const MISSING = "Missing values";
const MOVING = "Moving";

function column(name: string, spec: RowSpec): KernelRow {
  return kernelRow("column", name, spec);
}

/** Rows at the start that lie before the column. */
function before(periods: number): number {
  return Math.max(0, periods);
}

/** Rows of the future that are read. */
function after(periods: number): number {
  return Math.max(0, -periods);
}

export const COLUMN_SHAPE: readonly KernelRow[] = [
  column("fillna", {
    group: MISSING,
    inputs: F64_PAIR,
    outputs: of("f64", "out"),
    summary: "a, or b where a is missing",
  }),
  column("fillna_const", {
    group: MISSING,
    inputs: F64,
    outputs: of("f64", "out"),
    parameters: [VALUE],
    summary: "a, or value where a is missing",
  }),
  column("ffill", {
    group: MISSING,
    inputs: F64,
    outputs: of("f64", "out"),
    summary: "The last value that was not missing",
  }),
  column("bfill", {
    group: MISSING,
    inputs: F64,
    outputs: of("f64", "out"),
    ahead: () => Infinity,
    summary: "The next value that is not missing",
  }),
  column("nan_to_num", {
    group: MISSING,
    inputs: F64,
    outputs: of("f64", "out"),
    parameters: [
      real("nan", 0),
      real("posinf", Number.MAX_VALUE),
      real("neginf", -Number.MAX_VALUE),
    ],
    summary: "a with NaN and infinities replaced",
  }),
  column("shift", {
    group: MOVING,
    inputs: F64,
    outputs: of("f64", "out"),
    parameters: [PERIODS],
    lookback: before,
    ahead: after,
    summary: "The value so many rows back",
  }),
  column("shift_fill", {
    group: MOVING,
    inputs: of("f64", "a"),
    outputs: of("f64", "out"),
    parameters: [PERIODS, VALUE],
    ahead: after,
    summary: "The value so many rows back, value where there is none",
  }),
  column("shift_int_fill", {
    group: MOVING,
    inputs: of("int", "a"),
    outputs: of("int", "out"),
    parameters: [PERIODS, VALUE],
    ahead: after,
    summary: "The value so many rows back, value where there is none",
  }),
  column("shift_bool_fill", {
    group: MOVING,
    inputs: of("bool", "a"),
    outputs: of("bool", "out"),
    parameters: [PERIODS, VALUE],
    ahead: after,
    summary: "The value so many rows back, value where there is none",
  }),
  column("shift_tag", {
    group: MOVING,
    inputs: of("tag", "a"),
    outputs: of("tag", "out"),
    parameters: [PERIODS],
    lookback: before,
    ahead: after,
    summary: "The tag so many rows back",
  }),
  column("diff", {
    group: MOVING,
    inputs: F64,
    outputs: of("f64", "out"),
    parameters: [PERIODS],
    lookback: before,
    ahead: after,
    summary: "a less its value so many rows back",
  }),
  column("pct_change", {
    group: MOVING,
    inputs: F64,
    outputs: of("f64", "out"),
    parameters: [PERIODS],
    lookback: before,
    ahead: after,
    summary: "Relative change over so many rows",
  }),
];
