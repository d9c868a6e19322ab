import { pairs1 } from "../column/shared/map";
import { LogPair } from "../shared/log_pair";

class Log10 {
  // @ts-ignore: decorator
  @inline
  pair(a: v128): v128 {
    return LogPair.log10(a);
  }
}

export function talibLog10(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return pairs1<Log10>(n, real, out);
}
