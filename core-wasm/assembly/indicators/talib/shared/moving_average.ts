/** The moving averages that `matype` chooses from, numbered as TA-Lib numbers them. */
import { talibDema } from "../dema";
import { talibEma } from "../ema";
import { talibSma } from "../sma";
import { talibTema } from "../tema";

const SMA = 0;
const EMA = 1;
const DEMA = 3;
const TEMA = 4;
const DISABLED = 10;

/** Rows without a value; a period of 1 smooths nothing. */
export function movingAverageLookback(period: i32, matype: i32): i32 {
  if (period <= 1 || matype === DISABLED) return 0;
  const step = period - 1;
  switch (matype) {
    case DEMA:
      return 2 * step;
    case TEMA:
      return 3 * step;
    default:
      return step;
  }
}

/** Runs the chosen average; answers 0, or 1 for a type that does not exist. */
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
      return talibSma(n, real, period, out, scratch);
    case EMA:
      return talibEma(n, real, period, out, scratch);
    case DEMA:
      return talibDema(n, real, period, out, scratch);
    case TEMA:
      return talibTema(n, real, period, out, scratch);
    default:
      return 1;
  }
}
