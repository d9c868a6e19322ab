import { larger, smaller } from "../shared/choose";
import { rangeStep, rangeTotal, tiny } from "./shared/average";
import {
  body,
  gapsDown,
  gapsUp,
  openRows,
  price,
  rowAt,
  SECOND,
  signal,
  signed,
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
  if (!openRows(n, 12, out)) return 0;
  let doji = rangeTotal(high, low, rowAt(10));
  for (let at = rowAt(10), end = rowAt(n); at + THIRD < end; at += 8) {
    const limit = tiny(doji);
    const isDown = gapsUp(open, close, at + SECOND, at) &
      larger(price(open, at + THIRD), price(close, at + THIRD)) <
        larger(price(open, at + SECOND), price(close, at + SECOND));
    const isUp = gapsDown(open, close, at + SECOND, at) &
      smaller(price(open, at + THIRD), price(close, at + THIRD)) >
        smaller(price(open, at + SECOND), price(close, at + SECOND));
    const isFound = (isDown | isUp) & body(open, close, at) <= limit &
      body(open, close, at + SECOND) <= limit & body(open, close, at + THIRD) <= limit;
    signal(out, at + THIRD, isFound ? signed(isUp, 100) : 0);
    doji += rangeStep(high, low, at);
  }
  return 0;
}
