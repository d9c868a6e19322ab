/** Each close against the true extreme on the other side, summed; the steps of two rows at a time. */
export function talibWad(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (n === 0) return 0;
  store<f64>(out, 0.0);
  let sum = 0.0;
  const end = <usize> n << 3;
  let i: usize = 8;
  for (; i + 16 <= end; i += 16) {
    const before = v128.load(close + i - 8);
    const steps = step(v128.load(high + i), v128.load(low + i), v128.load(close + i), before);
    sum += f64x2.extract_lane(steps, 0);
    store<f64>(out + i, sum);
    sum += f64x2.extract_lane(steps, 1);
    store<f64>(out + i, sum, 8);
  }
  if (i === end) return 0;
  const last = step(
    v128.load64_zero(high + i),
    v128.load64_zero(low + i),
    v128.load64_zero(close + i),
    v128.load64_zero(close + i - 8),
  );
  store<f64>(out + i, sum + f64x2.extract_lane(last, 0));
  return 0;
}

/** Zero where the close stays. */
function step(high: v128, low: v128, close: v128, before: v128): v128 {
  const up = f64x2.sub(close, f64x2.pmin(low, before));
  const down = f64x2.sub(close, f64x2.pmax(high, before));
  return v128.or(
    v128.and(up, f64x2.gt(close, before)),
    v128.and(down, f64x2.lt(close, before)),
  );
}
