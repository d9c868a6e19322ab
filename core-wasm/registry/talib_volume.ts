/** TA-Lib: Volume Indicators. */
import type { KernelRow } from "../kernel.ts";
import { averageLookback, averageScratch, columns, matype, period, talib } from "./talib_row.ts";

const GROUP = "Volume Indicators";

export const TALIB_VOLUME: readonly KernelRow[] = [
  talib("PVO", {
    group: GROUP,
    inputs: ["volume"],
    parameters: [period("fastperiod", 12), period("slowperiod", 26), matype("matype", 1)],
    lookback: (fast, slow, type) => averageLookback(Math.max(fast, slow), type),
    scratch: (length) => columns(length) + averageScratch(length),
    summary: "Percentage Volume Oscillator",
  }),
];
