/** TA-Lib: Volatility Indicators. */
import type { KernelRow } from "../kernel.ts";
import { columns, HLC, period, talib } from "./talib_row.ts";

const GROUP = "Volatility Indicators";

export const TALIB_VOLATILITY: readonly KernelRow[] = [
  talib("ADR", {
    group: GROUP,
    inputs: ["high", "low"],
    parameters: [period("timeperiod", 14, 1)],
    lookback: (timeperiod) => timeperiod - 1,
    scratch: (length) => columns(length),
    summary: "Average Day Range",
  }),
  talib("ATR", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14, 1)],
    lookback: (timeperiod) => timeperiod,
    unstable: true,
    hasBatch: true,
    summary: "Average True Range",
  }),
  talib("CVI", {
    group: GROUP,
    inputs: ["high", "low"],
    parameters: [period("timeperiod", 10), period("rocperiod", 10, 1)],
    lookback: (timeperiod, roc) => timeperiod - 1 + roc,
    scratch: (length) => columns(length),
    unstable: true,
    summary: "Chaikin's Volatility",
  }),
  talib("MASSI", {
    group: GROUP,
    inputs: ["high", "low"],
    parameters: [period("fastperiod", 9), period("slowperiod", 25)],
    lookback: (fast, slow) => 2 * (fast - 1) + slow - 1,
    scratch: (length) => columns(length, 2),
    unstable: true,
    summary: "Mass Index",
  }),
  talib("NATR", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14, 1)],
    lookback: (timeperiod) => timeperiod,
    unstable: true,
    summary: "Normalized Average True Range",
  }),
  talib("RVI", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 14, 1), period("stddevperiod", 10)],
    lookback: (timeperiod, deviation) => timeperiod + deviation - 2,
    unstable: true,
    scratch: (length) => columns(length),
    summary: "Relative Volatility Index",
  }),
  talib("TRANGE", {
    group: GROUP,
    inputs: HLC,
    lookback: () => 1,
    summary: "True Range",
  }),
];
