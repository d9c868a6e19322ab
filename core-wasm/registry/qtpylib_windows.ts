/** Averages, bands and oscillators of technical.qtpylib. */
import type { KernelRow } from "../kernel.ts";
import { integer, kernelRow, real, type RowSpec } from "./row.ts";

const HLC = ["high", "low", "close"] as const;
const ROWS_MAX = 2 ** 31 - 1;
const AVERAGES = "Averages";
const BANDS = "Bands";
const OSCILLATORS = "Oscillators";

export const QTPYLIB_WINDOWS: readonly KernelRow[] = [
  qtpylib("hull_moving_average", {
    group: AVERAGES,
    inputs: ["series"],
    parameters: [window(200, 2), integer("min_periods", 0, 0, ROWS_MAX)],
    lookback: (window, minPeriods) => 2 * ((minPeriods || window) - 1),
    unstable: true,
    scratch: columns(2),
    summary: "Hull's construction over exponential means",
  }),
  qtpylib("rolling_mean", {
    group: AVERAGES,
    inputs: ["series"],
    parameters: [window(200)],
    lookback: before,
    summary: "Mean of each window by itself",
  }),
  qtpylib("rolling_std", {
    group: AVERAGES,
    inputs: ["series"],
    parameters: [window(200)],
    lookback: before,
    scratch: (_length, window) => 8 * Math.min(window, _length),
    summary: "Standard deviation of each window by itself",
  }),
  qtpylib("rolling_vwap", {
    group: AVERAGES,
    inputs: [...HLC, "volume"],
    parameters: [window(200), integer("min_periods", 0, 0, ROWS_MAX)],
    lookback: (window, minPeriods) => (minPeriods || window) - 1,
    unstable: true,
    scratch: columns(2),
    summary: "Price by volume over the window, the last one where there was none",
  }),
  qtpylib("true_range", {
    group: BANDS,
    inputs: HLC,
    summary: "Largest distance of the bar and the close before it",
  }),
  qtpylib("atr", {
    group: BANDS,
    inputs: HLC,
    parameters: [window(14), integer("exp", 0, 0, 1)],
    lookback: before,
    scratch: columns(1),
    summary: "Mean true range",
  }),
  qtpylib("keltner_channel", {
    group: BANDS,
    inputs: HLC,
    parameters: [window(14), real("atrs", 2)],
    outputs: ["upper", "mid", "lower"],
    lookback: before,
    scratch: columns(1),
    summary: "Mean typical price and mean true ranges around it",
  }),
  qtpylib("weighted_bollinger_bands", {
    group: BANDS,
    inputs: ["series"],
    parameters: [window(20), real("stds", 2)],
    outputs: ["upper", "mid", "lower"],
    lookback: before,
    unstable: true,
    scratch: (length, window) => 8 * Math.min(window, length),
    summary: "Exponential mean and standard deviations around it",
  }),
  qtpylib("chopiness", {
    group: OSCILLATORS,
    inputs: HLC,
    parameters: [window(14)],
    lookback: before,
    scratch: columns(4),
    summary: "How little of the summed ranges became range",
  }),
  qtpylib("awesome_oscillator", {
    group: OSCILLATORS,
    inputs: ["high", "low"],
    parameters: [integer("weighted", 0, 0, 1), period("fast", 5), period("slow", 34)],
    lookback: (weighted, fast, slow) => weighted === 0 ? Math.max(fast, slow) - 1 : 0,
    unstable: true,
    scratch: columns(2),
    summary: "Fast less slow mean of the middle price",
  }),
  qtpylib("stoch", {
    group: OSCILLATORS,
    inputs: HLC,
    parameters: [window(14), period("d", 3), period("k", 3)],
    outputs: ["fast_k", "fast_d", "slow_k", "slow_d"],
    lookback: (window, d, k) => window + d + k - 3,
    scratch: columns(1),
    summary: "Place of the close in the window's range, smoothed",
  }),
  qtpylib("macd", {
    group: OSCILLATORS,
    inputs: ["series"],
    parameters: [period("fast", 3), period("slow", 10), period("smooth", 16)],
    outputs: ["macd", "signal", "histogram"],
    lookback: (fast, slow, smooth) => Math.max(fast, slow) - 1 + smooth - 1,
    unstable: true,
    summary: "Fast less slow exponential mean",
  }),
];

function qtpylib(name: string, spec: RowSpec): KernelRow {
  return kernelRow("qtpylib", `qtpylib_${name}`, spec);
}

function window(value: number, min = 1) {
  return integer("window", value, min, ROWS_MAX);
}

function period(name: string, value: number) {
  return integer(name, value, 1, ROWS_MAX);
}

function before(window: number): number {
  return window - 1;
}

function columns(count: number): (length: number) => number {
  return (length) => 8 * count * length;
}
