import { columnSub } from "../column/arithmetic";

export function talibSub(n: i32, real0: usize, real1: usize, out: usize, scratch: usize): i32 {
  return columnSub(n, real0, real1, out, scratch);
}
