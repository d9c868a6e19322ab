import { at, fillNan, put } from "./shared/ta";

export function talibSum(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 2) return 1;
  const head = timeperiod - 1;
  fillNan(out, n, head);
  let total = 0.0;
  for (let i = 0; i < n; i++) {
    total += at(real, i);
    if (i < head) continue;
    put(out, i, total);
    total -= at(real, i - head);
  }
  return 0;
}
