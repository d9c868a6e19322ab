import { columnTan } from "../column/math";

export function talibTan(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return columnTan(n, real, out, scratch);
}
