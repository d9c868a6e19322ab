/** Decimal places of prices, from which a month's tick size is deduced. */
import { digits, places, power10, shortest } from "../decimal/shortest";
import { roundSignificant } from "../decimal/rounding";

const SIGNIFICANT = 14;

/**
 * Largest number of decimal places, at 14 significant digits and without trailing zeros, among
 * `count` rows of four price columns; 0 when all prices are whole.
 */
export function largestPlaces(open: usize, high: usize, low: usize, close: usize, count: i32): i32 {
  let most = 0;
  most = largestOf(open, count, most);
  most = largestOf(high, count, most);
  most = largestOf(low, count, most);
  return largestOf(close, count, most);
}

function largestOf(column: usize, count: i32, most: i32): i32 {
  let scale = power10(most);
  for (let i: usize = 0; i < <usize> count; i++) {
    const price = load<f64>(column + (i << 3));
    const scaled = price * scale;
    // From 1e13 on, 14 digits leave no further place after the point.
    if (scaled >= 1e13 || abs(scaled - nearest(scaled)) <= scaled * 1e-15) continue;
    const found = placesAt14(price);
    if (found > most) {
      most = found;
      scale = power10(min(most, 22));
    }
  }
  return most;
}

function placesAt14(price: f64): i32 {
  shortest(roundSignificant(price, SIGNIFICANT));
  return digits == 0 ? 0 : max(places, 0);
}
