/** Short forms for rows of TA-Lib, with its own names, defaults and ranges. */
import type { KernelOutput, KernelParameter, KernelRow } from "../kernel.ts";
import { integer, kernelRow, real, type RowSpec } from "./row.ts";

const PERIOD_MAX = 100_000;
const F64_BYTES = 8;

/** Outputs that are row numbers. */
export function rowNumbers(...names: string[]): KernelOutput[] {
  return names.map((name) => ({ name, type: "i32", isRowNumber: true }));
}

/** TA-Lib's numbering of moving averages. */
export const MOVING_AVERAGES: Readonly<Record<string, number>> = {
  SMA: 0,
  EMA: 1,
  WMA: 2,
  DEMA: 3,
  TEMA: 4,
  TRIMA: 5,
  KAMA: 6,
  MAMA: 7,
  T3: 8,
  HMA: 9,
  DISABLED: 10,
  DEFAULT: 11,
  ZLEMA: 12,
  RMA: 13,
};

export const HLC = ["high", "low", "close"] as const;
export const OHLC = ["open", "high", "low", "close"] as const;
export const HLCV = ["high", "low", "close", "volume"] as const;

export function talib(name: string, spec: RowSpec): KernelRow {
  return kernelRow("talib", name, spec);
}

export function period(name: string, value: number, min = 2, max = PERIOD_MAX): KernelParameter {
  return integer(name, value, min, max);
}

export function matype(name: string, value: number): KernelParameter {
  return { name, type: "choice", default: value, min: 0, max: 13, choices: MOVING_AVERAGES };
}

/** A real parameter in TA-Lib's widest range. */
export function factor(name: string, value: number, min = -3e37, max = 3e37): KernelParameter {
  return real(name, value, min, max);
}

/** Rows without a value of the average that `type` chooses. */
export function averageLookback(timeperiod: number, type: number): number {
  if (timeperiod <= 1 || type === MOVING_AVERAGES.DISABLED) return 0;
  const step = timeperiod - 1;
  switch (type) {
    case MOVING_AVERAGES.DEMA:
      return 2 * step;
    case MOVING_AVERAGES.TEMA:
      return 3 * step;
    case MOVING_AVERAGES.T3:
      return 6 * step;
    case MOVING_AVERAGES.KAMA:
      return timeperiod;
    case MOVING_AVERAGES.MAMA:
      return 32;
    case MOVING_AVERAGES.HMA:
      return step + Math.floor(Math.sqrt(timeperiod)) - 1;
    case MOVING_AVERAGES.ZLEMA:
      return step + Math.floor(step / 2);
    default:
      return step;
  }
}

/** Scratch of the cycle indicators: the state of two places. */
export const HILBERT_BYTES = 2320;

/** Scratch of a series in two places: both states and what they read. */
export const PLACES_BYTES = 256;

/** Scratch of two window extremes with their rows. */
export const EXTREME_BYTES = 32;

/** Scratch of the running sums over two series. */
export const PAIR_SUMS_BYTES = 64;

/** Scratch of the cycle's phase: its state and the sines of every period. */
export const CYCLE_BYTES = 48 * 1024;

/** Scratch of a moving average chosen by type: two columns and a cycle's state. */
export function averageScratch(length: number): number {
  return columns(length, 2) + HILBERT_BYTES;
}

export function columns(length: number, count = 1): number {
  return F64_BYTES * length * count;
}
