import { pairs2 } from "../column/shared/map";

class Middle {
  pair(high: v128, low: v128): v128 {
    return f64x2.mul(f64x2.add(high, low), f64x2.splat(0.5));
  }
}

export function talibMedprice(n: i32, high: usize, low: usize, out: usize, scratch: usize): i32 {
  return pairs2<Middle>(n, high, low, out);
}
