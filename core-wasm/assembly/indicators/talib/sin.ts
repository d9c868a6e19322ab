import { columnSin } from "../column/math";

export function talibSin(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return columnSin(n, real, out, scratch);
}
