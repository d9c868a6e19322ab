/** TA-Lib: Volume Indicators. */
import type { KernelRow } from "../kernel.ts";
import {
  averageLookback,
  averageScratch,
  columns,
  HLCV,
  matype,
  period,
  talib,
} from "./talib_row.ts";

const GROUP = "Volume Indicators";

export const TALIB_VOLUME: readonly KernelRow[] = [
  talib("AD", {
    group: GROUP,
    inputs: HLCV,
    unstable: true,
    summary:
      "Accumulation and distribution: running total of volume weighted by where in its range each bar closed",
  }),
  talib("ADOSC", {
    group: GROUP,
    inputs: HLCV,
    parameters: [period("fastperiod", 3), period("slowperiod", 10)],
    lookback: (fast, slow) => Math.max(fast, slow) - 1,
    unstable: true,
    summary: "Fast less slow exponential average of the accumulation and distribution line",
  }),
  talib("CMF", {
    group: GROUP,
    inputs: HLCV,
    parameters: [period("timeperiod", 20)],
    lookback: (timeperiod) => timeperiod - 1,
    scratch: (length) => columns(length),
    summary:
      "Chaikin money flow: the window's volume weighted by where bars closed, over its volume",
  }),
  talib("EFI", {
    group: GROUP,
    inputs: ["close", "volume"],
    parameters: [period("timeperiod", 13, 1)],
    lookback: (timeperiod) => timeperiod,
    scratch: (length) => columns(length),
    unstable: true,
    summary: "Force index: the close's move times volume, smoothed",
  }),
  talib("MARKETFI", {
    group: GROUP,
    inputs: ["high", "low", "volume"],
    summary: "The bar's range per unit of volume",
  }),
  talib("NVI", {
    group: GROUP,
    inputs: ["close", "volume"],
    unstable: true,
    summary: "Index from 1000 that follows the price on bars with less volume than the bar before",
  }),
  talib("OBV", {
    group: GROUP,
    inputs: ["real", "volume"],
    unstable: true,
    summary: "Running total of volume, added on rising bars and taken off on falling ones",
  }),
  talib("PVI", {
    group: GROUP,
    inputs: ["close", "volume"],
    unstable: true,
    summary: "Index from 1000 that follows the price on bars with more volume than the bar before",
  }),
  talib("PVO", {
    group: GROUP,
    inputs: ["volume"],
    parameters: [period("fastperiod", 12), period("slowperiod", 26), matype("matype", 1)],
    lookback: (fast, slow, type) => averageLookback(Math.max(fast, slow), type),
    scratch: (length) => columns(length) + averageScratch(length),
    summary: "How far the fast moving average of volume is from the slow one, in percent",
  }),
  talib("PVT", {
    group: GROUP,
    inputs: ["close", "volume"],
    unstable: true,
    summary: "Running total of volume times the close's relative change",
  }),
  talib("RVOL", {
    group: GROUP,
    inputs: ["volume"],
    parameters: [period("timeperiod", 20, 1)],
    lookback: (timeperiod) => timeperiod,
    summary: "Volume over the mean volume of the bars before",
  }),
  talib("VWAP", {
    group: GROUP,
    inputs: HLCV,
    unstable: true,
    summary: "Average price of all volume so far, by typical price",
  }),
];
