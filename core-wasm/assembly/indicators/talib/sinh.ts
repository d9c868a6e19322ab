import { map1 } from "../column/shared/map";

/** Beyond it the falling exponential is less than half a unit in the last place. */
const ONE_SIDED: f64 = 22.0;
/** Up to it half the exponential can be taken without overflow. */
const EXPONENTIAL_MAX: f64 = 709.0;
/** From here on the result is beyond the largest number. */
const OVERFLOW: f64 = 711.0;

class Sinh {
  apply(a: f64): f64 {
    const size = abs<f64>(a);
    if (size > ONE_SIDED && size < EXPONENTIAL_MAX) {
      return copysign<f64>(0.5 * NativeMath.exp(size), a);
    }
    return size > OVERFLOW ? a * Infinity : NativeMath.sinh(a);
  }
}

export function talibSinh(n: i32, real: usize, out: usize, scratch: usize): i32 {
  return map1<Sinh, f64, f64>(n, real, out);
}
