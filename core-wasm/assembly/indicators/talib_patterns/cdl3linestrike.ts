import { larger, smaller } from "../shared/choose";
import { near, nearStep, nearTotal } from "./shared/average";
import {
  FOURTH,
  isWhite,
  openRows,
  price,
  rowAt,
  SECOND,
  signal,
  signed,
  THIRD,
} from "./shared/candle";

/** Three candles march one way, each opening in or near the body before it; a fourth undoes them all. */
export function talibCdl3linestrike(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 8, out)) return 0;
  let first = nearTotal(high, low, rowAt(5));
  let second = nearTotal(high, low, rowAt(5) + SECOND);
  let firstStep = nearStep(high, low, rowAt(5));
  for (let at = rowAt(5), end = rowAt(n); at + FOURTH < end; at += 8) {
    const isUp = isWhite(open, close, at + THIRD);
    const isFound =
      (isWhite(open, close, at) === isUp & isWhite(open, close, at + SECOND) === isUp &
        isWhite(open, close, at + FOURTH) !== isUp) &&
      (price(open, at + SECOND) >= smaller(price(open, at), price(close, at)) - near(first) &
        price(open, at + SECOND) <= larger(price(open, at), price(close, at)) + near(first) &
        price(open, at + THIRD) >=
          smaller(price(open, at + SECOND), price(close, at + SECOND)) - near(second) &
        price(open, at + THIRD) <=
          larger(price(open, at + SECOND), price(close, at + SECOND)) + near(second)) &&
      (isUp
        ? price(close, at + THIRD) > price(close, at + SECOND) &
          price(close, at + SECOND) > price(close, at) &
          price(open, at + FOURTH) > price(close, at + THIRD) &
          price(close, at + FOURTH) < price(open, at)
        : price(close, at + THIRD) < price(close, at + SECOND) &
          price(close, at + SECOND) < price(close, at) &
          price(open, at + FOURTH) < price(close, at + THIRD) &
          price(close, at + FOURTH) > price(open, at));
    signal(out, at + FOURTH, isFound ? signed(isUp, 100) : 0);
    first += firstStep;
    const step = nearStep(high, low, at + SECOND);
    second += step;
    firstStep = step;
  }
  return 0;
}
