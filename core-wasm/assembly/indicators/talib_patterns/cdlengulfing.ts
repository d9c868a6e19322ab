import { isWhite, openRows, price, SECOND, signal, signed } from "./shared/candle";

/** A body around the body of the other colour before it; 80 when they share one end. */
export function talibCdlengulfing(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  out: usize,
  scratch: usize,
): i32 {
  const end = openRows(n, 2, out);
  for (let at: usize = 8; at + SECOND < end; at += 8) {
    const isUp = isWhite(open, close, at + SECOND);
    const opened = price(open, at + SECOND);
    const closed = price(close, at + SECOND);
    const formerOpen = price(open, at);
    const formerClose = price(close, at);
    const isAround = isUp
      ? closed >= formerOpen && opened <= formerClose
      : opened >= formerClose && closed <= formerOpen;
    const isStrict = opened !== formerClose && closed !== formerOpen;
    const isFound = isAround && isWhite(open, close, at) !== isUp &&
      (opened !== formerClose || closed !== formerOpen);
    signal(out, at + SECOND, isFound ? signed(isUp, isStrict ? 100 : 80) : 0);
  }
  return 0;
}
