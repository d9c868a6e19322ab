/** TA-Lib: Volatility Indicators. */
import type { KernelRow } from "../kernel.ts";
import { columns, HLC, period, PLACES_BYTES, talib } from "./talib_row.ts";

const GROUP = "Volatility Indicators";

export const TALIB_VOLATILITY: readonly KernelRow[] = [
  talib("ADR", {
    group: GROUP,
    inputs: ["high", "low"],
    parameters: [period("timeperiod", 14, 1)],
    lookback: (timeperiod) => timeperiod - 1,
    scratch: (length) => columns(length),
    summary: "Mean of the bars' ranges, high less low",
  }),
  talib("ATR", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14, 1)],
    lookback: (timeperiod) => timeperiod,
    unstable: true,
    hasBatch: true,
    summary:
      "Average true range: the bar's range with the gap to the close before it, smoothed as Wilder does",
  }),
  talib("CVI", {
    group: GROUP,
    inputs: ["high", "low"],
    parameters: [period("timeperiod", 10), period("rocperiod", 10, 1)],
    lookback: (timeperiod, roc) => timeperiod - 1 + roc,
    scratch: (length) => columns(length) + PLACES_BYTES,
    unstable: true,
    summary:
      "Chaikin's volatility: the change of the smoothed range since some bars ago, in percent",
  }),
  talib("MASSI", {
    group: GROUP,
    inputs: ["high", "low"],
    parameters: [period("fastperiod", 9), period("slowperiod", 25)],
    lookback: (fast, slow) => 2 * (fast - 1) + slow - 1,
    scratch: (length) => columns(length, 2),
    unstable: true,
    summary:
      "Mass index: sum of the smoothed range over its own smoothing; high where ranges widen",
  }),
  talib("NATR", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14, 1)],
    lookback: (timeperiod) => timeperiod,
    unstable: true,
    summary: "Average true range as a percentage of the close",
  }),
  talib("RVI", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 14, 1), period("stddevperiod", 10)],
    lookback: (timeperiod, deviation) => timeperiod + deviation - 2,
    unstable: true,
    scratch: (length) => columns(length),
    summary:
      "Relative volatility index: deviations of rising bars as a percentage of all, smoothed",
  }),
  talib("TRANGE", {
    group: GROUP,
    inputs: HLC,
    lookback: () => 1,
    summary: "True range: the bar's range with the gap to the close before it",
  }),
];
