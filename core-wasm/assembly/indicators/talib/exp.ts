import { columnExp } from "../column/math";

export function talibExp(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return columnExp(n, real, out, scratch);
}
