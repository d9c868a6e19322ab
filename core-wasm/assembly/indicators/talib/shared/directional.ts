import { Pick } from "../../shared/pick";
import { isZero } from "./ta";

/** Wilder's directional movement: the larger of the two outward moves counts, if it is outward. */
export function outwardMove(own: f64, other: f64): f64 {
  return Pick.bits(u64(own - other > 0.0) & u64(own > 0.0), own, 0.0);
}

/** Both sides at once: plus in the first lane, minus in the second. */
export function outwardMoves(up: f64, down: f64): v128 {
  const moves = f64x2.replace_lane(f64x2.splat(up), 1, down);
  const others = f64x2.replace_lane(f64x2.splat(down), 1, up);
  const none = f64x2.splat(0.0);
  const leads = f64x2.gt(f64x2.sub(moves, others), none);
  return v128.and(moves, v128.and(leads, f64x2.gt(moves, none)));
}

/** The sides' distance over their sum in percent; NaN where there is no range or no movement. */
export function directionalIndex(sums: v128, range: f64): f64 {
  if (!(range > 0.0)) return NaN;
  const shares = f64x2.mul(f64x2.splat(100.0), f64x2.div(sums, f64x2.splat(range)));
  const plus = f64x2.extract_lane(shares, 0);
  const minus = f64x2.extract_lane(shares, 1);
  const sum = minus + plus;
  if (isZero(sum)) return NaN;
  return 100.0 * (abs<f64>(minus - plus) / sum);
}
