import { at } from "./ta";

export class MoneyFlow {
  /** The bars' volume weighted by where they closed in their range; none without a range. */
  // @ts-ignore: decorator
  @inline
  static of<Rows>(high: usize, low: usize, close: usize, volume: usize, i: usize): v128 {
    const rows = changetype<Rows>(0);
    const top = rows.load(high + i);
    const bottom = rows.load(low + i);
    const last = rows.load(close + i);
    const range = f64x2.sub(top, bottom);
    const place = f64x2.sub(f64x2.sub(last, bottom), f64x2.sub(top, last));
    const flow = f64x2.mul(f64x2.div(place, range), rows.load(volume + i));
    return v128.and(flow, f64x2.gt(range, f64x2.splat(0.0)));
  }
}

/** The same of one row, for loops that wait for more than it. */
export function moneyFlow(high: usize, low: usize, close: usize, volume: usize, i: i32): f64 {
  const top = at(high, i);
  const bottom = at(low, i);
  const last = at(close, i);
  const range = top - bottom;
  return range > 0.0 ? ((last - bottom) - (top - last)) / range * at(volume, i) : 0.0;
}
