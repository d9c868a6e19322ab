import { at, fillNan, put } from "./shared/ta";

/** Wilder's averages of gain and loss advance together in the two lanes of one vector. */
export function talibRsi(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod);
  if (n > timeperiod) {
    continueRsi(n, real, timeperiod, timeperiod + 1, firstRsi(real, timeperiod, out), out);
  }
  return 0;
}

/** Row `timeperiod`; answers both averages. */
export function firstRsi(real: usize, timeperiod: i32, out: usize): v128 {
  let previous = load<f64>(real);
  let pair = f64x2.splat(0.0);
  for (let i = 1; i <= timeperiod; i++) {
    const value = at(real, i);
    pair = f64x2.add(pair, gainAndLoss(value - previous));
    previous = value;
  }
  pair = f64x2.mul(pair, f64x2.splat(1.0 / f64(timeperiod)));
  put(out, timeperiod, strength(pair));
  return pair;
}

/** Rows from `from` on; answers both averages after the last. */
export function continueRsi(
  n: i32,
  real: usize,
  timeperiod: i32,
  from: i32,
  pair: v128,
  out: usize,
): v128 {
  const inverse = f64x2.splat(1.0 / f64(timeperiod));
  const kept = f64x2.splat(f64(timeperiod - 1));
  let previous = at(real, from - 1);
  for (let i: usize = <usize> from << 3, end = <usize> n << 3; i < end; i += 8) {
    const value = load<f64>(real + i);
    pair = nextRsi(pair, value - previous, kept, inverse);
    previous = value;
    store<f64>(out + i, strength(pair));
  }
  return pair;
}

// @ts-ignore: decorator

export function nextRsi(pair: v128, change: f64, kept: v128, inverse: v128): v128 {
  return f64x2.mul(f64x2.add(f64x2.mul(pair, kept), gainAndLoss(change)), inverse);
}

/** Without a branch: the sign of a move is as good as random. */
function gainAndLoss(change: f64): v128 {
  const gain = f64x2.pmax(f64x2.splat(0.0), f64x2.splat(change));
  return f64x2.replace_lane(gain, 1, f64x2.extract_lane(gain, 0) - change);
}

/** Without any movement the answer is 0. */
export function strength(pair: v128): f64 {
  const gain = f64x2.extract_lane(pair, 0);
  const total = gain + f64x2.extract_lane(pair, 1);
  return total > 0.0 ? 100.0 * (gain / total) : 0.0;
}
