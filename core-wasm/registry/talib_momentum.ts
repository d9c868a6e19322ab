/** TA-Lib: Momentum Indicators. */
import type { KernelRow } from "../kernel.ts";
import { of } from "./row.ts";
import {
  averageLookback,
  averageScratch,
  columns,
  HLC,
  matype,
  OHLC,
  period,
  PLACES_BYTES,
  talib,
} from "./talib_row.ts";

/** Twelve averages and what a run works on. */
const MACD_BYTES = 160;
const GROUP = "Momentum Indicators";

export const TALIB_MOMENTUM: readonly KernelRow[] = [
  talib("AC", {
    group: GROUP,
    inputs: ["high", "low"],
    parameters: [period("fastperiod", 5), period("slowperiod", 34), period("signalperiod", 5)],
    lookback: (fast, slow, signal) => Math.max(fast, slow) + signal - 2,
    scratch: (length) => columns(length),
    summary: "Accelerator: the awesome oscillator less its own moving average",
  }),
  talib("AO", {
    group: GROUP,
    inputs: ["high", "low"],
    parameters: [period("fastperiod", 5), period("slowperiod", 34)],
    lookback: (fast, slow) => Math.max(fast, slow) - 1,
    summary: "Awesome oscillator: a fast less a slow moving average of the middle of high and low",
  }),
  talib("APO", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("fastperiod", 12), period("slowperiod", 26), matype("matype", 1)],
    lookback: (fast, slow, type) => averageLookback(Math.max(fast, slow), type),
    scratch: (length) => columns(length) + averageScratch(length),
    summary: "Absolute price oscillator: a fast less a slow moving average, in units of price",
  }),
  talib("BOP", {
    group: GROUP,
    inputs: OHLC,
    summary: "Balance of power: the bar's body as a share of its range, from -1 to 1",
  }),
  talib("CCI", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod - 1,
    scratch: (_, timeperiod) => columns(timeperiod),
    summary:
      "Commodity channel index: how far the typical price is from its mean, in mean deviations",
  }),
  talib("COPPOCK", {
    group: GROUP,
    inputs: ["real"],
    parameters: [
      period("wmaperiod", 10, 1),
      period("roc1period", 11, 1),
      period("roc2period", 14, 1),
    ],
    lookback: (wma, roc1, roc2) => wma - 1 + Math.max(roc1, roc2),
    scratch: (length) => columns(length),
    summary: "Coppock curve: weighted average of the sum of two rates of change",
  }),
  talib("DPO", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 20)],
    lookback: (timeperiod) => Math.max(timeperiod - 1, Math.floor(timeperiod / 2) + 1),
    summary: "Detrended price oscillator: the price half a period ago less the moving average",
  }),
  talib("ER", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 10)],
    lookback: (timeperiod) => timeperiod,
    summary: "Efficiency ratio: the net move over the path walked, 1 for a straight line",
  }),
  talib("ERI", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 13, 1)],
    outputs: ["bullpower", "bearpower"],
    lookback: (timeperiod) => timeperiod - 1,
    unstable: true,
    summary: "Elder ray: how far high and low lie above an exponential average of the close",
  }),
  talib("FOSC", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 5)],
    lookback: (timeperiod) => timeperiod,
    summary:
      "Forecast oscillator: how far the price is off what the line through the bars before it forecast, in percent",
  }),
  talib("FRACTAL", {
    group: GROUP,
    inputs: ["high", "low"],
    parameters: [period("leftbars", 2, 1), period("rightbars", 2, 1)],
    outputs: of("i32", "swinghigh", "swinglow"),
    lookback: (left, right) => left + right,
    summary:
      "Marks a high above, or a low below, all its neighbours, once the right-hand bars are known",
  }),
  talib("MACD", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("fastperiod", 12), period("slowperiod", 26), period("signalperiod", 9, 1)],
    outputs: ["macd", "macdsignal", "macdhist"],
    lookback: (fast, slow, signal) => Math.max(fast, slow) + signal - 2,
    scratch: () => MACD_BYTES,
    unstable: true,
    summary:
      "Fast less slow exponential average, that line's own average as signal, and their difference",
  }),
  talib("MACDEXT", {
    group: GROUP,
    inputs: ["real"],
    parameters: [
      period("fastperiod", 12),
      matype("fastmatype", 0),
      period("slowperiod", 26),
      matype("slowmatype", 0),
      period("signalperiod", 9, 1),
      matype("signalmatype", 0),
    ],
    outputs: ["macd", "macdsignal", "macdhist"],
    lookback: (fast, fastType, slow, slowType, signal, signalType) =>
      Math.max(averageLookback(fast, fastType), averageLookback(slow, slowType)) +
      averageLookback(signal, signalType),
    scratch: averageScratch,
    summary: "MACD with a kind of moving average chosen for each of its three lines",
  }),
  talib("MACDFIX", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("signalperiod", 9, 1)],
    outputs: ["macd", "macdsignal", "macdhist"],
    lookback: (signal) => 24 + signal,
    scratch: () => MACD_BYTES,
    unstable: true,
    summary: "MACD of 12 and 26 bars with fixed smoothing factors",
  }),
  talib("MOM", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 10, 1)],
    lookback: (timeperiod) => timeperiod,
    summary: "Momentum: the value less the one a period ago",
  }),
  talib("PPO", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("fastperiod", 12), period("slowperiod", 26), matype("matype", 1)],
    lookback: (fast, slow, type) => averageLookback(Math.max(fast, slow), type),
    scratch: (length) => columns(length) + averageScratch(length),
    summary:
      "Percentage price oscillator: how far the fast moving average is from the slow one, in percent",
  }),
  talib("QSTICK", {
    group: GROUP,
    inputs: ["open", "close"],
    parameters: [period("timeperiod", 10, 1)],
    lookback: (timeperiod) => timeperiod - 1,
    scratch: (length) => columns(length),
    summary: "Mean of the bars' bodies, close less open",
  }),
  talib("ROC", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 10, 1)],
    lookback: (timeperiod) => timeperiod,
    summary: "Rate of change: by how many percent the value differs from the one a period ago",
  }),
  talib("ROCP", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 10, 1)],
    lookback: (timeperiod) => timeperiod,
    summary: "Rate of change as a share: the change since a period ago over the value then",
  }),
  talib("ROCR", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 10, 1)],
    lookback: (timeperiod) => timeperiod,
    summary: "Rate of change as a ratio: the value over the one a period ago",
  }),
  talib("ROCR100", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 10, 1)],
    lookback: (timeperiod) => timeperiod,
    summary: "The value as a percentage of the one a period ago",
  }),
  talib("TRIX", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30, 1)],
    lookback: (timeperiod) => 3 * (timeperiod - 1) + 1,
    unstable: true,
    scratch: (length) => columns(length, 2) + PLACES_BYTES,
    summary:
      "Change in percent, from one bar to the next, of an average smoothed exponentially three times",
  }),
  talib("VHF", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 28)],
    lookback: (timeperiod) => timeperiod,
    scratch: (length) => columns(length, 2),
    summary:
      "Vertical horizontal filter: the window's range over the path walked, larger in a trend",
  }),
  talib("WAD", {
    group: GROUP,
    inputs: HLC,
    unstable: true,
    summary:
      "Running total of each close's distance to the lower low when rising, or the higher high when falling",
  }),
];
