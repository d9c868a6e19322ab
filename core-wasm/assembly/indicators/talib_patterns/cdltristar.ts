import { rangeStep, rangeTotal, TEN, tiny } from "./shared/average";
import {
  body,
  gapsDown,
  gapsUp,
  larger,
  openRows,
  price,
  SECOND,
  signal,
  signed,
  smaller,
  THIRD,
} from "./shared/candle";

/** Three dojis, the middle one beyond a gap. All three are judged by the first one's average. */
export function talibCdltristar(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  const end = openRows(n, 12, out);
  if (end === 0) return 0;
  let doji = rangeTotal(high, low, TEN);
  for (let at: usize = TEN; at + THIRD < end; at += 8) {
    const limit = tiny(doji);
    const isDown = gapsUp(open, close, at + SECOND, at) &&
      larger(price(open, at + THIRD), price(close, at + THIRD)) <
        larger(price(open, at + SECOND), price(close, at + SECOND));
    const isUp = gapsDown(open, close, at + SECOND, at) &&
      smaller(price(open, at + THIRD), price(close, at + THIRD)) >
        smaller(price(open, at + SECOND), price(close, at + SECOND));
    const isFound = (isDown || isUp) && body(open, close, at) <= limit &&
      body(open, close, at + SECOND) <= limit && body(open, close, at + THIRD) <= limit;
    signal(out, at + THIRD, isFound ? signed(isUp, 100) : 0);
    doji += rangeStep(high, low, at);
  }
  return 0;
}
