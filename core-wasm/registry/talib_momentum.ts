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
  talib,
} from "./talib_row.ts";

const GROUP = "Momentum Indicators";

export const TALIB_MOMENTUM: readonly KernelRow[] = [
  talib("ADX", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => 2 * timeperiod - 1,
    unstable: true,
    summary: "Average Directional Movement Index",
  }),
  talib("CCI", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod - 1,
    scratch: (_, timeperiod) => columns(timeperiod),
    summary: "Commodity Channel Index",
  }),
  talib("MACD", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("fastperiod", 12), period("slowperiod", 26), period("signalperiod", 9, 1)],
    outputs: ["macd", "macdsignal", "macdhist"],
    lookback: (fast, slow, signal) => Math.max(fast, slow) + signal - 2,
    summary: "Moving Average Convergence/Divergence",
  }),
  talib("MFI", {
    group: GROUP,
    inputs: HLCV,
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod,
    scratch: (_, timeperiod) => columns(timeperiod, 2),
    summary: "Money Flow Index",
  }),
  talib("MINUS_DI", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14, 1)],
    lookback: (timeperiod) => timeperiod,
    unstable: true,
    summary: "Minus Directional Indicator",
  }),
  talib("MOM", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 10, 1)],
    lookback: (timeperiod) => timeperiod,
    summary: "Momentum",
  }),
  talib("PLUS_DI", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14, 1)],
    lookback: (timeperiod) => timeperiod,
    unstable: true,
    summary: "Plus Directional Indicator",
  }),
  talib("RSI", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod,
    unstable: true,
    summary: "Relative Strength Index",
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
    summary: "Stochastic",
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
    summary: "Stochastic Fast",
  }),
];
