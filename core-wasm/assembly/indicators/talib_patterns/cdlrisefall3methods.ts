import { larger, smaller } from "../shared/choose";
import { bodyStep, bodyTotal, usualBody } from "./shared/average";
import {
  body,
  FIFTH,
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

/** A long candle, three short ones against it within its range, and a long one that goes on its way. */
export function talibCdlrisefall3methods(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  if (!openRows(n, 14, out)) return 0;
  let first = bodyTotal(open, close, rowAt(10));
  let second = bodyTotal(open, close, rowAt(10) + SECOND);
  let third = bodyTotal(open, close, rowAt(10) + THIRD);
  let fourth = bodyTotal(open, close, rowAt(10) + FOURTH);
  let fifth = bodyTotal(open, close, rowAt(10) + FIFTH);
  let firstStep = bodyStep(open, close, rowAt(10));
  let secondStep = bodyStep(open, close, rowAt(10) + SECOND);
  let thirdStep = bodyStep(open, close, rowAt(10) + THIRD);
  let fourthStep = bodyStep(open, close, rowAt(10) + FOURTH);
  let isUp = isWhite(open, close, rowAt(10));
  let secondUp = isWhite(open, close, rowAt(10) + SECOND);
  let thirdUp = isWhite(open, close, rowAt(10) + THIRD);
  let fourthUp = isWhite(open, close, rowAt(10) + FOURTH);
  for (let at = rowAt(10), end = rowAt(n); at + FIFTH < end; at += 8) {
    const fifthUp = isWhite(open, close, at + FIFTH);
    const sign = f64(signed(isUp, 1));
    const isFound = secondUp !== isUp & thirdUp !== isUp & fourthUp !== isUp & fifthUp === isUp &&
      (smaller(price(open, at + SECOND), price(close, at + SECOND)) < price(high, at) &
        larger(price(open, at + SECOND), price(close, at + SECOND)) > price(low, at) &
        smaller(price(open, at + THIRD), price(close, at + THIRD)) < price(high, at) &
        larger(price(open, at + THIRD), price(close, at + THIRD)) > price(low, at) &
        smaller(price(open, at + FOURTH), price(close, at + FOURTH)) < price(high, at) &
        larger(price(open, at + FOURTH), price(close, at + FOURTH)) > price(low, at) &
        price(close, at + THIRD) * sign < price(close, at + SECOND) * sign &
        price(close, at + FOURTH) * sign < price(close, at + THIRD) * sign &
        price(open, at + FIFTH) * sign > price(close, at + FOURTH) * sign &
        price(close, at + FIFTH) * sign > price(close, at) * sign) &&
      (body(open, close, at) > usualBody(first) &
        body(open, close, at + SECOND) < usualBody(second) &
        body(open, close, at + THIRD) < usualBody(third) &
        body(open, close, at + FOURTH) < usualBody(fourth) &
        body(open, close, at + FIFTH) > usualBody(fifth));
    signal(out, at + FIFTH, isFound ? signed(isUp, 100) : 0);
    first += firstStep;
    second += secondStep;
    third += thirdStep;
    fourth += fourthStep;
    const step = bodyStep(open, close, at + FIFTH);
    fifth += step;
    firstStep = secondStep;
    secondStep = thirdStep;
    thirdStep = fourthStep;
    fourthStep = step;
    isUp = secondUp;
    secondUp = thirdUp;
    thirdUp = fourthUp;
    fourthUp = fifthUp;
  }
  return 0;
}
