import { macdWith } from "./macd";

/** The classic factors 0.15 and 0.075 in place of those of 12 and 26. */
export function talibMacdfix(
  n: i32,
  real: usize,
  signalperiod: i32,
  macd: usize,
  macdsignal: usize,
  macdhist: usize,
  scratch: usize,
): i32 {
  if (signalperiod < 1) return 1;
  return macdWith(n, real, 12, 26, signalperiod, 0.15, 0.075, macd, macdsignal, macdhist, scratch);
}
