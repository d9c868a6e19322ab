/** TA-Lib: Math Operators. */
import type { KernelRow } from "../kernel.ts";
import { period, rowNumbers, talib } from "./talib_row.ts";

const GROUP = "Math Operators";

export const TALIB_MATH_OPERATORS: readonly KernelRow[] = [
  talib("ADD", {
    group: GROUP,
    inputs: ["real0", "real1"],
    summary: "Sum of two columns, row by row",
  }),
  talib("CUMSUM", {
    group: GROUP,
    inputs: ["real"],
    unstable: true,
    summary: "Sum of all rows so far",
  }),
  talib("DIV", {
    group: GROUP,
    inputs: ["real0", "real1"],
    summary: "First column divided by the second, row by row",
  }),
  talib("MAX", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Largest value of the window",
  }),
  talib("MAXINDEX", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30)],
    outputs: rowNumbers("integer"),
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Row number of the window's largest value",
  }),
  talib("MIN", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Smallest value of the window",
  }),
  talib("MININDEX", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30)],
    outputs: rowNumbers("integer"),
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Row number of the window's smallest value",
  }),
  talib("MINMAX", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30)],
    outputs: ["min", "max"],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Smallest and largest value of the window",
  }),
  talib("MINMAXINDEX", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30)],
    outputs: rowNumbers("minidx", "maxidx"),
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Row numbers of the window's smallest and largest value",
  }),
  talib("MULT", {
    group: GROUP,
    inputs: ["real0", "real1"],
    summary: "Product of two columns, row by row",
  }),
  talib("SUB", {
    group: GROUP,
    inputs: ["real0", "real1"],
    summary: "First column less the second, row by row",
  }),
  talib("SUM", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Sum of the window",
  }),
];
