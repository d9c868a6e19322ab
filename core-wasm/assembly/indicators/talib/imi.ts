import { OneRow, TwoRows } from "./shared/rows";
import { fillNan } from "./shared/ta";

/** The share of the rising bodies in all bodies; 50 without any. */
export function talibImi(
  n: i32,
  open: usize,
  close: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  const head = timeperiod - 1;
  fillNan(out, n, head);
  if (n <= head) return 0;
  const window = <usize> head << 3;
  const end = <usize> n << 3;
  let i = window;
  for (; i + 16 <= end; i += 16) share<TwoRows>(open + i, close + i, window, out + i);
  if (i < end) share<OneRow>(open + i, close + i, window, out + i);
  return 0;
}

/** A body adds itself to one sum and zero to the other, which no sum of positive numbers shows. */
function share<Rows>(open: usize, close: usize, window: usize, out: usize): void {
  const rows = changetype<Rows>(0);
  const none = f64x2.splat(0.0);
  let up = none;
  let down = none;
  let from = open - window;
  for (let at = close - window; at <= close; at += 8, from += 8) {
    const opens = rows.load(from);
    const closes = rows.load(at);
    const isUp = f64x2.gt(closes, opens);
    up = f64x2.add(up, v128.and(f64x2.sub(closes, opens), isUp));
    down = f64x2.add(down, v128.andnot(f64x2.sub(opens, closes), isUp));
  }
  const total = f64x2.add(up, down);
  const found = f64x2.mul(f64x2.splat(100.0), f64x2.div(up, total));
  rows.store(out, v128.bitselect(f64x2.splat(50.0), found, f64x2.eq(total, none)));
}
