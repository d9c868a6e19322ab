/** Running totals and extremes. A missing value stays missing and does not end the run. */
import { at, put } from "../window/shared/rows";

export function columnCumsum(n: i32, a: usize, out: usize, scratch: usize): i32 {
  let total = 0.0;
  for (let i = 0; i < n; i++) {
    const value = at(a, i);
    const isKnown = value === value;
    if (isKnown) total += value;
    put(out, i, isKnown ? total : NaN);
  }
  return 0;
}

export function columnCumprod(n: i32, a: usize, out: usize, scratch: usize): i32 {
  let product = 1.0;
  for (let i = 0; i < n; i++) {
    const value = at(a, i);
    const isKnown = value === value;
    if (isKnown) product *= value;
    put(out, i, isKnown ? product : NaN);
  }
  return 0;
}

export function columnCummax(n: i32, a: usize, out: usize, scratch: usize): i32 {
  let most = -Infinity;
  for (let i = 0; i < n; i++) {
    const value = at(a, i);
    if (value > most) most = value;
    put(out, i, value === value ? most : NaN);
  }
  return 0;
}

export function columnCummin(n: i32, a: usize, out: usize, scratch: usize): i32 {
  let least = Infinity;
  for (let i = 0; i < n; i++) {
    const value = at(a, i);
    if (value < least) least = value;
    put(out, i, value === value ? least : NaN);
  }
  return 0;
}

export function columnCumsumInt(n: i32, a: usize, out: usize, scratch: usize): i32 {
  let total: i64 = 0;
  for (let i: usize = 0, end = <usize> n << 3; i < end; i += 8) {
    total += load<i64>(a + i);
    store<i64>(out + i, total);
  }
  return 0;
}

export function columnCummaxInt(n: i32, a: usize, out: usize, scratch: usize): i32 {
  let most = i64.MIN_VALUE;
  for (let i: usize = 0, end = <usize> n << 3; i < end; i += 8) {
    most = max<i64>(most, load<i64>(a + i));
    store<i64>(out + i, most);
  }
  return 0;
}

export function columnCumminInt(n: i32, a: usize, out: usize, scratch: usize): i32 {
  let least = i64.MAX_VALUE;
  for (let i: usize = 0, end = <usize> n << 3; i < end; i += 8) {
    least = min<i64>(least, load<i64>(a + i));
    store<i64>(out + i, least);
  }
  return 0;
}
