/** Functions of the library technical. */
import type { KernelRow } from "../kernel.ts";
import { integer, kernelRow, of, real, type RowSpec } from "./row.ts";
import { PLACES_BYTES } from "./talib_row.ts";

const HL = ["high", "low"] as const;
const HLC = ["high", "low", "close"] as const;
const OHLCV = ["open", "high", "low", "close", "volume"] as const;
const ROWS_MAX = 2 ** 31 - 1;
const AVERAGES = "Averages";
const BANDS = "Bands";
const OSCILLATORS = "Oscillators";

export const TECHNICAL: readonly KernelRow[] = [
  technical("rmi", {
    group: OSCILLATORS,
    inputs: ["close"],
    parameters: [period("length", 20), integer("mom", 5, 0, ROWS_MAX)],
    lookback: before,
    unstable: true,
    scratch: columns(2),
    summary: "Relative momentum index",
  }),
  technical("zema", {
    group: AVERAGES,
    inputs: ["close"],
    parameters: [period("period", 30)],
    lookback: (period) => 2 * (period - 1),
    unstable: true,
    scratch: columns(1),
    summary: "Double exponential average",
  }),
  technical("ichimoku", {
    group: BANDS,
    inputs: HL,
    parameters: [
      period("conversion_line_period", 9),
      period("base_line_periods", 26),
      period("laggin_span", 52),
      period("displacement", 26),
    ],
    outputs: [
      "tenkan_sen",
      "kijun_sen",
      "senkou_span_a",
      "senkou_span_b",
      "leading_senkou_span_a",
      "leading_senkou_span_b",
      ...of("bool", "cloud_green", "cloud_red"),
    ],
    lookback: (conversion, base, laggin, displacement) =>
      Math.max(conversion, base, laggin) - 1 + displacement - 1,
    scratch: columns(2),
    summary: "Lines and cloud of the ranges' middles, without the line that looks ahead",
  }),
  technical("vidya", {
    group: AVERAGES,
    inputs: ["close"],
    parameters: [period("length", 9), integer("select", 1, 0, 1)],
    unstable: true,
    scratch: columns(4),
    summary: "Average whose speed follows momentum (select 1) or deviation (0)",
  }),
  technical("ssl_channels", {
    group: BANDS,
    inputs: HLC,
    parameters: [
      period("length", 10),
      { name: "mode", type: "choice", default: 0, min: 0, max: 1, choices: { sma: 0, ema: 1 } },
    ],
    outputs: ["ssl_down", "ssl_up"],
    lookback: before,
    unstable: true,
    scratch: columns(3),
    summary: "Averages of highs and lows that change places when the close breaks out",
  }),
  technical("vwma", {
    group: AVERAGES,
    inputs: ["close", "volume"],
    parameters: [period("window", 20)],
    lookback: before,
    scratch: columns(2),
    summary: "Price by volume over the window",
  }),
  technical("cmf", {
    group: OSCILLATORS,
    inputs: [...HLC, "volume"],
    parameters: [period("period", 21)],
    lookback: before,
    scratch: columns(2),
    summary: "Chaikin's money flow",
  }),
  technical("supertrend", {
    group: BANDS,
    inputs: HLC,
    parameters: [period("period", 10), real("multiplier", 3)],
    outputs: ["st", ...of("i32", "stx")],
    unstable: true,
    scratch: columns(3),
    summary: "Trailing band and its direction (1 up, -1 down, 0 none)",
  }),
  technical("pmax", {
    group: BANDS,
    inputs: OHLCV,
    parameters: [
      period("period", 10),
      real("multiplier", 3),
      period("length", 12),
      integer("matype", 1, 1, 9),
      integer("src", 1, 1, 3),
    ],
    outputs: ["pm", ...of("i32", "pmx"), "atr"],
    unstable: true,
    scratch: (length) => columns(7)(length) + PLACES_BYTES,
    summary: "Trailing band around a moving average, its direction and the range",
  }),
  technical("laguerre", {
    group: OSCILLATORS,
    inputs: ["close"],
    parameters: [real("gamma", 0.75)],
    unstable: true,
    summary: "Ehlers' Laguerre RSI",
  }),
  technical("chopiness", {
    group: OSCILLATORS,
    inputs: HLC,
    parameters: [period("period", 14)],
    lookback: (period) => period,
    scratch: columns(4),
    summary: "How little of the summed ranges became range, rows with gaps left out",
  }),
  technical("williams_percent", {
    group: OSCILLATORS,
    inputs: HLC,
    parameters: [period("period", 14)],
    lookback: before,
    scratch: columns(3),
    summary: "Place of the close in the window's range, from 0 to -100",
  }),
  technical("fibonacci_retracements", {
    group: BANDS,
    inputs: ["close"],
    parameters: [period("window", 120)],
    lookback: before,
    scratch: columns(2),
    summary: "Fibonacci level of the window's range that the price has passed",
  }),
  technical("vfi", {
    group: OSCILLATORS,
    inputs: [...HLC, "volume"],
    parameters: [
      period("length", 130),
      real("coef", 0.2),
      real("vcoef", 2.5),
      period("signal_length", 5),
      integer("smooth_vfi", 0, 0, 1),
    ],
    outputs: ["vfi", "vfima", "vfi_hist"],
    lookback: (length, _coef, _vcoef, signal, smooth) => 2 * length - 1 + signal - 1 + 2 * smooth,
    unstable: true,
    scratch: columns(4),
    summary: "Volume flow of larger than usual moves, its average and the difference",
  }),
];

function technical(name: string, spec: RowSpec): KernelRow {
  return kernelRow("technical", `technical_${name}`, spec);
}

function period(name: string, value: number) {
  return integer(name, value, 1, ROWS_MAX);
}

function before(period: number): number {
  return period - 1;
}

function columns(count: number): (length: number) => number {
  return (length) => 8 * count * length;
}
