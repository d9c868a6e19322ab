/** Functions of the libraries pandas_ta and finta. */
import type { KernelRow } from "../kernel.ts";
import { integer, kernelRow, of, real, type RowSpec } from "./row.ts";

const HLC = ["high", "low", "close"] as const;
const HLCV = [...HLC, "volume"] as const;
const ROWS_MAX = 2 ** 31 - 1;
const ADJUST = integer("adjust", 1, 0, 1);
const DRIFT = integer("drift", 1, 1, ROWS_MAX);
const PANDAS_TA = "pandas_ta";
const FINTA = "finta";

export const TECHNICAL_OTHERS: readonly KernelRow[] = [
  library("pandas_ta_cti", {
    group: PANDAS_TA,
    inputs: ["close"],
    parameters: [period("length", 12)],
    lookback: before,
    scratch: (_length, length) => 16 * Math.min(length, _length),
    summary: "Correlation of the price with a rising line",
  }),
  library("pandas_ta_zlma", {
    group: PANDAS_TA,
    inputs: ["close"],
    parameters: [period("length", 10)],
    lookback: (length) => length - 1 + Math.floor((length - 1) / 2),
    unstable: true,
    scratch: columns(1),
    summary: "Exponential average without lag",
  }),
  library("pandas_ta_hma", {
    group: PANDAS_TA,
    inputs: ["close"],
    parameters: [period("length", 10, 2)],
    lookback: (length) => length - 1 + Math.floor(Math.sqrt(length)) - 1,
    scratch: columns(2),
    summary: "Hull's moving average",
  }),
  library("pandas_ta_vwma", {
    group: PANDAS_TA,
    inputs: ["close", "volume"],
    parameters: [period("length", 10)],
    lookback: before,
    scratch: columns(2),
    summary: "Price by volume over the window",
  }),
  library("pandas_ta_efi", {
    group: PANDAS_TA,
    inputs: ["close", "volume"],
    parameters: [period("length", 13), DRIFT],
    lookback: (length, drift) => length - 1 + drift,
    unstable: true,
    scratch: columns(1),
    summary: "Elder's force index",
  }),
  library("pandas_ta_tsi", {
    group: PANDAS_TA,
    inputs: ["close"],
    parameters: [
      period("fast", 13),
      period("slow", 25),
      period("signal", 13),
      real("scalar", 100),
      DRIFT,
    ],
    outputs: ["tsi", "tsi_signal"],
    lookback: (fast, slow, signal, _scalar, drift) => fast + slow + signal - 3 + drift,
    unstable: true,
    scratch: columns(3),
    summary: "True strength index",
  }),
  library("pandas_ta_squeeze", {
    group: PANDAS_TA,
    inputs: HLC,
    parameters: [
      period("bb_length", 20, 2),
      real("bb_std", 2),
      period("kc_length", 20),
      real("kc_scalar", 1.5),
      period("mom_length", 12),
      period("mom_smooth", 6),
    ],
    outputs: ["squeeze", ...of("int", "squeeze_on", "squeeze_off", "squeeze_none")],
    lookback: (...[, , , , momentum, smooth]) => (momentum ?? 0) + (smooth ?? 0) - 1,
    scratch: columns(7),
    summary: "Smoothed momentum, and whether the bands lie inside the channel",
  }),
  library("pandas_ta_supertrend", {
    group: PANDAS_TA,
    inputs: HLC,
    parameters: [period("length", 7), real("multiplier", 3)],
    outputs: ["trend", ...of("int", "direction"), "long", "short"],
    unstable: true,
    scratch: columns(2),
    summary: "Trailing band, its direction, and the band of each side",
  }),
  library("finta_sqzmi", {
    group: FINTA,
    inputs: HLC,
    parameters: [period("period", 20)],
    outputs: of("bool", "squeeze"),
    unstable: true,
    scratch: columns(4),
    summary: "The Bollinger bands lie inside the Keltner channel",
  }),
  library("finta_dmi", {
    group: FINTA,
    inputs: HLC,
    parameters: [period("period", 14), ADJUST],
    outputs: ["plus", "minus"],
    lookback: before,
    unstable: true,
    scratch: columns(2),
    summary: "Directional indicators",
  }),
  library("finta_adx", {
    group: FINTA,
    inputs: HLC,
    parameters: [period("period", 14), ADJUST],
    lookback: before,
    unstable: true,
    scratch: columns(4),
    summary: "Strength of the direction",
  }),
  library("finta_mfi", {
    group: FINTA,
    inputs: HLCV,
    parameters: [period("period", 14)],
    lookback: before,
    scratch: columns(3),
    summary: "Money flow index",
  }),
  library("finta_vfi", {
    group: FINTA,
    inputs: HLCV,
    parameters: [
      period("period", 130),
      period("smoothing_factor", 3),
      real("factor", 0.2),
      real("vfactor", 2.5),
      ADJUST,
    ],
    lookback: (period, smoothing) => Math.max(period, period + smoothing - 2),
    unstable: true,
    scratch: columns(4),
    summary: "Volume flow of larger than usual moves",
  }),
];

function library(name: string, spec: RowSpec): KernelRow {
  return kernelRow("technical", name, spec);
}

function period(name: string, value: number, min = 1) {
  return integer(name, value, min, ROWS_MAX);
}

function before(period: number): number {
  return period - 1;
}

function columns(count: number): (length: number) => number {
  return (length) => 8 * count * length;
}
