import { pairs1 } from "../column/shared/map";
import { log10Pair } from "../shared/log_pair";

class Log10 {
  pair(a: v128): v128 {
    return log10Pair(a);
  }
}

export function talibLog10(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return pairs1<Log10>(n, real, out);
}
