/** Comparisons; one byte a row. With NaN all are false but `ne`. */
import { map1, map2, mapConst } from "./shared/map";

class Lt<T> {
  apply(a: T, b: T): u8 {
    return u8(a < b);
  }
}
class Le<T> {
  apply(a: T, b: T): u8 {
    return u8(a <= b);
  }
}
class Gt<T> {
  apply(a: T, b: T): u8 {
    return u8(a > b);
  }
}
class Ge<T> {
  apply(a: T, b: T): u8 {
    return u8(a >= b);
  }
}
class Eq<T> {
  apply(a: T, b: T): u8 {
    return u8(a === b);
  }
}
class Ne<T> {
  apply(a: T, b: T): u8 {
    return u8(a !== b);
  }
}
class IsInf {
  apply(a: f64): u8 {
    return u8(abs<f64>(a) === Infinity);
  }
}
class IsFinite {
  apply(a: f64): u8 {
    return u8(a - a === 0.0);
  }
}
class IsNa {
  apply(a: f64): u8 {
    return u8(a !== a);
  }
}
class NotNa {
  apply(a: f64): u8 {
    return u8(a === a);
  }
}

export function columnLt(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Lt<f64>, f64, u8>(n, a, b, out);
}
export function columnLtConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Lt<f64>, f64, u8>(n, a, value, out);
}
export function columnLtInt(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Lt<i64>, i64, u8>(n, a, b, out);
}
export function columnLtIntConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Lt<i64>, i64, u8>(n, a, <i64> value, out);
}
export function columnLe(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Le<f64>, f64, u8>(n, a, b, out);
}
export function columnLeConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Le<f64>, f64, u8>(n, a, value, out);
}
export function columnLeInt(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Le<i64>, i64, u8>(n, a, b, out);
}
export function columnLeIntConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Le<i64>, i64, u8>(n, a, <i64> value, out);
}
export function columnGt(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Gt<f64>, f64, u8>(n, a, b, out);
}
export function columnGtConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Gt<f64>, f64, u8>(n, a, value, out);
}
export function columnGtInt(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Gt<i64>, i64, u8>(n, a, b, out);
}
export function columnGtIntConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Gt<i64>, i64, u8>(n, a, <i64> value, out);
}
export function columnGe(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Ge<f64>, f64, u8>(n, a, b, out);
}
export function columnGeConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Ge<f64>, f64, u8>(n, a, value, out);
}
export function columnGeInt(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Ge<i64>, i64, u8>(n, a, b, out);
}
export function columnGeIntConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Ge<i64>, i64, u8>(n, a, <i64> value, out);
}
export function columnEq(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Eq<f64>, f64, u8>(n, a, b, out);
}
export function columnEqConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Eq<f64>, f64, u8>(n, a, value, out);
}
export function columnEqInt(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Eq<i64>, i64, u8>(n, a, b, out);
}
export function columnEqIntConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Eq<i64>, i64, u8>(n, a, <i64> value, out);
}
export function columnNe(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Ne<f64>, f64, u8>(n, a, b, out);
}
export function columnNeConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Ne<f64>, f64, u8>(n, a, value, out);
}
export function columnNeInt(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Ne<i64>, i64, u8>(n, a, b, out);
}
export function columnNeIntConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Ne<i64>, i64, u8>(n, a, <i64> value, out);
}
export function columnEqBool(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Eq<u8>, u8, u8>(n, a, b, out);
}
export function columnNeBool(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  return map2<Ne<u8>, u8, u8>(n, a, b, out);
}
export function columnEqTagConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Eq<i32>, i32, u8>(n, a, <i32> value, out);
}
export function columnNeTagConst(n: i32, a: usize, value: f64, out: usize, scratch: usize): i32 {
  return mapConst<Ne<i32>, i32, u8>(n, a, <i32> value, out);
}
export function columnIsinf(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<IsInf, f64, u8>(n, a, out);
}
export function columnIsfinite(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<IsFinite, f64, u8>(n, a, out);
}
export function columnIsna(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<IsNa, f64, u8>(n, a, out);
}
export function columnNotna(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<NotNa, f64, u8>(n, a, out);
}
