import { isWhite, openRows, price, rowAt, SECOND, signal, signed } from "./shared/candle";

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
  if (!openRows(n, 2, out)) return 0;
  for (let at = rowAt(1), end = rowAt(n); at + SECOND < end; at += 8) {
    const opened = price(open, at + SECOND);
    const closed = price(close, at + SECOND);
    const formerOpen = price(open, at);
    const formerClose = price(close, at);
    const isUp = closed >= opened;
    const isAround = (isUp & closed >= formerOpen & opened <= formerClose) |
      (!isUp & opened >= formerClose & closed <= formerOpen);
    const isFree = opened !== formerClose;
    const isClear = closed !== formerOpen;
    const isFound = isAround & isWhite(open, close, at) !== isUp & (isFree | isClear);
    signal(out, at + SECOND, isFound ? signed(isUp, isFree & isClear ? 100 : 80) : 0);
  }
  return 0;
}
