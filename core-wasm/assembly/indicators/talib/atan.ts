import { pairs1 } from "../column/shared/map";
import { arcTangents } from "../shared/atan";

class Atan {
  pair(a: v128): v128 {
    return arcTangents(a);
  }
}

export function talibAtan(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return pairs1<Atan>(n, real, out);
}
