/** TA-Lib: Volatility Indicators. */
import type { KernelRow } from "../kernel.ts";
import { HLC, period, talib } from "./talib_row.ts";

const GROUP = "Volatility Indicators";

export const TALIB_VOLATILITY: readonly KernelRow[] = [
  talib("ATR", {
    group: GROUP,
    inputs: HLC,
    parameters: [period("timeperiod", 14, 1)],
    lookback: (timeperiod) => timeperiod,
    unstable: true,
    summary: "Average True Range",
  }),
];
