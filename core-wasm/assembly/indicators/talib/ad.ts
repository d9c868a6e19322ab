import { MoneyFlow } from "./shared/money_flow";
import { OneRow, TwoRows } from "./shared/rows";

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
  const end = <usize> n << 3;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) {
    const flows = MoneyFlow.of<TwoRows>(high, low, close, volume, i);
    line += f64x2.extract_lane(flows, 0);
    store<f64>(out + i, line);
    line += f64x2.extract_lane(flows, 1);
    store<f64>(out + i, line, 8);
  }
  if (i === end) return 0;
  const last = MoneyFlow.of<OneRow>(high, low, close, volume, i);
  store<f64>(out + i, line + f64x2.extract_lane(last, 0));
  return 0;
}
