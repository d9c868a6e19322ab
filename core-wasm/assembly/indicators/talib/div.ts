import { columnDiv } from "../column/arithmetic";

export function talibDiv(n: i32, real0: usize, real1: usize, out: usize, scratch: usize): i32 {
  return columnDiv(n, real0, real1, out, scratch);
}
