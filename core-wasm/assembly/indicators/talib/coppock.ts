import { at, fillNan, put } from "./shared/ta";
import { talibWma } from "./wma";

export function talibCoppock(
  n: i32,
  real: usize,
  wmaperiod: i32,
  roc1period: i32,
  roc2period: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (wmaperiod < 1) return 1;
  if (roc1period < 1) return 2;
  if (roc2period < 1) return 3;
  const head = max<i32>(roc1period, roc2period);
  fillNan(out, n, head);
  if (n <= head) return 0;
  for (let i = head; i < n; i++) {
    const value = at(real, i);
    put(
      scratch,
      i,
      change(value, at(real, i - roc1period)) + change(value, at(real, i - roc2period)),
    );
  }
  const skip = <usize> head << 3;
  return talibWma(n - head, scratch + skip, wmaperiod, out + skip, 0);
}

function change(value: f64, before: f64): f64 {
  return before !== 0.0 ? (value / before - 1.0) * 100.0 : 0.0;
}
