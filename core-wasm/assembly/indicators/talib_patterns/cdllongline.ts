import {
  bodyStep,
  bodyTotal,
  shadowStep,
  shadowTotal,
  shortShadow,
  usualBody,
} from "./shared/average";
import {
  body,
  isWhite,
  lowerShadow,
  openRows,
  rowAt,
  signal,
  signed,
  upperShadow,
} from "./shared/candle";

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
  if (!openRows(n, 10, out)) return 0;
  let long = bodyTotal(open, close, rowAt(10));
  let shadow = shadowTotal(open, high, low, close, rowAt(10));
  let limit = usualBody(long);
  let shadowLimit = shortShadow(shadow);
  for (let at = rowAt(10), end = rowAt(n); at < end; at += 8) {
    const isFound = body(open, close, at) > limit &
      upperShadow(open, high, close, at) < shadowLimit &
      lowerShadow(open, low, close, at) < shadowLimit;
    signal(out, at, isFound ? signed(isWhite(open, close, at), 100) : 0);
    long += bodyStep(open, close, at);
    shadow += shadowStep(open, high, low, close, at);
    limit = usualBody(long);
    shadowLimit = shortShadow(shadow);
  }
  return 0;
}
