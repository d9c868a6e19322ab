/**
 * What it takes to follow the value of one rank in a sliding window that nobody sorts: counts, and the next
 * value up or down. All of it for rows without NaN.
 */

/** Whether all are finite numbers, and none a negative zero, which equals another zero and yet is not it. */
export function isOrdered(n: i32, real: usize): bool {
  const zero = i64x2.splat(0x8000000000000000);
  const none = f64x2.splat(0.0);
  let odd = none;
  const end = real + (<usize> n << 3);
  for (; real + 16 <= end; real += 16) {
    const pair = v128.load(real);
    odd = v128.or(odd, v128.or(f64x2.ne(f64x2.sub(pair, pair), none), i64x2.eq(pair, zero)));
  }
  if (real < end) {
    const last = v128.load64_splat(real);
    odd = v128.or(odd, v128.or(f64x2.ne(f64x2.sub(last, last), none), i64x2.eq(last, zero)));
  }
  return !v128.any_true(odd);
}

/** How many values lie below `value`. */
export function countBelow(from: usize, end: usize, value: f64): i32 {
  const values = f64x2.splat(value);
  let counts = i64x2.splat(0);
  for (; from + 16 <= end; from += 16) {
    counts = i64x2.sub(counts, f64x2.lt(v128.load(from), values));
  }
  const count = i32(i64x2.extract_lane(counts, 0) + i64x2.extract_lane(counts, 1));
  return from < end ? count + i32(load<f64>(from) < value) : count;
}

export function countEqual(from: usize, end: usize, value: f64): i32 {
  const values = f64x2.splat(value);
  let counts = i64x2.splat(0);
  let others = counts;
  for (; from + 64 <= end; from += 64) {
    const near = f64x2.eq(v128.load(from), values);
    const far = f64x2.eq(v128.load(from, 16), values);
    counts = i64x2.sub(counts, i64x2.add(near, f64x2.eq(v128.load(from, 32), values)));
    others = i64x2.sub(others, i64x2.add(far, f64x2.eq(v128.load(from, 48), values)));
  }
  counts = i64x2.add(counts, others);
  for (; from + 16 <= end; from += 16) {
    counts = i64x2.sub(counts, f64x2.eq(v128.load(from), values));
  }
  const count = i32(i64x2.extract_lane(counts, 0) + i64x2.extract_lane(counts, 1));
  return from < end ? count + i32(load<f64>(from) === value) : count;
}

/** Values that do not count become NaN, which neither extreme takes. */
export function largestBelow(from: usize, end: usize, value: f64): f64 {
  const values = f64x2.splat(value);
  let best = f64x2.splat(-Infinity);
  let other = best;
  for (; from + 32 <= end; from += 32) {
    const near = v128.load(from);
    const far = v128.load(from, 16);
    best = f64x2.pmax(best, v128.or(near, f64x2.ge(near, values)));
    other = f64x2.pmax(other, v128.or(far, f64x2.ge(far, values)));
  }
  for (; from < end; from += 8) {
    const last = v128.load64_splat(from);
    best = f64x2.pmax(best, v128.or(last, f64x2.ge(last, values)));
  }
  best = f64x2.pmax(best, other);
  return f64x2.extract_lane(f64x2.pmax(best, v128.shuffle<f64>(best, best, 1, 0)), 0);
}

export function smallestAbove(from: usize, end: usize, value: f64): f64 {
  const values = f64x2.splat(value);
  let best = f64x2.splat(Infinity);
  let other = best;
  for (; from + 32 <= end; from += 32) {
    const near = v128.load(from);
    const far = v128.load(from, 16);
    best = f64x2.pmin(best, v128.or(near, f64x2.le(near, values)));
    other = f64x2.pmin(other, v128.or(far, f64x2.le(far, values)));
  }
  for (; from < end; from += 8) {
    const last = v128.load64_splat(from);
    best = f64x2.pmin(best, v128.or(last, f64x2.le(last, values)));
  }
  best = f64x2.pmin(best, other);
  return f64x2.extract_lane(f64x2.pmin(best, v128.shuffle<f64>(best, best, 1, 0)), 0);
}
