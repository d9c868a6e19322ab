/** Casts between column types. */
import { map1 } from "./shared/map";

class F64OfInt {
  apply(a: i64): f64 {
    return f64(a);
  }
}
class F64OfI32 {
  apply(a: i32): f64 {
    return f64(a);
  }
}
class F64OfBool {
  apply(a: u8): f64 {
    return f64(a);
  }
}
/** Numbers beyond int64 become the smallest one, as the processor's own conversion has it. */
class IntOfF64 {
  apply(a: f64): i64 {
    return abs<f64>(a) < 9223372036854775808.0 ? i64(a) : i64.MIN_VALUE;
  }
}
class IntOfBool {
  apply(a: u8): i64 {
    return i64(a);
  }
}
class IntOfI32 {
  apply(a: i32): i64 {
    return i64(a);
  }
}
class BoolOfF64 {
  apply(a: f64): u8 {
    return u8(a !== 0.0);
  }
}
class BoolOfInt {
  apply(a: i64): u8 {
    return u8(a !== 0);
  }
}

export function columnF64OfInt(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<F64OfInt, i64, f64>(n, a, out);
}
export function columnF64OfI32(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<F64OfI32, i32, f64>(n, a, out);
}
export function columnF64OfBool(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<F64OfBool, u8, f64>(n, a, out);
}
export function columnIntOfF64(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<IntOfF64, f64, i64>(n, a, out);
}
export function columnIntOfBool(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<IntOfBool, u8, i64>(n, a, out);
}
export function columnIntOfI32(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<IntOfI32, i32, i64>(n, a, out);
}
export function columnBoolOfF64(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<BoolOfF64, f64, u8>(n, a, out);
}
export function columnBoolOfInt(n: i32, a: usize, out: usize, scratch: usize): i32 {
  return map1<BoolOfInt, i64, u8>(n, a, out);
}

/** Dates are f64 already; their null is NaN. */
export function columnF64OfTime(n: i32, a: usize, out: usize, scratch: usize): i32 {
  memory.copy(out, a, <usize> n << 3);
  return 0;
}
export function columnTimeOfF64(n: i32, a: usize, out: usize, scratch: usize): i32 {
  memory.copy(out, a, <usize> n << 3);
  return 0;
}
