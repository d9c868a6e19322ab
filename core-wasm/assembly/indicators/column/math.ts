/** Functions of one f64 column, and the larger or smaller of two. */
import { arcTangents } from "../shared/atan";
import { roundDecimals, signOf } from "../shared/float";
import { map1, map2, mapConst, pairs1, pairs2, pairsConst } from "./shared/map";

class Neg {
  pair(a: v128): v128 {
    return f64x2.neg(a);
  }
}
class Abs {
  pair(a: v128): v128 {
    return f64x2.abs(a);
  }
}
class Sign {
  apply(a: f64): f64 {
    return signOf(a);
  }
}
class Sqrt {
  pair(a: v128): v128 {
    return f64x2.sqrt(a);
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
  pair(a: v128): v128 {
    return arcTangents(a);
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
  pair(a: v128): v128 {
    return f64x2.floor(a);
  }
}
class Ceil {
  pair(a: v128): v128 {
    return f64x2.ceil(a);
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
  pair(a: v128, b: v128): v128 {
    return f64x2.max(a, b);
  }
}
class Minimum {
  pair(a: v128, b: v128): v128 {
    return f64x2.min(a, b);
  }
}
class Fmax {
  pair(a: v128, b: v128): v128 {
    const both = v128.bitselect(b, f64x2.max(a, b), f64x2.ne(a, a));
    return v128.bitselect(a, both, f64x2.ne(b, b));
  }
}
class Fmin {
  pair(a: v128, b: v128): v128 {
    const both = v128.bitselect(b, f64x2.min(a, b), f64x2.ne(a, a));
    return v128.bitselect(a, both, f64x2.ne(b, b));
  }
}

export function columnNeg(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return pairs1<Neg>(n, a, out);
}
export function columnAbs(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return pairs1<Abs>(n, a, out);
}
export function columnSign(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Sign, f64, f64>(n, a, out);
}
export function columnSqrt(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return pairs1<Sqrt>(n, a, out);
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
  return pairs1<Arctan>(n, a, out);
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
  return pairs1<Floor>(n, a, out);
}
export function columnCeil(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return pairs1<Ceil>(n, a, out);
}
export function columnTrunc(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Trunc, f64, f64>(n, a, out);
}
/** `decimals` may be negative. */
export function columnRound(n: i32, a: usize, decimals: i32, out: usize, scratch: usize): i32 {
  return mapConst<Round, f64, f64>(n, a, f64(decimals), out);
}
export function columnMaximum(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return pairs2<Maximum>(n, a, b, out);
}
export function columnMaximumConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return pairsConst<Maximum>(n, a, value, out);
}
export function columnMinimum(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return pairs2<Minimum>(n, a, b, out);
}
export function columnMinimumConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return pairsConst<Minimum>(n, a, value, out);
}
export function columnFmax(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return pairs2<Fmax>(n, a, b, out);
}
export function columnFmaxConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return pairsConst<Fmax>(n, a, value, out);
}
export function columnFmin(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return pairs2<Fmin>(n, a, b, out);
}
export function columnFminConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return pairsConst<Fmin>(n, a, value, out);
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
