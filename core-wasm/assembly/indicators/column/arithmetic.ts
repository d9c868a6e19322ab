/** Arithmetic of f64 columns, with numpy's and pandas' answers for zero and NaN. */
import { floorDivide, modulo, power } from "../shared/float";
import {
  light2,
  map2,
  mapConst,
  mapConstLeft,
  pairs2,
  pairsConst,
  pairsConstLeft,
} from "./shared/map";

class Add {
  pair(a: v128, b: v128): v128 {
    return f64x2.add(a, b);
  }
}
class Sub {
  pair(a: v128, b: v128): v128 {
    return f64x2.sub(a, b);
  }
}
class Mul {
  pair(a: v128, b: v128): v128 {
    return f64x2.mul(a, b);
  }
}
class Div {
  pair(a: v128, b: v128): v128 {
    return f64x2.div(a, b);
  }
}
class Floordiv {
  apply(a: f64, b: f64): f64 {
    return floorDivide(a, b);
  }
}
class Mod {
  apply(a: f64, b: f64): f64 {
    return modulo(a, b);
  }
}
class Pow {
  apply(a: f64, b: f64): f64 {
    return power(a, b);
  }
}

export function columnAdd(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return light2<Add>(n, a, b, out);
}
export function columnSub(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return light2<Sub>(n, a, b, out);
}
export function columnMul(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return light2<Mul>(n, a, b, out);
}
export function columnDiv(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return pairs2<Div>(n, a, b, out);
}
export function columnFloordiv(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Floordiv, f64, f64>(n, a, b, out);
}
export function columnMod(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Mod, f64, f64>(n, a, b, out);
}
export function columnPow(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Pow, f64, f64>(n, a, b, out);
}
export function columnAddConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return pairsConst<Add>(n, a, value, out);
}
export function columnSubConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return pairsConst<Sub>(n, a, value, out);
}
export function columnMulConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return pairsConst<Mul>(n, a, value, out);
}
export function columnDivConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return pairsConst<Div>(n, a, value, out);
}
export function columnFloordivConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Floordiv, f64, f64>(n, a, value, out);
}
export function columnModConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Mod, f64, f64>(n, a, value, out);
}
export function columnPowConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Pow, f64, f64>(n, a, value, out);
}
export function columnRsubConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return pairsConstLeft<Sub>(n, a, value, out);
}
export function columnRdivConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return pairsConstLeft<Div>(n, a, value, out);
}
export function columnRfloordivConst(
  n: i32,
  a: usize,
  value: f64,
  out: usize,
  scratch: usize,
): i32 {
  return mapConstLeft<Floordiv, f64, f64>(n, a, value, out);
}
export function columnRmodConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConstLeft<Mod, f64, f64>(n, a, value, out);
}
export function columnRpowConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConstLeft<Pow, f64, f64>(n, a, value, out);
}
