/** Functions of technical.qtpylib. */
import type { KernelRow } from "../kernel.ts";
import { integer, kernelRow, of, real } from "./row.ts";

const SIGNALS = "Signals";
const PRICES = "Prices";
const VALUE = [real("value", 0)];

export const QTPYLIB: readonly KernelRow[] = [
  ...["above", "below"].flatMap((side) => [
    kernelRow("qtpylib", `qtpylib_crossed_${side}`, {
      group: SIGNALS,
      inputs: ["series1", "series2"],
      outputs: of("bool", "real"),
      lookback: () => 1,
      summary: `series1 is ${side} series2 and was not one row ago`,
    }),
    kernelRow("qtpylib", `qtpylib_crossed_${side}_const`, {
      group: SIGNALS,
      inputs: ["series1"],
      parameters: VALUE,
      outputs: of("bool", "real"),
      lookback: () => 1,
      summary: `series1 is ${side} value and was not one row ago`,
    }),
  ]),
  kernelRow("qtpylib", "qtpylib_typical_price", {
    group: PRICES,
    inputs: ["high", "low", "close"],
    summary: "Mean of high, low and close",
  }),
  kernelRow("qtpylib", "qtpylib_mid_price", {
    group: PRICES,
    inputs: ["high", "low"],
    summary: "Mean of high and low",
  }),
  kernelRow("qtpylib", "qtpylib_heikinashi", {
    group: PRICES,
    inputs: ["open", "high", "low", "close"],
    outputs: ["open", "high", "low", "close"],
    unstable: true,
    summary: "Averaged candles",
  }),
  kernelRow("qtpylib", "qtpylib_bollinger_bands", {
    group: "Bands",
    inputs: ["series"],
    parameters: [integer("window", 20, 1, 2 ** 31 - 1), real("stds", 2)],
    outputs: ["upper", "mid", "lower"],
    lookback: () => 1,
    summary: "Rolling mean and standard deviations around it",
  }),
];
