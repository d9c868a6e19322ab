import { columnArcsin } from "../column/math";

export function talibAsin(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return columnArcsin(n, real, out, scratch);
}
