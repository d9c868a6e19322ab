import { Fma } from "../shared/fma";
import { meanOfFirst } from "./ema";
import { at, fillNan, put } from "./shared/ta";

export function talibRma(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  fillNan(out, n, timeperiod - 1);
  if (n < timeperiod) return 0;
  const kept = f64(timeperiod - 1) / f64(timeperiod);
  const share = 1.0 - kept;
  let average = meanOfFirst(real, timeperiod);
  put(out, timeperiod - 1, average);
  for (let i = timeperiod; i < n; i++) {
    average = Fma.decay(kept, share, average, share * at(real, i));
    put(out, i, average);
  }
  return 0;
}
