/** TA-Lib: Overlap Studies. */
import type { KernelRow } from "../kernel.ts";
import { averageLookback, averageScratch, factor, matype, period, talib } from "./talib_row.ts";

const GROUP = "Overlap Studies";

export const TALIB_OVERLAP: readonly KernelRow[] = [
  talib("BBANDS", {
    group: GROUP,
    inputs: ["real"],
    parameters: [
      period("timeperiod", 20),
      factor("nbdevup", 2),
      factor("nbdevdn", 2),
      matype("matype", 0),
    ],
    outputs: ["upperband", "middleband", "lowerband"],
    lookback: (timeperiod, _up, _down, type) =>
      Math.max(timeperiod - 1, averageLookback(timeperiod, type)),
    scratch: averageScratch,
    summary: "Bollinger Bands",
  }),
  talib("DEMA", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30, 1)],
    lookback: (timeperiod) => 2 * (timeperiod - 1),
    summary: "Double Exponential Moving Average",
  }),
  talib("EMA", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30, 1)],
    lookback: (timeperiod) => timeperiod - 1,
    unstable: true,
    summary: "Exponential Moving Average",
  }),
  talib("SAR", {
    group: GROUP,
    inputs: ["high", "low"],
    parameters: [factor("acceleration", 0.02, 0, 3e37), factor("maximum", 0.2, 0, 3e37)],
    lookback: () => 1,
    unstable: true,
    summary: "Parabolic SAR",
  }),
  talib("SMA", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30, 1)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Simple Moving Average",
  }),
  talib("TEMA", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30, 1)],
    lookback: (timeperiod) => 3 * (timeperiod - 1),
    summary: "Triple Exponential Moving Average",
  }),
];
