/**
 * Parabolic stops of both sides in one loop: a short side is a long one in mirrored prices, the negatives
 * of the others. A new extreme is as good as random and chosen without a branch; a turn is rare.
 */
import { Fma } from "../../shared/fma";

const MIRRORED: f64 = -0.0;

/** The price is answered on both sides. */
export class Price {
  of(stop: v128, side: v128): v128 {
    return v128.xor(stop, side);
  }
}

/** A short side's stop is answered negative. */
export class Signed {
  of(stop: v128, side: v128): v128 {
    return stop;
  }
}

/** Whether the first bar's directional movement is none or upward. */
export function startsLong(high: usize, low: usize): bool {
  const fall = load<f64>(low) - load<f64>(low, 8);
  const rise = load<f64>(high, 8) - load<f64>(high);
  return !(fall > 0.0 && rise < fall);
}

/**
 * Rows from 1 on. `start` is the first stop's price; an acceleration starts with init, grows by step to
 * max; a stop of a new side is moved away by `offset`.
 */
export function parabolicStops<Kind>(
  n: i32,
  high: usize,
  low: usize,
  isLong: bool,
  start: f64,
  offset: f64,
  initLong: f64,
  stepLong: f64,
  maxLong: f64,
  initShort: f64,
  stepShort: f64,
  maxShort: f64,
  out: usize,
): void {
  let side = f64x2.splat(isLong ? 0.0 : MIRRORED);
  let up = isLong ? high : low;
  let down = isLong ? low : high;
  let step = f64x2.splat(isLong ? stepLong : stepShort);
  let most = f64x2.splat(isLong ? maxLong : maxShort);
  let factor = f64x2.splat(isLong ? initLong : initShort);
  let stop = v128.xor(f64x2.splat(start), side);
  let extreme = v128.xor(v128.load64_splat(up + 8), side);
  // The first bar has no other before it.
  let before = v128.xor(v128.load64_splat(down + 8), side);
  for (let i: usize = 8, end = <usize> n << 3; i < end; i += 8) {
    let best = v128.xor(v128.load64_splat(up + i), side);
    let worst = v128.xor(v128.load64_splat(down + i), side);
    if (f64x2.extract_lane(worst, 0) <= f64x2.extract_lane(stop, 0)) {
      isLong = !isLong;
      side = v128.xor(side, f64x2.splat(MIRRORED));
      const other = up;
      up = down;
      down = other;
      const place = i === 8 ? i : i - 8;
      before = v128.xor(v128.load64_splat(down + place), side);
      best = v128.xor(v128.load64_splat(up + i), side);
      worst = v128.xor(v128.load64_splat(down + i), side);
      step = f64x2.splat(isLong ? stepLong : stepShort);
      most = f64x2.splat(isLong ? maxLong : maxShort);
      factor = f64x2.splat(isLong ? initLong : initShort);
      stop = f64x2.pmin(f64x2.pmin(f64x2.neg(extreme), before), worst);
      const price = v128.xor(stop, side);
      if (offset !== 0.0) stop = f64x2.sub(stop, f64x2.mul(price, f64x2.splat(offset)));
      extreme = best;
      v128.store64_lane(out + i, changetype<Kind>(0).of(stop, side), 0);
    } else {
      v128.store64_lane(out + i, changetype<Kind>(0).of(stop, side), 0);
      const isNew = f64x2.gt(best, extreme);
      extreme = f64x2.pmax(extreme, best);
      factor = f64x2.pmin(f64x2.add(factor, v128.and(step, isNew)), most);
    }
    stop = Fma.pair(factor, f64x2.sub(extreme, stop), stop);
    stop = f64x2.pmin(f64x2.pmin(stop, before), worst);
    before = worst;
  }
}
