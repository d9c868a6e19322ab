import { moneyFlow } from "./shared/money_flow";
import { at, fillNan, put } from "./shared/ta";

/** Zero for a window without volume. */
export function talibCmf(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  volume: usize,
  timeperiod: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (timeperiod < 2) return 1;
  const head = timeperiod - 1;
  fillNan(out, n, head);
  let flow = 0.0;
  let traded = 0.0;
  for (let i = 0; i < n; i++) {
    if (i >= timeperiod) {
      flow -= at(scratch, i - timeperiod);
      traded -= at(volume, i - timeperiod);
    }
    const newFlow = moneyFlow(high, low, close, volume, i);
    put(scratch, i, newFlow);
    flow += newFlow;
    traded += at(volume, i);
    if (i >= head) put(out, i, traded > 0.0 ? flow / traded : 0.0);
  }
  return 0;
}
