import { pairs1 } from "../column/shared/map";
import { ExpPair } from "../shared/exp_pair";

class Cosh {
  // @ts-ignore: decorator
  @inline
  pair(a: v128): v128 {
    return ExpPair.cosh(a);
  }
}

export function talibCosh(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return pairs1<Cosh>(n, real, out);
}
