import { columnAdd } from "../column/arithmetic";

export function talibAdd(n: i32, real0: usize, real1: usize, out: usize, scratch: usize): i32 {
  return columnAdd(n, real0, real1, out, scratch);
}
