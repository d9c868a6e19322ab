/** Replacing values, bounds that are columns, closeness, and values between known ones. */
import { at, put } from "../window/shared/rows";

/** `value` where `a` is `from`; a `from` of NaN means what is missing. */
export function columnReplace(
  n: i32,
  a: usize,
  from: f64,
  value: f64,
  out: usize,
  scratch: usize,
): i32 {
  const isMissing = from !== from;
  for (let i = 0; i < n; i++) {
    const found = at(a, i);
    const isMeant = isMissing ? found !== found : found === from;
    put(out, i, isMeant ? value : found);
  }
  return 0;
}

/** A missing bound is none, and a missing value stays. */
export function columnClipLower(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  for (let i = 0; i < n; i++) put(out, i, at(a, i) < at(b, i) ? at(b, i) : at(a, i));
  return 0;
}

export function columnClipUpper(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  for (let i = 0; i < n; i++) put(out, i, at(a, i) > at(b, i) ? at(b, i) : at(a, i));
  return 0;
}

/** numpy's closeness: relative to `b` alone; infinities are close to themselves. */
export function columnIsclose(
  n: i32,
  a: usize,
  b: usize,
  rtol: f64,
  atol: f64,
  equalNan: i32,
  out: usize,
  scratch: usize,
): i32 {
  for (let i = 0; i < n; i++) {
    const x = at(a, i);
    const y = at(b, i);
    const isNear = abs<f64>(x - y) <= atol + rtol * abs<f64>(y) && y - y === 0.0;
    const isSame = x === y || (equalNan !== 0 && x !== x && y !== y);
    store<u8>(out + <usize> i, u8(isNear || isSame));
  }
  return 0;
}

/** Straight lines between known values; behind the last one it repeats, before the first nothing. */
export function columnInterpolate(n: i32, a: usize, out: usize, scratch: usize): i32 {
  let known = -1;
  for (let i = 0; i < n; i++) {
    const value = at(a, i);
    put(out, i, known < 0 ? value : at(a, known));
    if (value !== value) continue;
    put(out, i, value);
    if (known >= 0 && known < i - 1) {
      const slope = (value - at(a, known)) / f64(i - known);
      for (let j = known + 1; j < i; j++) put(out, j, slope * f64(j - known) + at(a, known));
    }
    known = i;
  }
  return 0;
}

/** The row's number from 0 on. */
export function columnRowNumber(n: i32, out: usize, scratch: usize): i32 {
  for (let i = 0; i < n; i++) store<i64>(out + (<usize> i << 3), i64(i));
  return 0;
}

/** numpy's roll: what leaves at one end comes in at the other. */
export function columnRoll(n: i32, a: usize, periods: i32, out: usize, scratch: usize): i32 {
  if (n === 0) return 0;
  const rest = periods % n;
  const moved = <usize> (rest < 0 ? rest + n : rest) << 3;
  const kept = (<usize> n << 3) - moved;
  memory.copy(out + moved, a, kept);
  memory.copy(out, a + kept, moved);
  return 0;
}
