/** Functions of the library ta, with its `fillna` off. */
import type { KernelRow } from "../kernel.ts";
import { integer, kernelRow, real, type RowSpec } from "./row.ts";

const HL = ["high", "low"] as const;
const HLC = ["high", "low", "close"] as const;
const ROWS_MAX = 2 ** 31 - 1;
const GROUP = "ta";

export const TECHNICAL_TA: readonly KernelRow[] = [
  ta("rsi", {
    inputs: ["close"],
    parameters: [period("window", 14)],
    lookback: before,
    unstable: true,
    scratch: columns(2),
    summary: "Relative strength index over exponential means",
  }),
  ta("stochrsi", {
    inputs: ["close"],
    parameters: [period("window", 14), period("smooth1", 3), period("smooth2", 3)],
    outputs: ["stochrsi", "stochrsi_k", "stochrsi_d"],
    lookback: (window, smooth1, smooth2) => 2 * (window - 1) + smooth1 - 1 + smooth2 - 1,
    unstable: true,
    scratch: columns(3),
    summary: "Place of the relative strength in its window's range, and its means",
  }),
  ta("kst", {
    inputs: ["close"],
    parameters: [
      change("roc1", 10),
      change("roc2", 15),
      change("roc3", 20),
      change("roc4", 30),
      period("window1", 10),
      period("window2", 10),
      period("window3", 10),
      period("window4", 15),
      period("nsig", 9),
    ],
    outputs: ["kst", "kst_sig", "kst_diff"],
    lookback: (...[, , , , one, two, three, four]) =>
      Math.max(one ?? 1, two ?? 1, three ?? 1, four ?? 1) - 1,
    scratch: columns(2),
    ahead: () => Infinity,
    summary: "Weighted means of four changes; the first rows know the whole column's mean",
  }),
  ta("ichimoku", {
    inputs: HL,
    parameters: [period("window1", 9), period("window2", 26), period("window3", 52)],
    outputs: ["conversion_line", "base_line", "a", "b"],
    lookback: (window1, window2) => Math.max(window1, window2) - 1,
    scratch: columns(2),
    summary: "Middles of the windows' ranges, not displaced",
  }),
  ta("bollinger_bands", {
    inputs: ["close"],
    parameters: [period("window", 20), real("window_dev", 2)],
    outputs: ["mavg", "hband", "lband", "wband", "pband", "hband_indicator", "lband_indicator"],
    lookback: before,
    summary: "Mean, bands, their width, the close's place in them and beyond them",
  }),
  ta("donchian_channel", {
    inputs: HLC,
    parameters: [period("window", 20)],
    outputs: ["hband", "lband", "mband", "wband", "pband"],
    lookback: before,
    scratch: columns(1),
    summary: "Highest high, lowest low, their middle, width and the close's place",
  }),
  ta("keltner_channel", {
    inputs: HLC,
    parameters: [period("window", 20)],
    outputs: ["mband", "hband", "lband", "wband", "pband"],
    lookback: before,
    scratch: columns(1),
    summary: "Means of weighted prices, their width and the close's place",
  }),
];

function ta(name: string, spec: Omit<RowSpec, "group">): KernelRow {
  return kernelRow("technical", `ta_${name}`, { ...spec, group: GROUP });
}

function period(name: string, value: number) {
  return integer(name, value, 1, ROWS_MAX);
}

function change(name: string, value: number) {
  return integer(name, value, 0, ROWS_MAX);
}

function before(window: number): number {
  return window - 1;
}

function columns(count: number): (length: number) => number {
  return (length) => 8 * count * length;
}
