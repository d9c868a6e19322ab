import { pairs1 } from "../column/shared/map";
import { logPair } from "../shared/log_pair";

class Ln {
  pair(a: v128): v128 {
    return logPair(a);
  }
}

export function talibLn(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return pairs1<Ln>(n, real, out);
}
