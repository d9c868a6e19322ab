/**
 * The larger and the smaller of two numbers as C's conditional has them: `a > b ? a : b`, so the second
 * when either is NaN. Vector instructions, because a choice between scalars compiles to a branch that
 * nobody can predict.
 */

export function larger(a: f64, b: f64): f64 {
  return f64x2.extract_lane(f64x2.pmax(f64x2.splat(b), f64x2.splat(a)), 0);
}

export function smaller(a: f64, b: f64): f64 {
  return f64x2.extract_lane(f64x2.pmin(f64x2.splat(b), f64x2.splat(a)), 0);
}
