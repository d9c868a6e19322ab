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
    summary: "Mean distance of the window's values from their mean",
  }),
  talib("AVGPRICE", {
    group: GROUP,
    inputs: OHLC,
    summary: "Mean of open, high, low and close",
  }),
  talib("HA", {
    group: GROUP,
    inputs: OHLC,
    outputs: ["haopen", "hahigh", "halow", "haclose"],
    unstable: true,
    summary: "Heikin-Ashi candles: closes are means of the bar, opens middles of the bar before",
  }),
  talib("MEDPRICE", {
    group: GROUP,
    inputs: ["high", "low"],
    summary: "Middle between high and low",
  }),
  talib("TYPPRICE", {
    group: GROUP,
    inputs: HLC,
    summary: "Mean of high, low and close",
  }),
  talib("WCLPRICE", {
    group: GROUP,
    inputs: HLC,
    summary: "Mean of high, low and close in which the close counts twice",
  }),
];
