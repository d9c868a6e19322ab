/** Two-sided p-value of Student's t: the regularised incomplete beta function I_x(n/2, 1/2). */

const TINY = 1e-300;
const STEPS_MAX = 10_000;
const ASYMPTOTIC_FROM = 24;

export function twoSidedP(t: number, degrees: number): number {
  const squared = t * t;
  if (Number.isNaN(squared)) return NaN;
  if (!Number.isFinite(squared)) return 0;
  const a = degrees / 2;
  // x = degrees / (degrees + t²); both powers come from logarithms that stay exact near 0 and 1.
  const logX = -Math.log1p(squared / degrees);
  const complement = squared / (degrees + squared);
  const front = Math.exp(a * logX) * Math.sqrt(complement) * gammaRatio(a) / Math.sqrt(Math.PI);
  if (1 - complement < (a + 1) / (a + 2.5)) {
    return front * betaFraction(1 - complement, a, 0.5) / a;
  }
  return 1 - front * betaFraction(complement, 0.5, a) / 0.5;
}

/** Γ(a + 1/2) / Γ(a), by its asymptotic series after shifting a upwards. */
function gammaRatio(a: number): number {
  let factor = 1;
  let shifted = a;
  while (shifted < ASYMPTOTIC_FROM) {
    factor *= shifted / (shifted + 0.5);
    shifted += 1;
  }
  const r = 1 / shifted;
  const r2 = r * r;
  const series = r *
    (-1 / 8 + r2 * (1 / 192 + r2 * (-1 / 640 + r2 * (17 / 14_336 - r2 * 31 / 18_432))));
  return factor * Math.sqrt(shifted) * Math.exp(series);
}

/** The continued fraction of the incomplete beta function by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = guard(1 - (a + b) * x / (a + 1));
  d = 1 / d;
  let fraction = d;
  for (let m = 1; m <= STEPS_MAX; m++) {
    const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    fraction *= d * c;
    const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) < Number.EPSILON) return fraction;
  }
  return fraction;
}

function guard(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
