import { at, put } from "./shared/ta";

export function talibMedprice(n: i32, high: usize, low: usize, out: usize, scratch: usize): i32 {
  for (let i = 0; i < n; i++) put(out, i, (at(high, i) + at(low, i)) / 2.0);
  return 0;
}
