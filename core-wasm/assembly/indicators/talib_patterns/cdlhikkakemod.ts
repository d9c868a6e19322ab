import { near, nearStep, nearTotal } from "./shared/average";
import { FOURTH, openRows, price, rowAt, SECOND, signal, THIRD } from "./shared/candle";

const LOOKBACK = 10;
/** The row of the oldest candle when the search begins, three rows before the first answer. */
const START = 4;
/** A confirmation counts up to this many rows after the pattern. */
const PATIENCE: isize = 24;

/**
 * Two inside candles in a row, the first of which closes near one end, then one that leaves to that
 * end (100 or -100); a close beyond the second inside candle's other end confirms (200 or -200).
 */
export function talibCdlhikkakemod(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, LOOKBACK, out)) return 0;
  let usual = nearTotal(high, low, rowAt(START) + SECOND);
  let strength = 0;
  let edge = 0.0;
  let until = rowAt(-1);
  for (let at = rowAt(START), end = rowAt(n); at + FOURTH < end; at += 8) {
    const insideHigh = price(high, at + THIRD);
    const insideLow = price(low, at + THIRD);
    const formerHigh = price(high, at + SECOND);
    const formerLow = price(low, at + SECOND);
    const isInside = insideHigh < formerHigh & insideLow > formerLow &
      formerHigh < price(high, at) & formerLow > price(low, at);
    let value = 0;
    const found = isInside ? side(high, low, close, at, near(usual)) : 0;
    const closed = price(close, at + FOURTH);
    if (found !== 0) {
      strength = found;
      edge = found > 0 ? insideHigh : insideLow;
      until = at + PATIENCE;
      value = found;
    } else if (at <= until && (strength > 0 ? closed > edge : strength < 0 && closed < edge)) {
      value = 2 * strength;
      strength = 0;
    }
    signal(out, at + FOURTH, value);
    usual += nearStep(high, low, at + SECOND);
  }
  openRows(n, LOOKBACK, out);
  return 0;
}

/** 100 when the last candle leaves downwards after a close near the low, -100 for the mirror. */
function side(high: usize, low: usize, close: usize, at: isize, limit: f64): i32 {
  const closed = price(close, at + SECOND);
  const newHigh = price(high, at + FOURTH);
  const newLow = price(low, at + FOURTH);
  const insideHigh = price(high, at + THIRD);
  const insideLow = price(low, at + THIRD);
  if (newHigh < insideHigh && newLow < insideLow && closed <= price(low, at + SECOND) + limit) {
    return 100;
  }
  if (newHigh > insideHigh && newLow > insideLow && closed >= price(high, at + SECOND) - limit) {
    return -100;
  }
  return 0;
}
