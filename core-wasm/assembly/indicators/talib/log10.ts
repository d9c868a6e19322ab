import { columnLog10 } from "../column/math";

export function talibLog10(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return columnLog10(n, real, out, scratch);
}
