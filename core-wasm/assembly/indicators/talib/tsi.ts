import { columnSub } from "../column/arithmetic";
import { pairs1, pairs2 } from "../column/shared/map";
import { emaOfMoves } from "./ema";
import { fillNan } from "./shared/ta";

class Size {
  pair(moves: v128): v128 {
    return f64x2.abs(moves);
  }
}
class Share {
  pair(moves: v128, sizes: v128): v128 {
    const shares = f64x2.div(f64x2.mul(f64x2.splat(100.0), moves), sizes);
    return v128.and(shares, f64x2.gt(sizes, f64x2.splat(0.0)));
  }
}

/** Moves smoothed twice over their sizes smoothed twice. Scratch: two columns. */
export function talibTsi(
  n: i32,
  real: usize,
  firstperiod: i32,
  secondperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (firstperiod < 2) return 1;
  if (secondperiod < 2) return 2;
  const lookback = firstperiod + secondperiod - 1;
  fillNan(out, n, lookback);
  if (n <= lookback) return 0;
  const sizes = scratch;
  const smoothed = scratch + (<usize> n << 3);
  columnSub(n - 1, real + 8, real, out + 8, 0);
  pairs1<Size>(n - 1, out + 8, sizes + 8);
  const skip = <usize> firstperiod << 3;
  const rows = n - firstperiod;
  emaOfMoves(n - 1, out + 8, firstperiod, smoothed + 8);
  emaOfMoves(rows, smoothed + skip, secondperiod, out + skip);
  emaOfMoves(n - 1, sizes + 8, firstperiod, smoothed + 8);
  emaOfMoves(rows, smoothed + skip, secondperiod, sizes + skip);
  const from = <usize> lookback << 3;
  pairs2<Share>(n - lookback, out + from, sizes + from, out + from);
  fillNan(out, n, lookback);
  return 0;
}
