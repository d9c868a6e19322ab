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
    summary:
      "How strongly the second series' relative changes follow the first's: the slope between them",
  }),
  talib("CORREL", {
    group: GROUP,
    inputs: ["real0", "real1"],
    parameters: [period("timeperiod", 30, 1)],
    lookback: (timeperiod) => timeperiod - 1,
    scratch: () => PAIR_SUMS_BYTES,
    summary: "Pearson's correlation of two series over the window, from -1 to 1",
  }),
  talib("LINEARREG", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Straight line fitted to the window, at its newest bar",
  }),
  talib("LINEARREG_ANGLE", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Angle in degrees of the straight line fitted to the window",
  }),
  talib("LINEARREG_INTERCEPT", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Straight line fitted to the window, at its oldest bar",
  }),
  talib("LINEARREG_SLOPE", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Slope per bar of the straight line fitted to the window",
  }),
  talib("PERCENTILE", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 30), factor("percentile", 50, 0, 100)],
    lookback: (timeperiod) => timeperiod - 1,
    scratch: (_, timeperiod) => columns(timeperiod + 1),
    summary:
      "Value of the window below or at which so many percent of its values lie, by nearest rank",
  }),
  talib("PERCENTRANK", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 100)],
    lookback: (timeperiod) => timeperiod,
    summary: "Percentage of the values before that are smaller than the current one",
  }),
  talib("STDDEV", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 5), factor("nbdev", 1)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Standard deviation of the window (divided by its length), times a factor",
  }),
  talib("TSF", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Straight line fitted to the window, one bar beyond its newest",
  }),
  talib("VAR", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 5, 1), factor("nbdev", 1)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Variance of the window (divided by its length)",
  }),
];
