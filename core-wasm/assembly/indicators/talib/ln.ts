import { columnLog } from "../column/math";

export function talibLn(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return columnLog(n, real, out, scratch);
}
