/** Arithmetic of int64 columns; it wraps as numpy's does. Constants arrive as whole f64. */
import { map1, map2, mapConst, mapConstLeft } from "./shared/map";

class Add {
  apply(a: i64, b: i64): i64 {
    return a + b;
  }
}
class Sub {
  apply(a: i64, b: i64): i64 {
    return a - b;
  }
}
class Mul {
  apply(a: i64, b: i64): i64 {
    return a * b;
  }
}
/** Rounds towards minus infinity; the caller excludes a zero divisor. */
class Floordiv {
  apply(a: i64, b: i64): i64 {
    const quotient = a / b;
    return quotient - i64(a % b !== 0 && (a < 0) !== (b < 0));
  }
}
/** Has the divisor's sign; the caller excludes a zero divisor. */
class Mod {
  apply(a: i64, b: i64): i64 {
    const rest = a % b;
    return rest !== 0 && (rest < 0) !== (b < 0) ? rest + b : rest;
  }
}
class Neg {
  apply(a: i64): i64 {
    return -a;
  }
}
class Abs {
  apply(a: i64): i64 {
    return a < 0 ? -a : a;
  }
}

export function columnAddInt(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Add, i64, i64>(n, a, b, out);
}
export function columnSubInt(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Sub, i64, i64>(n, a, b, out);
}
export function columnMulInt(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Mul, i64, i64>(n, a, b, out);
}
export function columnAddIntConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Add, i64, i64>(n, a, <i64> value, out);
}
export function columnSubIntConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Sub, i64, i64>(n, a, <i64> value, out);
}
export function columnMulIntConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Mul, i64, i64>(n, a, <i64> value, out);
}
export function columnRsubIntConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConstLeft<Sub, i64, i64>(n, a, <i64> value, out);
}
export function columnFloordivIntConst(
  n: i32,
  a: usize,
  value: f64,
  out: usize,
  scratch: usize,
): i32 {
  if (value === 0) return 1;
  return mapConst<Floordiv, i64, i64>(n, a, <i64> value, out);
}
export function columnModIntConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  if (value === 0) return 1;
  return mapConst<Mod, i64, i64>(n, a, <i64> value, out);
}
export function columnNegInt(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Neg, i64, i64>(n, a, out);
}
export function columnAbsInt(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<Abs, i64, i64>(n, a, out);
}
