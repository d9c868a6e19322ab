import { at } from "./ta";

/** The bar's volume weighted by where it closed in its range; none without a range. */
export function moneyFlow(high: usize, low: usize, close: usize, volume: usize, i: i32): f64 {
  const top = at(high, i);
  const bottom = at(low, i);
  const last = at(close, i);
  const range = top - bottom;
  return range > 0.0 ? ((last - bottom) - (top - last)) / range * at(volume, i) : 0.0;
}
