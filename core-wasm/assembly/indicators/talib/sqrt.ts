import { columnSqrt } from "../column/math";

export function talibSqrt(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return columnSqrt(n, real, out, scratch);
}
