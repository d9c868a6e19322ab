/** Float operations in Python's and numpy's sense. */

/** numpy's `%`: the result has the divisor's sign, as Python's. */
export function modulo(a: f64, b: f64): f64 {
  let rest = NativeMath.mod(a, b);
  if (b === 0.0) return NaN;
  if (rest !== 0.0) return (b < 0.0) !== (rest < 0.0) ? rest + b : rest;
  return copysign<f64>(0.0, b);
}

/** numpy's `//` as pandas corrects it: by zero it is infinite with the quotient's sign, 0 // 0 NaN. */
export function floorDivide(a: f64, b: f64): f64 {
  if (b === 0.0) return a / b;
  const rest = NativeMath.mod(a, b);
  let quotient = (a - rest) / b;
  if (rest !== 0.0 && (b < 0.0) !== (rest < 0.0)) quotient -= 1.0;
  if (quotient === 0.0) return copysign<f64>(0.0, a / b);
  const floored = floor<f64>(quotient);
  return quotient - floored > 0.5 ? floored + 1.0 : floored;
}

/** C's pow, with the cases that strategies use computed exactly. */
export function power(a: f64, b: f64): f64 {
  if (b === 2.0) return a * a;
  if (b === 1.0) return a;
  if (b === 0.5) return a === -Infinity ? Infinity : sqrt<f64>(a + 0.0);
  if (a === 1.0) return 1.0;
  return NativeMath.pow(a, b);
}

export function signOf(a: f64): f64 {
  return a > 0.0 ? 1.0 : a < 0.0 ? -1.0 : a === 0.0 ? 0.0 : a;
}

/** numpy's round: scale by a power of ten, round half to even, unscale. */
export function roundDecimals(a: f64, decimals: f64): f64 {
  if (decimals === 0.0) return nearest<f64>(a);
  const scale = NativeMath.pow(10.0, abs<f64>(decimals));
  return decimals > 0.0 ? nearest<f64>(a * scale) / scale : nearest<f64>(a / scale) * scale;
}
