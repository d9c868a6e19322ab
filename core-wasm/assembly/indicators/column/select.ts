/** Logic over bool columns (0 or 1), and choosing between columns by one: bits, so that nothing jumps. */

/** All rows of a bool column, sixteen bytes at a time; every byte is 0 or 1. */
export function columnAnd(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  let i: usize = 0;
  const end = <usize> n;
  for (; i + 16 <= end; i += 16) v128.store(out + i, v128.and(v128.load(a + i), v128.load(b + i)));
  for (; i < end; i++) store<u8>(out + i, load<u8>(a + i) & load<u8>(b + i));
  return 0;
}
export function columnOr(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  let i: usize = 0;
  const end = <usize> n;
  for (; i + 16 <= end; i += 16) v128.store(out + i, v128.or(v128.load(a + i), v128.load(b + i)));
  for (; i < end; i++) store<u8>(out + i, load<u8>(a + i) | load<u8>(b + i));
  return 0;
}
export function columnXor(n: i32, a: usize, b: usize, out: usize, scratch: usize): i32 {
  let i: usize = 0;
  const end = <usize> n;
  for (; i + 16 <= end; i += 16) v128.store(out + i, v128.xor(v128.load(a + i), v128.load(b + i)));
  for (; i < end; i++) store<u8>(out + i, load<u8>(a + i) ^ load<u8>(b + i));
  return 0;
}
export function columnNot(n: i32, a: usize, out: usize, scratch: usize): i32 {
  let i: usize = 0;
  const end = <usize> n;
  const ones = i8x16.splat(1);
  for (; i + 16 <= end; i += 16) v128.store(out + i, v128.xor(v128.load(a + i), ones));
  for (; i < end; i++) store<u8>(out + i, load<u8>(a + i) ^ 1);
  return 0;
}

function choose<T>(n: i32, condition: usize, a: usize, b: usize, out: usize): i32 {
  for (let i: usize = 0, end = <usize> n; i < end; i++) {
    const at = i * sizeof<T>();
    const other = load<T>(b + at);
    const chosen = (other ^ load<T>(a + at)) & (0 - <T> load<u8>(condition + i));
    store<T>(out + at, other ^ chosen);
  }
  return 0;
}

function assign<T>(n: i32, condition: usize, a: usize, value: T, out: usize): i32 {
  for (let i: usize = 0, end = <usize> n; i < end; i++) {
    const at = i * sizeof<T>();
    const other = load<T>(a + at);
    store<T>(out + at, other ^ ((other ^ value) & (0 - <T> load<u8>(condition + i))));
  }
  return 0;
}

function repeat<T>(n: i32, value: T, out: usize): i32 {
  for (let i: usize = 0, end = <usize> n; i < end; i++) store<T>(out + i * sizeof<T>(), value);
  return 0;
}

export function columnWhere(
  n: i32,
  condition: usize,
  a: usize,
  b: usize,
  out: usize,
  scratch: usize,
): i32 {
  return choose<u64>(n, condition, a, b, out);
}
export function columnWhereInt(
  n: i32,
  condition: usize,
  a: usize,
  b: usize,
  out: usize,
  scratch: usize,
): i32 {
  return choose<u64>(n, condition, a, b, out);
}
export function columnWhereBool(
  n: i32,
  condition: usize,
  a: usize,
  b: usize,
  out: usize,
  scratch: usize,
): i32 {
  return choose<u8>(n, condition, a, b, out);
}
export function columnWhereTag(
  n: i32,
  condition: usize,
  a: usize,
  b: usize,
  out: usize,
  scratch: usize,
): i32 {
  return choose<u32>(n, condition, a, b, out);
}
export function columnWhereConst(
  n: i32,
  condition: usize,
  a: usize,
  value: f64,
  out: usize,
  scratch: usize,
): i32 {
  return assign<u64>(n, condition, a, reinterpret<u64>(value), out);
}
export function columnWhereIntConst(
  n: i32,
  condition: usize,
  a: usize,
  value: f64,
  out: usize,
  scratch: usize,
): i32 {
  return assign<u64>(n, condition, a, u64(i64(value)), out);
}
export function columnWhereBoolConst(
  n: i32,
  condition: usize,
  a: usize,
  value: f64,
  out: usize,
  scratch: usize,
): i32 {
  return assign<u8>(n, condition, a, u8(value !== 0.0), out);
}
export function columnWhereTagConst(
  n: i32,
  condition: usize,
  a: usize,
  value: f64,
  out: usize,
  scratch: usize,
): i32 {
  return assign<u32>(n, condition, a, u32(i32(value)), out);
}
export function columnConst(n: i32, value: f64, out: usize, scratch: usize): i32 {
  return repeat<f64>(n, value, out);
}
export function columnConstInt(n: i32, value: f64, out: usize, scratch: usize): i32 {
  return repeat<i64>(n, i64(value), out);
}
export function columnConstBool(n: i32, value: f64, out: usize, scratch: usize): i32 {
  return repeat<u8>(n, u8(value !== 0.0), out);
}
export function columnConstTag(n: i32, value: f64, out: usize, scratch: usize): i32 {
  return repeat<i32>(n, i32(value), out);
}
