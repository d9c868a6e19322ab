import { larger, smaller } from "../shared/choose";
import { bodyStep, bodyTotal, usualBody } from "./shared/average";
import {
  body,
  FIFTH,
  FOURTH,
  gapsUp,
  isBlack,
  isWhite,
  openRows,
  price,
  rowAt,
  SECOND,
  signal,
  THIRD,
} from "./shared/candle";

/** A long white candle, three short ones that hold most of it, and a white one that closes above them. */
export function talibCdlmathold(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  penetration: f64,
  out: usize,
  scratch: usize,
): i32 {
  if (!(penetration >= 0.0)) return 1;
  if (!openRows(n, 14, out)) return 0;
  let long = bodyTotal(open, close, rowAt(10));
  let second = bodyTotal(open, close, rowAt(10) + SECOND);
  let third = bodyTotal(open, close, rowAt(10) + THIRD);
  let fourth = bodyTotal(open, close, rowAt(10) + FOURTH);
  let longStep = bodyStep(open, close, rowAt(10));
  let secondStep = bodyStep(open, close, rowAt(10) + SECOND);
  let thirdStep = bodyStep(open, close, rowAt(10) + THIRD);
  for (let at = rowAt(10), end = rowAt(n); at + FIFTH < end; at += 8) {
    const isFound = gapsUp(open, close, at + SECOND, at) && isWhite(open, close, at + FIFTH) &&
      isWhite(open, close, at) & isBlack(open, close, at + SECOND) &&
      (smaller(price(open, at + THIRD), price(close, at + THIRD)) < price(close, at) &
        smaller(price(open, at + FOURTH), price(close, at + FOURTH)) < price(close, at) &
        smaller(price(open, at + THIRD), price(close, at + THIRD)) >
          price(close, at) - body(open, close, at) * penetration &
        smaller(price(open, at + FOURTH), price(close, at + FOURTH)) >
          price(close, at) - body(open, close, at) * penetration &
        larger(price(close, at + THIRD), price(open, at + THIRD)) < price(open, at + SECOND) &
        larger(price(close, at + FOURTH), price(open, at + FOURTH)) <
          larger(price(close, at + THIRD), price(open, at + THIRD)) &
        price(open, at + FIFTH) > price(close, at + FOURTH) &
        price(close, at + FIFTH) >
          larger(
            larger(price(high, at + SECOND), price(high, at + THIRD)),
            price(high, at + FOURTH),
          )) &&
      (body(open, close, at) > usualBody(long) &
        body(open, close, at + SECOND) < usualBody(second) &
        body(open, close, at + THIRD) < usualBody(third) &
        body(open, close, at + FOURTH) < usualBody(fourth));
    signal(out, at + FIFTH, isFound ? 100 : 0);
    long += longStep;
    second += secondStep;
    third += thirdStep;
    const step = bodyStep(open, close, at + FOURTH);
    fourth += step;
    longStep = secondStep;
    secondStep = thirdStep;
    thirdStep = step;
  }
  return 0;
}
