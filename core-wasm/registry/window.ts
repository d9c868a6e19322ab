/** Rolling windows of pandas. */
import type { KernelParameter, KernelRow } from "../kernel.ts";
import { integer, kernelRow } from "./row.ts";

const GROUP = "Rolling";
const ROWS_MAX = 2 ** 31 - 1;
const WINDOW_PARAMETERS: readonly KernelParameter[] = [
  integer("window", 20, 1, ROWS_MAX),
  integer("min_periods", 0, 0, ROWS_MAX),
];
const DDOF = integer("ddof", 1, 0, ROWS_MAX);

/** Rows before the first that can have a value; a `min_periods` of 0 stands for the window. */
function rollingLookback(window: number, minPeriods: number): number {
  return (minPeriods === 0 ? window : minPeriods) - 1;
}

function rolling(name: string, summary: string, withDdof = false): KernelRow {
  return kernelRow("window", name, {
    group: GROUP,
    inputs: ["real"],
    parameters: withDdof ? [...WINDOW_PARAMETERS, DDOF] : WINDOW_PARAMETERS,
    lookback: rollingLookback,
    scratch: (length) => 4 * length,
    summary,
  });
}

export const WINDOW: readonly KernelRow[] = [
  rolling("rolling_mean", "Mean of the window"),
  rolling("rolling_sum", "Sum of the window"),
  rolling("rolling_min", "Smallest value in the window"),
  rolling("rolling_max", "Largest value in the window"),
  rolling("rolling_std", "Standard deviation of the window", true),
  rolling("rolling_var", "Variance of the window", true),
  kernelRow("window", "rolling_count", {
    group: GROUP,
    inputs: ["real"],
    parameters: WINDOW_PARAMETERS,
    lookback: (_window, minPeriods) => Math.max(0, minPeriods - 1),
    summary: "Values present in the window",
  }),
];
