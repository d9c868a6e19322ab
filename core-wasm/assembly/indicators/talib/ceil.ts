import { columnCeil } from "../column/math";

export function talibCeil(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return columnCeil(n, real, out, scratch);
}
