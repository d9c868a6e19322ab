import {
  bodyStep,
  bodyTotal,
  shadowStep,
  shadowTotal,
  shortShadow,
  TEN,
  usualBody,
} from "./shared/average";
import { body, isWhite, lowerShadow, openRows, signal, signed, upperShadow } from "./shared/candle";

/** A long body with short shadows. */
export function talibCdllongline(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  const end = openRows(n, 10, out);
  if (end === 0) return 0;
  let long = bodyTotal(open, close, TEN);
  let shadow = shadowTotal(open, high, low, close, TEN);
  for (let at: usize = TEN; at < end; at += 8) {
    const limit = shortShadow(shadow);
    const isFound = body(open, close, at) > usualBody(long) &&
      upperShadow(open, high, close, at) < limit && lowerShadow(open, low, close, at) < limit;
    signal(out, at, isFound ? signed(isWhite(open, close, at), 100) : 0);
    long += bodyStep(open, close, at);
    shadow += shadowStep(open, high, low, close, at);
  }
  return 0;
}
