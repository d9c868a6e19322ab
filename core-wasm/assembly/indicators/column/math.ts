/** Functions of one f64 column, and the larger or smaller of two. */
import { arcTangent } from "../shared/atan";
import { roundDecimals, signOf } from "../shared/float";
import { map1, map2, mapConst } from "./shared/map";

class Neg {
  apply(a: f64): f64 {
    return -a;
  }
}
class Abs {
  apply(a: f64): f64 {
    return abs<f64>(a);
  }
}
class Sign {
  apply(a: f64): f64 {
    return signOf(a);
  }
}
class Sqrt {
  apply(a: f64): f64 {
    return sqrt<f64>(a);
  }
}
class Exp {
  apply(a: f64): f64 {
    return NativeMath.exp(a);
  }
}
class Log {
  apply(a: f64): f64 {
    return NativeMath.log(a);
  }
}
class Log10 {
  apply(a: f64): f64 {
    return NativeMath.log10(a);
  }
}
class Log2 {
  apply(a: f64): f64 {
    return NativeMath.log2(a);
  }
}
class Log1p {
  apply(a: f64): f64 {
    return NativeMath.log1p(a);
  }
}
class Expm1 {
  apply(a: f64): f64 {
    return NativeMath.expm1(a);
  }
}
class Sin {
  apply(a: f64): f64 {
    return NativeMath.sin(a);
  }
}
class Cos {
  apply(a: f64): f64 {
    return NativeMath.cos(a);
  }
}
class Tan {
  apply(a: f64): f64 {
    return NativeMath.tan(a);
  }
}
class Arcsin {
  apply(a: f64): f64 {
    return NativeMath.asin(a);
  }
}
class Arccos {
  apply(a: f64): f64 {
    return NativeMath.acos(a);
  }
}
class Arctan {
  apply(a: f64): f64 {
    return arcTangent(a);
  }
}
class Sinh {
  apply(a: f64): f64 {
    return NativeMath.sinh(a);
  }
}
class Cosh {
  apply(a: f64): f64 {
    return NativeMath.cosh(a);
  }
}
class Tanh {
  apply(a: f64): f64 {
    return NativeMath.tanh(a);
  }
}
class Floor {
  apply(a: f64): f64 {
    return floor<f64>(a);
  }
}
class Ceil {
  apply(a: f64): f64 {
    return ceil<f64>(a);
  }
}
class Trunc {
  apply(a: f64): f64 {
    return trunc<f64>(a);
  }
}
class Round {
  apply(a: f64, b: f64): f64 {
    return roundDecimals(a, b);
  }
}
class Maximum {
  apply(a: f64, b: f64): f64 {
    return max<f64>(a, b);
  }
}
class Minimum {
  apply(a: f64, b: f64): f64 {
    return min<f64>(a, b);
  }
}
class Fmax {
  apply(a: f64, b: f64): f64 {
    return a !== a ? b : b !== b ? a : max<f64>(a, b);
  }
}
class Fmin {
  apply(a: f64, b: f64): f64 {
    return a !== a ? b : b !== b ? a : min<f64>(a, b);
  }
}

export function columnNeg(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Neg, f64, f64>(n, a, out);
}
export function columnAbs(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Abs, f64, f64>(n, a, out);
}
export function columnSign(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Sign, f64, f64>(n, a, out);
}
export function columnSqrt(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Sqrt, f64, f64>(n, a, out);
}
export function columnExp(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Exp, f64, f64>(n, a, out);
}
export function columnLog(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Log, f64, f64>(n, a, out);
}
export function columnLog10(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Log10, f64, f64>(n, a, out);
}
export function columnLog2(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Log2, f64, f64>(n, a, out);
}
export function columnLog1p(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Log1p, f64, f64>(n, a, out);
}
export function columnExpm1(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Expm1, f64, f64>(n, a, out);
}
export function columnSin(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Sin, f64, f64>(n, a, out);
}
export function columnCos(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Cos, f64, f64>(n, a, out);
}
export function columnTan(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Tan, f64, f64>(n, a, out);
}
export function columnArcsin(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Arcsin, f64, f64>(n, a, out);
}
export function columnArccos(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Arccos, f64, f64>(n, a, out);
}
export function columnArctan(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Arctan, f64, f64>(n, a, out);
}
export function columnSinh(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Sinh, f64, f64>(n, a, out);
}
export function columnCosh(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Cosh, f64, f64>(n, a, out);
}
export function columnTanh(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Tanh, f64, f64>(n, a, out);
}
export function columnFloor(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Floor, f64, f64>(n, a, out);
}
export function columnCeil(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Ceil, f64, f64>(n, a, out);
}
export function columnTrunc(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Trunc, f64, f64>(n, a, out);
}
/** `decimals` may be negative. */
export function columnRound(n: i32, a: usize, decimals: i32, out: usize, scratch: usize): i32 {
  return mapConst<Round, f64, f64>(n, a, f64(decimals), out);
}
export function columnMaximum(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Maximum, f64, f64>(n, a, b, out);
}
export function columnMaximumConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Maximum, f64, f64>(n, a, value, out);
}
export function columnMinimum(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Minimum, f64, f64>(n, a, b, out);
}
export function columnMinimumConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Minimum, f64, f64>(n, a, value, out);
}
export function columnFmax(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Fmax, f64, f64>(n, a, b, out);
}
export function columnFmaxConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Fmax, f64, f64>(n, a, value, out);
}
export function columnFmin(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Fmin, f64, f64>(n, a, b, out);
}
export function columnFminConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Fmin, f64, f64>(n, a, value, out);
}
/** A bound of NaN is no bound; a NaN value stays. */
export function columnClip(
  n: i32,
  a: usize,
  lower: f64,
  upper: f64,
  out: usize,
  scratch: usize,
): i32 {
  for (let i: usize = 0, end = <usize> n << 3; i < end; i += 8) {
    const value = load<f64>(a + i);
    const raised = value < lower ? lower : value;
    store<f64>(out + i, raised > upper ? upper : raised);
  }
  return 0;
}
