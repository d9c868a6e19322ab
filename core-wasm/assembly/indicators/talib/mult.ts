import { columnMul } from "../column/arithmetic";

export function talibMult(n: i32, real0: usize, real1: usize, out: usize, scratch: usize): i32 {
  return columnMul(n, real0, real1, out, scratch);
}
