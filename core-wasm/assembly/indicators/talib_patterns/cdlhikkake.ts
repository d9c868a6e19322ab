import { openRows, price, rowAt, SECOND, signal, THIRD } from "./shared/candle";

const LOOKBACK = 5;
/** A confirmation counts up to this many rows after the pattern. */
const PATIENCE: isize = 24;

/**
 * An inside candle, then one that leaves it to one side (100 or -100); a close beyond the inside
 * candle's other end soon after confirms (200 or -200). Patterns before the first answered row count.
 */
export function talibCdlhikkake(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  let strength = 0;
  let edge = 0.0;
  let until = rowAt(-1);
  for (let at = rowAt(0), end = rowAt(n); at + THIRD < end; at += 8) {
    const insideHigh = price(high, at + SECOND);
    const insideLow = price(low, at + SECOND);
    const isInside = insideHigh < price(high, at) & insideLow > price(low, at);
    const leftDown = price(high, at + THIRD) < insideHigh & price(low, at + THIRD) < insideLow;
    const leftUp = price(high, at + THIRD) > insideHigh & price(low, at + THIRD) > insideLow;
    const closed = price(close, at + THIRD);
    let value = 0;
    if (isInside & (leftDown | leftUp)) {
      strength = leftDown ? 100 : -100;
      edge = leftDown ? insideHigh : insideLow;
      until = at + PATIENCE;
      value = strength;
    } else if (at <= until && (strength > 0 ? closed > edge : strength < 0 && closed < edge)) {
      value = 2 * strength;
      strength = 0;
    }
    signal(out, at + THIRD, value);
  }
  openRows(n, LOOKBACK, out);
  return 0;
}
