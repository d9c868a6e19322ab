import { columnArctan } from "../column/math";

export function talibAtan(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return columnArctan(n, real, out, scratch);
}
