import { columnFloor } from "../column/math";

export function talibFloor(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return columnFloor(n, real, out, scratch);
}
