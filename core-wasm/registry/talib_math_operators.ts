/** TA-Lib: Math Operators. */
import type { KernelRow } from "../kernel.ts";
import { period, rowNumbers, talib } from "./talib_row.ts";

const GROUP = "Math Operators";

export const TALIB_MATH_OPERATORS: readonly KernelRow[] = [
  talib("ADD", {
    group: GROUP,
    inputs: ["real0", "real1"],
    summary: "Vector Arithmetic Add",
  }),
  talib("CUMSUM", {
    group: GROUP,
    inputs: ["real"],
    unstable: true,
    summary: "Cumulative Sum",
  }),
  talib("DIV", {
    group: GROUP,
    inputs: ["real0", "real1"],
    summary: "Vector Arithmetic Div",
  }),
  talib("MAX", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Highest value over a specified period",
  }),
  talib("MAXINDEX", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30)],
    outputs: rowNumbers("integer"),
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Index of highest value over a specified period",
  }),
  talib("MIN", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Lowest value over a specified period",
  }),
  talib("MININDEX", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30)],
    outputs: rowNumbers("integer"),
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Index of lowest value over a specified period",
  }),
  talib("MINMAX", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30)],
    outputs: ["min", "max"],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Lowest and highest values over a specified period",
  }),
  talib("MINMAXINDEX", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30)],
    outputs: rowNumbers("minidx", "maxidx"),
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Indexes of lowest and highest values over a specified period",
  }),
  talib("MULT", {
    group: GROUP,
    inputs: ["real0", "real1"],
    summary: "Vector Arithmetic Mult",
  }),
  talib("SUB", {
    group: GROUP,
    inputs: ["real0", "real1"],
    summary: "Vector Arithmetic Subtraction",
  }),
  talib("SUM", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Summation",
  }),
];
