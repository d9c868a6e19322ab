/** TA-Lib: Statistic Functions. */
import type { KernelRow } from "../kernel.ts";
import { columns, factor, PAIR_SUMS_BYTES, period, talib } from "./talib_row.ts";

const GROUP = "Statistic Functions";

export const TALIB_STATISTIC: readonly KernelRow[] = [
  talib("BETA", {
    group: GROUP,
    inputs: ["real0", "real1"],
    parameters: [period("timeperiod", 5, 1)],
    lookback: (timeperiod) => timeperiod,
    scratch: () => PAIR_SUMS_BYTES,
    summary: "Beta",
  }),
  talib("CORREL", {
    group: GROUP,
    inputs: ["real0", "real1"],
    parameters: [period("timeperiod", 30, 1)],
    lookback: (timeperiod) => timeperiod - 1,
    scratch: () => PAIR_SUMS_BYTES,
    summary: "Pearson's Correlation Coefficient (r)",
  }),
  talib("LINEARREG", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Linear Regression",
  }),
  talib("LINEARREG_ANGLE", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Linear Regression Angle",
  }),
  talib("LINEARREG_INTERCEPT", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Linear Regression Intercept",
  }),
  talib("LINEARREG_SLOPE", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Linear Regression Slope",
  }),
  talib("PERCENTILE", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30), factor("percentile", 50, 0, 100)],
    lookback: (timeperiod) => timeperiod - 1,
    scratch: (_, timeperiod) => columns(timeperiod + 1),
    summary: "Percentile (nearest rank)",
  }),
  talib("PERCENTRANK", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 100)],
    lookback: (timeperiod) => timeperiod,
    summary: "Percent Rank",
  }),
  talib("STDDEV", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 5), factor("nbdev", 1)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Standard Deviation",
  }),
  talib("TSF", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Time Series Forecast",
  }),
  talib("VAR", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 5, 1), factor("nbdev", 1)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Variance",
  }),
];
