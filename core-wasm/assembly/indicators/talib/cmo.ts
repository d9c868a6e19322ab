import { Moves } from "./shared/moves";
import { fillNan, put } from "./shared/ta";

export function talibCmo(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  const divisors = f64x2.splat(f64(timeperiod));
  const kept = f64x2.splat(f64(timeperiod - 1));
  let sums = f64x2.splat(0.0);
  for (let i = 1; i <= timeperiod; i++) sums = f64x2.add(sums, gainAndLoss(real, i));
  sums = f64x2.div(sums, divisors);
  put(out, timeperiod, balance(sums));
  for (let i = timeperiod + 1; i < n; i++) {
    sums = f64x2.div(f64x2.add(f64x2.mul(sums, kept), gainAndLoss(real, i)), divisors);
    put(out, i, balance(sums));
  }
  return 0;
}

/** What is no loss is a gain, NaN too. */
function gainAndLoss(real: usize, i: i32): v128 {
  const moves = Moves.at(real, i);
  const gain = v128.and(moves, i64x2(-1, 0));
  const loss = v128.and(moves, i64x2(0, -1));
  return f64x2.pmax(gain, loss);
}

function balance(sums: v128): f64 {
  const gain = f64x2.extract_lane(sums, 0);
  const loss = f64x2.extract_lane(sums, 1);
  const total = gain + loss;
  return total > 0.0 ? 100.0 * ((gain - loss) / total) : 0.0;
}
