import { map1 } from "../column/shared/map";

class Atan {
  apply(a: f64): f64 {
    return NativeMath.atan(a);
  }
}

export function talibAtan(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return map1<Atan, f64, f64>(n, real, out);
}
