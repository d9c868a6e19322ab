import { columnCosh } from "../column/math";

export function talibCosh(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return columnCosh(n, real, out, scratch);
}
