import { columnCos } from "../column/math";

export function talibCos(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return columnCos(n, real, out, scratch);
}
