/** The moving averages that `matype` chooses from, numbered as TA-Lib numbers them. */
import { talibDema } from "../dema";
import { talibEma } from "../ema";
import { talibHma } from "../hma";
import { talibKama } from "../kama";
import { talibMama } from "../mama";
import { talibRma } from "../rma";
import { talibSma } from "../sma";
import { talibT3 } from "../t3";
import { talibTema } from "../tema";
import { talibTrima } from "../trima";
import { talibWma } from "../wma";
import { talibZlema } from "../zlema";

const SMA = 0;
export const EMA = 1;
const WMA = 2;
const DEMA = 3;
const TEMA = 4;
const TRIMA = 5;
const KAMA = 6;
const MAMA = 7;
const T3 = 8;
const HMA = 9;
const DISABLED = 10;
/** The function's own default; every function but those that say otherwise means the plain mean. */
const DEFAULT = 11;
const ZLEMA = 12;
export const RMA = 13;

const T3_FACTOR: f64 = 0.7;
const MAMA_FAST: f64 = 0.5;
const MAMA_SLOW: f64 = 0.05;

/** `matype` with the function's own default put in for "default". */
export function resolveType(matype: i32, own: i32): i32 {
  return matype === DEFAULT ? own : matype;
}

/** Whether that is the plain mean. */
export function isMean(matype: i32): bool {
  return matype === SMA || matype === DEFAULT;
}

/** Rows without a value; a period of 1 smooths nothing. */
export function movingAverageLookback(period: i32, matype: i32): i32 {
  if (period <= 1 || matype === DISABLED) return 0;
  const step = period - 1;
  switch (matype) {
    case DEMA:
      return 2 * step;
    case TEMA:
      return 3 * step;
    case KAMA:
      return period;
    case MAMA:
      return 32;
    case T3:
      return 6 * step;
    case HMA:
      return step + i32(floor<f64>(sqrt<f64>(f64(period)))) - 1;
    case ZLEMA:
      return step + step / 2;
    default:
      return step;
  }
}

/** Runs the chosen average; answers 0, or 1 for a type that is none. Scratch: two columns. */
export function movingAverage(
  n: i32,
  real: usize,
  period: i32,
  matype: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (period === 1 || matype === DISABLED) {
    memory.copy(out, real, <usize> n << 3);
    return 0;
  }
  switch (matype) {
    case SMA:
    case DEFAULT:
      return talibSma(n, real, period, out, scratch);
    case EMA:
      return talibEma(n, real, period, out, scratch);
    case WMA:
      return talibWma(n, real, period, out, scratch);
    case DEMA:
      return talibDema(n, real, period, out, scratch);
    case TEMA:
      return talibTema(n, real, period, out, scratch);
    case TRIMA:
      return talibTrima(n, real, period, out, scratch);
    case KAMA:
      return talibKama(n, real, period, out, scratch);
    case MAMA:
      return talibMama(n, real, MAMA_FAST, MAMA_SLOW, out, 0, scratch);
    case T3:
      return talibT3(n, real, period, T3_FACTOR, out, scratch);
    case HMA:
      return talibHma(n, real, period, out, scratch);
    case ZLEMA:
      return talibZlema(n, real, period, out, scratch);
    case RMA:
      return talibRma(n, real, period, out, scratch);
    default:
      return 1;
  }
}
