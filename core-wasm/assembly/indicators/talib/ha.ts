import { Pick } from "../shared/pick";
import { at, put } from "./shared/ta";

export function talibHa(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  haopen: usize,
  hahigh: usize,
  halow: usize,
  haclose: usize,
  scratch: usize,
): i32 {
  if (n === 0) return 0;
  let middle = (load<f64>(open) + load<f64>(close)) / 2.0;
  for (let i = 0; i < n; i++) {
    const top = at(high, i);
    const bottom = at(low, i);
    const mean = (at(open, i) + top + bottom + at(close, i)) / 4.0;
    put(haopen, i, middle);
    put(hahigh, i, Pick.larger(Pick.larger(top, middle), mean));
    put(halow, i, Pick.smaller(Pick.smaller(bottom, middle), mean));
    put(haclose, i, mean);
    middle = (middle + mean) / 2.0;
  }
  return 0;
}
