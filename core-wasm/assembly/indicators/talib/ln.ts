import { pairs1 } from "../column/shared/map";
import { LogPair } from "../shared/log_pair";

class Ln {
  // @ts-ignore: decorator
  @inline
  pair(a: v128): v128 {
    return LogPair.ln(a);
  }
}

export function talibLn(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return pairs1<Ln>(n, real, out);
}
