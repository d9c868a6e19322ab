import { moneyFlow } from "./shared/money_flow";
import { put } from "./shared/ta";

export function talibAd(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  volume: usize,
  out: usize,
  scratch: usize,
): i32 {
  let line = 0.0;
  for (let i = 0; i < n; i++) {
    line += moneyFlow(high, low, close, volume, i);
    put(out, i, line);
  }
  return 0;
}
