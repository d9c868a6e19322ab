/** TA-Lib: Price Transform. */
import type { KernelRow } from "../kernel.ts";
import { HLC, OHLC, period, talib } from "./talib_row.ts";

const GROUP = "Price Transform";

export const TALIB_PRICE: readonly KernelRow[] = [
  talib("AVGDEV", {
    group: GROUP,
    inputs: ["real"],
    parameters: [period("timeperiod", 14)],
    lookback: (timeperiod) => timeperiod - 1,
    summary: "Average Deviation",
  }),
  talib("AVGPRICE", {
    group: GROUP,
    inputs: OHLC,
    summary: "Average Price",
  }),
  talib("HA", {
    group: GROUP,
    inputs: OHLC,
    outputs: ["haopen", "hahigh", "halow", "haclose"],
    unstable: true,
    summary: "Heikin-Ashi Candles",
  }),
  talib("MEDPRICE", {
    group: GROUP,
    inputs: ["high", "low"],
    summary: "Median Price",
  }),
  talib("TYPPRICE", {
    group: GROUP,
    inputs: HLC,
    summary: "Typical Price",
  }),
  talib("WCLPRICE", {
    group: GROUP,
    inputs: HLC,
    summary: "Weighted Close Price",
  }),
];
