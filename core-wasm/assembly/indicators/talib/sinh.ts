import { columnSinh } from "../column/math";

export function talibSinh(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return columnSinh(n, real, out, scratch);
}
