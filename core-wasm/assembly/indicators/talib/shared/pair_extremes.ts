/**
 * Sliding extremes of two rows at a time. With q the extremes of neighbours, a window that starts at an
 * even distance from another holds every second q, so each lane slides over q's of its own by van Herk's
 * blocks, at half the window's length. An odd window takes its oldest value besides.
 *
 * The order of comparisons is not TA-Lib's, which shows only with NaN and between zeros of two signs.
 */
/** Below it the halved window is not worth its loops. */
export const PERIOD_MIN = 4;

/** Which extreme a function is to find. */
export class Largest {
  better(a: v128, b: v128): v128 {
    return f64x2.pmax(a, b);
  }
  none(): v128 {
    return f64x2.splat(-Infinity);
  }
  reaches(value: f64, best: f64): bool {
    return value >= best;
  }
}

export class Smallest {
  better(a: v128, b: v128): v128 {
    return f64x2.pmin(a, b);
  }
  none(): v128 {
    return f64x2.splat(Infinity);
  }
  reaches(value: f64, best: f64): bool {
    return value <= best;
  }
}

/**
 * The extreme of the last `period` rows, from row period - 1 on; answers false, with the rows undefined,
 * where the order of comparisons would show or a short period makes another way faster.
 */
export function slide<Which>(n: i32, real: usize, period: i32, out: usize): bool {
  const which = changetype<Which>(0);
  if (period < PERIOD_MIN) return false;
  const head = period - 1;
  const rows = n - head;
  if (rows <= 0) return true;
  const odd: usize = <usize> (period & 1) << 3;
  const window = <usize> (period >> 1) << 4;
  const width = <usize> (rows >> 1) << 4;
  const first = real + odd;
  const to = out + (<usize> head << 3);
  const none = f64x2.splat(0.0);
  const start = v128.load64_splat(real);
  let strange = f64x2.ne(start, start);
  let block: usize = 0;
  for (; block < width; block += window) {
    let best = which.none();
    let later = v128.load64_zero(first + block + window);
    let i = block + window;
    while (i > width) {
      i -= 16;
      const pair = v128.load(first + i);
      strange = v128.or(strange, f64x2.ne(pair, pair));
      best = which.better(best, which.better(pair, v128.shuffle<f64>(pair, later, 1, 2)));
      later = pair;
    }
    while (i > block) {
      i -= 16;
      const pair = v128.load(first + i);
      strange = v128.or(strange, f64x2.ne(pair, pair));
      best = which.better(best, which.better(pair, v128.shuffle<f64>(pair, later, 1, 2)));
      later = pair;
      v128.store(to + i, which.better(best, v128.load(real + i)));
    }
    strange = v128.or(strange, f64x2.eq(v128.load(to + i), none));
    const end = min<usize>(block + window, width);
    const next = first + window - 8;
    best = which.none();
    let before = v128.load(next + i);
    for (i += 16; i < end; i += 16) {
      const after = v128.load(next + i);
      best = which.better(best, which.better(v128.shuffle<f64>(before, after, 1, 2), after));
      before = after;
      const found = which.better(v128.load(to + i), best);
      strange = v128.or(strange, f64x2.eq(found, none));
      v128.store(to + i, found);
    }
  }
  for (let i = first + min<usize>(block, width); i < real + (<usize> n << 3); i += 8) {
    const last = v128.load64_splat(i);
    strange = v128.or(strange, f64x2.ne(last, last));
  }
  if (rows & 1) {
    let best = which.none();
    for (let i = n - period; i < n; i++) {
      best = which.better(best, v128.load64_splat(real + (<usize> i << 3)));
    }
    strange = v128.or(strange, f64x2.eq(best, none));
    v128.store64_lane(out + (<usize> (n - 1) << 3), best, 0);
  }
  return !v128.any_true(strange);
}
