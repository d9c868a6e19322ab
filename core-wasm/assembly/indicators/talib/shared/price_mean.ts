/**
 * Means of a bar's prices, two rows at a time. `Mean.pair` gets the mean's factor as a vector that stays
 * in a register: a vector constant in a loop is built anew for every use. The loops are unrolled because
 * their own steps show beside so little arithmetic.
 */

export function priceMean2<Mean>(n: i32, a: usize, b: usize, factor: f64, out: usize): i32 {
  const mean = changetype<Mean>(0);
  const factors = f64x2.splat(factor);
  const end = a + (<usize> n << 3);
  for (; a + 64 <= end; a += 64, b += 64, out += 64) {
    v128.store(out, mean.pair(v128.load(a), v128.load(b), factors));
    v128.store(out, mean.pair(v128.load(a, 16), v128.load(b, 16), factors), 16);
    v128.store(out, mean.pair(v128.load(a, 32), v128.load(b, 32), factors), 32);
    v128.store(out, mean.pair(v128.load(a, 48), v128.load(b, 48), factors), 48);
  }
  for (; a < end; a += 8, b += 8, out += 8) {
    const last = mean.pair(v128.load64_zero(a), v128.load64_zero(b), factors);
    v128.store_lane<f64>(out, last, 0);
  }
  return 0;
}

export function priceMean3<Mean>(
  n: i32,
  a: usize,
  b: usize,
  c: usize,
  factor: f64,
  out: usize,
): i32 {
  const mean = changetype<Mean>(0);
  const factors = f64x2.splat(factor);
  const end = a + (<usize> n << 3);
  for (; a + 64 <= end; a += 64, b += 64, c += 64, out += 64) {
    v128.store(out, mean.pair(v128.load(a), v128.load(b), v128.load(c), factors));
    v128.store(out, mean.pair(v128.load(a, 16), v128.load(b, 16), v128.load(c, 16), factors), 16);
    v128.store(out, mean.pair(v128.load(a, 32), v128.load(b, 32), v128.load(c, 32), factors), 32);
    v128.store(out, mean.pair(v128.load(a, 48), v128.load(b, 48), v128.load(c, 48), factors), 48);
  }
  for (; a < end; a += 8, b += 8, c += 8, out += 8) {
    const last = mean.pair(
      v128.load64_zero(a),
      v128.load64_zero(b),
      v128.load64_zero(c),
      factors,
    );
    v128.store_lane<f64>(out, last, 0);
  }
  return 0;
}

export function priceMean4<Mean>(
  n: i32,
  a: usize,
  b: usize,
  c: usize,
  d: usize,
  factor: f64,
  out: usize,
): i32 {
  const mean = changetype<Mean>(0);
  const factors = f64x2.splat(factor);
  const end = a + (<usize> n << 3);
  for (; a + 32 <= end; a += 32, b += 32, c += 32, d += 32, out += 32) {
    const one = v128.load(a);
    v128.store(out, mean.pair(one, v128.load(b), v128.load(c), v128.load(d), factors));
    const other = v128.load(a, 16);
    v128.store(
      out,
      mean.pair(other, v128.load(b, 16), v128.load(c, 16), v128.load(d, 16), factors),
      16,
    );
  }
  for (; a < end; a += 8, b += 8, c += 8, d += 8, out += 8) {
    const last = mean.pair(
      v128.load64_zero(a),
      v128.load64_zero(b),
      v128.load64_zero(c),
      v128.load64_zero(d),
      factors,
    );
    v128.store_lane<f64>(out, last, 0);
  }
  return 0;
}
