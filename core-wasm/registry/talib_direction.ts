/** TA-Lib: Momentum Indicators. */
import type { KernelRow } from "../kernel.ts";
import { columns, EXTREME_BYTES, HLC, period, talib } from "./talib_row.ts";

const GROUP = "Momentum Indicators";

export const TALIB_DIRECTION: readonly KernelRow[] = [
  talib("ADX", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => 2 * timeperiod - 1,
    unstable: true,
    summary:
      "Average directional index: how strong a trend is, from 0 to 100, whichever way it goes",
  }),
  talib("ADXR", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => 3 * timeperiod - 2,
    scratch: (length) => columns(length),
    unstable: true,
    summary: "Mean of the average directional index now and a period ago",
  }),
  talib("AROON", {
    group: GROUP,
    inputs: ["high", "low"],
    parameters: [period("timeperiod", 14)],
    outputs: ["aroondown", "aroonup"],
    lookback: (timeperiod) => timeperiod,
    scratch: () => EXTREME_BYTES,
    summary: "How recently the window had its low and its high: 100 is now, 0 a whole period ago",
  }),
  talib("AROONOSC", {
    group: GROUP,
    inputs: ["high", "low"],
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod,
    scratch: () => EXTREME_BYTES,
    summary:
      "Aroon oscillator: how much more recent the window's high is than its low, from -100 to 100",
  }),
  talib("DX", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod,
    unstable: true,
    summary: "Directional index: how far rises and falls outweigh each other, from 0 to 100",
  }),
  talib("MINUS_DI", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14, 1)],
    lookback: (timeperiod) => timeperiod,
    unstable: true,
    summary: "Downward movement as a percentage of the true range, both smoothed",
  }),
  talib("MINUS_DM", {
    group: GROUP,
    inputs: ["high", "low"],
    parameters: [period("timeperiod", 14, 1)],
    lookback: (timeperiod) => Math.max(1, timeperiod - 1),
    unstable: true,
    summary: "Downward movement: how far lows fall below the lows before them, smoothed",
  }),
  talib("PLUS_DI", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14, 1)],
    lookback: (timeperiod) => timeperiod,
    unstable: true,
    summary: "Upward movement as a percentage of the true range, both smoothed",
  }),
  talib("PLUS_DM", {
    group: GROUP,
    inputs: ["high", "low"],
    parameters: [period("timeperiod", 14, 1)],
    lookback: (timeperiod) => Math.max(1, timeperiod - 1),
    unstable: true,
    summary: "Upward movement: how far highs rise above the highs before them, smoothed",
  }),
  talib("VORTEX", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14, 1)],
    outputs: ["plusvi", "minusvi"],
    lookback: (timeperiod) => timeperiod,
    summary:
      "Distances from high to the low before and from low to the high before, over the true range",
  }),
];
