import { priceMean2 } from "./shared/price_mean";

class Middle {
  pair(high: v128, low: v128, half: v128): v128 {
    return f64x2.mul(f64x2.add(high, low), half);
  }
}

export function talibMedprice(n: i32, high: usize, low: usize, out: usize, scratch: usize): i32 {
  return priceMean2<Middle>(n, high, low, 0.5, out);
}
