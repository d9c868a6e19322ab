/** TA-Lib: Momentum Indicators. */
import type { KernelRow } from "../kernel.ts";
import {
  averageLookback,
  averageScratch,
  columns,
  HLC,
  HLCV,
  matype,
  period,
  PLACES_BYTES,
  talib,
} from "./talib_row.ts";

const GROUP = "Momentum Indicators";

export const TALIB_OSCILLATOR: readonly KernelRow[] = [
  talib("CMO", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod,
    unstable: true,
    scratch: () => PLACES_BYTES,
    summary:
      "Chande momentum oscillator: gains less losses over their sum, both smoothed, from -100 to 100",
  }),
  talib("CMOU", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod,
    summary:
      "Chande momentum oscillator of plain sums: gains less losses over their sum, from -100 to 100",
  }),
  talib("IMI", {
    group: GROUP,
    inputs: ["open", "close"],
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Intraday momentum index: rising bodies as a percentage of all bodies in the window",
  }),
  talib("KDJ", {
    group: GROUP,
    inputs: HLC,
    parameters: [
      period("fastk_period", 9, 1),
      period("slowk_period", 3, 1),
      matype("slowk_matype", 13),
      period("slowd_period", 3, 1),
      matype("slowd_matype", 13),
    ],
    outputs: ["k", "d", "j"],
    lookback: (k, slowK, kType, slowD, dType) =>
      k - 1 + averageLookback(slowK, kType) + averageLookback(slowD, dType),
    scratch: averageScratch,
    summary: "Stochastic lines k and d, and j, which is three times k less twice d",
  }),
  talib("MFI", {
    group: GROUP,
    inputs: HLCV,
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod,
    scratch: (_, timeperiod) => columns(timeperiod, 2),
    summary:
      "Money flow index: turnover of bars with a rising typical price as a percentage of all",
  }),
  talib("RSI", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod,
    unstable: true,
    hasBatch: true,
    summary: "Relative strength index: smoothed gains as a percentage of gains and losses",
  }),
  talib("SMI", {
    group: GROUP,
    inputs: HLC,
    parameters: [
      period("timeperiod", 13),
      period("fastperiod", 2),
      period("slowperiod", 25),
      period("signalperiod", 9),
    ],
    outputs: ["smi", "smisignal"],
    lookback: (timeperiod, fast, slow, signal) => timeperiod + fast + slow + signal - 4,
    scratch: (length) => columns(length, 2),
    unstable: true,
    summary:
      "Stochastic momentum: the close's distance from the middle of the range, smoothed twice, and a signal line",
  }),
  talib("STOCH", {
    group: GROUP,
    inputs: HLC,
    parameters: [
      period("fastk_period", 5, 1),
      period("slowk_period", 3, 1),
      matype("slowk_matype", 0),
      period("slowd_period", 3, 1),
      matype("slowd_matype", 0),
    ],
    outputs: ["slowk", "slowd"],
    lookback: (k, slowK, kType, slowD, dType) =>
      k - 1 + averageLookback(slowK, kType) + averageLookback(slowD, dType),
    scratch: averageScratch,
    summary:
      "Slow stochastic: where in the window's range the close lies, in percent, smoothed, and that smoothed again",
  }),
  talib("STOCHF", {
    group: GROUP,
    inputs: HLC,
    parameters: [
      period("fastk_period", 5, 1),
      period("fastd_period", 3, 1),
      matype("fastd_matype", 0),
    ],
    outputs: ["fastk", "fastd"],
    lookback: (k, d, type) => k - 1 + averageLookback(d, type),
    scratch: averageScratch,
    summary:
      "Fast stochastic: where in the window's range the close lies, in percent, and that smoothed",
  }),
  talib("STOCHRSI", {
    group: GROUP,
    inputs: ["real"],
    parameters: [
      period("timeperiod", 14),
      period("fastk_period", 5, 1),
      period("fastd_period", 3, 1),
      matype("fastd_matype", 0),
    ],
    outputs: ["fastk", "fastd"],
    lookback: (timeperiod, k, d, type) => timeperiod + k - 1 + averageLookback(d, type),
    scratch: (length) => columns(length) + averageScratch(length),
    summary: "Fast stochastic of the relative strength index",
  }),
  talib("TSI", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("firstperiod", 25), period("secondperiod", 13)],
    lookback: (first, second) => first + second - 1,
    scratch: (length) => columns(length, 2) + PLACES_BYTES,
    unstable: true,
    summary:
      "True strength index: moves smoothed twice over their sizes smoothed twice, from -100 to 100",
  }),
  talib("ULTOSC", {
    group: GROUP,
    inputs: HLC,
    parameters: [
      period("timeperiod1", 7, 1),
      period("timeperiod2", 14, 1),
      period("timeperiod3", 28, 1),
    ],
    lookback: (first, second, third) => Math.max(first, second, third),
    scratch: (length) => columns(length, 2),
    summary:
      "Ultimate oscillator: buying pressure over true range, three periods weighted 4, 2 and 1",
  }),
  talib("WILLR", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod - 1,
    scratch: (length) => columns(length),
    summary:
      "Williams' %R: where in the window's range the close lies, from -100 at the low to 0 at the high",
  }),
];
