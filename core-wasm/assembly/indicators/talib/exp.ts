import { pairs1 } from "../column/shared/map";
import { ExpPair } from "../shared/exp_pair";

class Exp {
  // @ts-ignore: decorator
  @inline
  pair(a: v128): v128 {
    return ExpPair.of(a);
  }
}

export function talibExp(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return pairs1<Exp>(n, real, out);
}
