import { at, put } from "./shared/ta";

export function talibCumsum(n: i32, real: usize, out: usize, scratch: usize): i32 {
  let total = 0.0;
  for (let i = 0; i < n; i++) {
    total += at(real, i);
    put(out, i, total);
  }
  return 0;
}
