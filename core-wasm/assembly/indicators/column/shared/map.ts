/**
 * Loops over whole columns. `Op` is a class whose `apply` is called through a null reference: it has no
 * state, so the call is direct and inlined, and each kernel gets a loop of its own.
 */

export function map1<Op, In, Out>(n: i32, a: usize, out: usize): i32 {
  const op = changetype<Op>(0);
  for (let i: usize = 0, end = <usize> n; i < end; i++) {
    store<Out>(
      out + i * sizeof<Out>(),
      op.apply(load<In>(a + i * sizeof<In>())),
    );
  }
  return 0;
}

export function map2<Op, In, Out>(n: i32, a: usize, b: usize, out: usize): i32 {
  const op = changetype<Op>(0);
  for (let i: usize = 0, end = <usize> n; i < end; i++) {
    const at = i * sizeof<In>();
    store<Out>(out + i * sizeof<Out>(), op.apply(load<In>(a + at), load<In>(b + at)));
  }
  return 0;
}

/** The constant is the right operand. */
export function mapConst<Op, In, Out>(n: i32, a: usize, value: In, out: usize): i32 {
  const op = changetype<Op>(0);
  for (let i: usize = 0, end = <usize> n; i < end; i++) {
    store<Out>(out + i * sizeof<Out>(), op.apply(load<In>(a + i * sizeof<In>()), value));
  }
  return 0;
}

/** The constant is the left operand. */
export function mapConstLeft<Op, In, Out>(n: i32, a: usize, value: In, out: usize): i32 {
  const op = changetype<Op>(0);
  for (let i: usize = 0, end = <usize> n; i < end; i++) {
    store<Out>(out + i * sizeof<Out>(), op.apply(value, load<In>(a + i * sizeof<In>())));
  }
  return 0;
}

/** The same two rows at a time, where `Op` has the vector form `pair`. */
export function pairs1<Op>(n: i32, a: usize, out: usize): i32 {
  const op = changetype<Op>(0);
  const end = <usize> n << 3;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) v128.store(out + i, op.pair(v128.load(a + i)));
  if (i < end) v128.store_lane<f64>(out + i, op.pair(v128.load64_zero(a + i)), 0);
  return 0;
}

export function pairs2<Op>(n: i32, a: usize, b: usize, out: usize): i32 {
  const op = changetype<Op>(0);
  const end = <usize> n << 3;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) {
    v128.store(out + i, op.pair(v128.load(a + i), v128.load(b + i)));
  }
  if (i < end) {
    v128.store_lane<f64>(out + i, op.pair(v128.load64_zero(a + i), v128.load64_zero(b + i)), 0);
  }
  return 0;
}

export function pairs3<Op>(n: i32, a: usize, b: usize, c: usize, out: usize): i32 {
  const op = changetype<Op>(0);
  const end = <usize> n << 3;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) {
    v128.store(out + i, op.pair(v128.load(a + i), v128.load(b + i), v128.load(c + i)));
  }
  if (i === end) return 0;
  const last = op.pair(
    v128.load64_zero(a + i),
    v128.load64_zero(b + i),
    v128.load64_zero(c + i),
  );
  v128.store_lane<f64>(out + i, last, 0);
  return 0;
}

export function pairs4<Op>(n: i32, a: usize, b: usize, c: usize, d: usize, out: usize): i32 {
  const op = changetype<Op>(0);
  const end = <usize> n << 3;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) {
    const left = v128.load(a + i);
    v128.store(out + i, op.pair(left, v128.load(b + i), v128.load(c + i), v128.load(d + i)));
  }
  if (i === end) return 0;
  const last = op.pair(
    v128.load64_zero(a + i),
    v128.load64_zero(b + i),
    v128.load64_zero(c + i),
    v128.load64_zero(d + i),
  );
  v128.store_lane<f64>(out + i, last, 0);
  return 0;
}

export function pairsConst<Op>(n: i32, a: usize, value: f64, out: usize): i32 {
  const op = changetype<Op>(0);
  const right = f64x2.splat(value);
  const end = <usize> n << 3;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) v128.store(out + i, op.pair(v128.load(a + i), right));
  if (i < end) v128.store_lane<f64>(out + i, op.pair(v128.load64_zero(a + i), right), 0);
  return 0;
}

export function pairsConstLeft<Op>(n: i32, a: usize, value: f64, out: usize): i32 {
  const op = changetype<Op>(0);
  const left = f64x2.splat(value);
  const end = <usize> n << 3;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) v128.store(out + i, op.pair(left, v128.load(a + i)));
  if (i < end) v128.store_lane<f64>(out + i, op.pair(left, v128.load64_zero(a + i)), 0);
  return 0;
}

/**
 * The same four pairs a turn, for operations so light that the loop's own steps show beside memory. Heavy
 * ones gain nothing and grow the module.
 */
export function light2<Op>(n: i32, a: usize, b: usize, out: usize): i32 {
  const op = changetype<Op>(0);
  const end = a + (<usize> n << 3);
  for (; a + 64 <= end; a += 64, b += 64, out += 64) {
    v128.store(out, op.pair(v128.load(a), v128.load(b)));
    v128.store(out, op.pair(v128.load(a, 16), v128.load(b, 16)), 16);
    v128.store(out, op.pair(v128.load(a, 32), v128.load(b, 32)), 32);
    v128.store(out, op.pair(v128.load(a, 48), v128.load(b, 48)), 48);
  }
  return pairs2<Op>(i32((end - a) >> 3), a, b, out);
}
