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
    summary: "Average Directional Movement Index",
  }),
  talib("ADXR", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => 3 * timeperiod - 2,
    scratch: (length) => columns(length),
    unstable: true,
    summary: "Average Directional Movement Index Rating",
  }),
  talib("AROON", {
    group: GROUP,
    inputs: ["high", "low"],
    parameters: [period("timeperiod", 14)],
    outputs: ["aroondown", "aroonup"],
    lookback: (timeperiod) => timeperiod,
    scratch: () => EXTREME_BYTES,
    summary: "Aroon",
  }),
  talib("AROONOSC", {
    group: GROUP,
    inputs: ["high", "low"],
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod,
    scratch: () => EXTREME_BYTES,
    summary: "Aroon Oscillator",
  }),
  talib("DX", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod,
    unstable: true,
    summary: "Directional Movement Index",
  }),
  talib("MINUS_DI", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14, 1)],
    lookback: (timeperiod) => timeperiod,
    unstable: true,
    summary: "Minus Directional Indicator",
  }),
  talib("MINUS_DM", {
    group: GROUP,
    inputs: ["high", "low"],
    parameters: [period("timeperiod", 14, 1)],
    lookback: (timeperiod) => Math.max(1, timeperiod - 1),
    unstable: true,
    summary: "Minus Directional Movement",
  }),
  talib("PLUS_DI", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14, 1)],
    lookback: (timeperiod) => timeperiod,
    unstable: true,
    summary: "Plus Directional Indicator",
  }),
  talib("PLUS_DM", {
    group: GROUP,
    inputs: ["high", "low"],
    parameters: [period("timeperiod", 14, 1)],
    lookback: (timeperiod) => Math.max(1, timeperiod - 1),
    unstable: true,
    summary: "Plus Directional Movement",
  }),
  talib("VORTEX", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14, 1)],
    outputs: ["plusvi", "minusvi"],
    lookback: (timeperiod) => timeperiod,
    summary: "Vortex Indicator",
  }),
];
