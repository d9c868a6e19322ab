import { columnTanh } from "../column/math";

export function talibTanh(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return columnTanh(n, real, out, scratch);
}
