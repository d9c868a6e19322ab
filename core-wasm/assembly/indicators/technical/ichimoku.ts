import { columnShift } from "../column/shift";
import { windowRollingMax, windowRollingMin } from "../window/rolling_extreme";
import { at, put } from "../window/shared/rows";
import { columnIn } from "./shared/columns";

/** The middle between the highest high and the lowest low of the window. */
export function middleOf(
  n: i32,
  high: usize,
  low: usize,
  window: i32,
  out: usize,
  scratch: usize,
): void {
  const lowest = columnIn(scratch, n, 0);
  const rest = columnIn(scratch, n, 1);
  windowRollingMax(n, high, window, 0, out, rest);
  windowRollingMin(n, low, window, 0, lowest, rest);
  for (let i = 0; i < n; i++) put(out, i, (at(out, i) + at(lowest, i)) / 2.0);
}

/**
 * The cloud moves forward by one row less than the displacement. The library's lagging line is the
 * close of that many rows later and is no output: a shift says better that it looks ahead.
 */
export function technicalIchimoku(
  n: i32,
  high: usize,
  low: usize,
  conversionLinePeriod: i32,
  baseLinePeriods: i32,
  lagginSpan: i32,
  displacement: i32,
  tenkanSen: usize,
  kijunSen: usize,
  senkouSpanA: usize,
  senkouSpanB: usize,
  leadingSenkouSpanA: usize,
  leadingSenkouSpanB: usize,
  cloudGreen: usize,
  cloudRed: usize,
  scratch: usize,
): i32 {
  if (conversionLinePeriod < 1) return 1;
  if (baseLinePeriods < 1) return 2;
  if (lagginSpan < 1) return 3;
  if (displacement < 1) return 4;
  middleOf(n, high, low, conversionLinePeriod, tenkanSen, scratch);
  middleOf(n, high, low, baseLinePeriods, kijunSen, scratch);
  middleOf(n, high, low, lagginSpan, leadingSenkouSpanB, scratch);
  for (let i = 0; i < n; i++) {
    put(leadingSenkouSpanA, i, (at(tenkanSen, i) + at(kijunSen, i)) / 2.0);
  }
  columnShift(n, leadingSenkouSpanA, displacement - 1, senkouSpanA, scratch);
  columnShift(n, leadingSenkouSpanB, displacement - 1, senkouSpanB, scratch);
  for (let i = 0; i < n; i++) {
    const a = at(senkouSpanA, i);
    const b = at(senkouSpanB, i);
    store<u8>(cloudGreen + <usize> i, u8(a > b));
    store<u8>(cloudRed + <usize> i, u8(b > a));
  }
  return 0;
}
