import { pairs1 } from "../column/shared/map";
import { ExpPair } from "../shared/exp_pair";

class Sinh {
  // @ts-ignore: decorator
  @inline
  pair(a: v128): v128 {
    return ExpPair.sinh(a);
  }
}

export function talibSinh(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return pairs1<Sinh>(n, real, out);
}
