import { columnArccos } from "../column/math";

export function talibAcos(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return columnArccos(n, real, out, scratch);
}
