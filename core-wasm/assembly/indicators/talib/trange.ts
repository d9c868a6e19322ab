import { TrueRange } from "./shared/true_range";
import { at, fillNan, put, trueRange } from "./shared/ta";

/** Four rows at a time from row 2 on, where addresses suit vectors. */
export function talibTrange(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  fillNan(out, n, 1);
  if (n < 2) return 0;
  put(out, 1, trueRange(at(high, 1), at(low, 1), at(close, 0)));
  let last = v128.load(close);
  let row = 2;
  for (; row + 4 <= n; row += 4) {
    const i = <usize> row << 3;
    const middle = v128.load(close + i);
    const first = TrueRange.after(high + i, low + i, last, middle);
    last = v128.load(close + i, 16);
    v128.store(out + i, first);
    v128.store(out + i, TrueRange.after(high + i + 16, low + i + 16, middle, last), 16);
  }
  for (; row < n; row++) put(out, row, trueRange(at(high, row), at(low, row), at(close, row - 1)));
  return 0;
}
