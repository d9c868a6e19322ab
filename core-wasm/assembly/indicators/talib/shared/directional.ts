/** Wilder's directional movement: the larger of the two outward moves counts, if it is outward. */

export function plusMove(up: f64, down: f64): f64 {
  const larger = up - down > 0.0 ? up : 0.0;
  return up > 0.0 ? larger : 0.0;
}

export function minusMove(up: f64, down: f64): f64 {
  const larger = down - up > 0.0 ? down : 0.0;
  return down > 0.0 ? larger : 0.0;
}
