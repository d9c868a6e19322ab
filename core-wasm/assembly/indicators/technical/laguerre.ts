import { at, put } from "../window/shared/rows";

/** Ehlers' Laguerre RSI: four filter stages that feed on their own last values, from 0 on. */
export function technicalLaguerre(
  n: i32,
  close: usize,
  gamma: f64,
  out: usize,
  scratch: usize,
): i32 {
  let first = 0.0, second = 0.0, third = 0.0, fourth = 0.0;
  for (let i = 0; i < n; i++) {
    const firstBefore = first;
    const secondBefore = second;
    const thirdBefore = third;
    first = (1.0 - gamma) * at(close, i) + gamma * first;
    second = -gamma * first + firstBefore + gamma * second;
    third = -gamma * second + secondBefore + gamma * third;
    fourth = -gamma * third + thirdBefore + gamma * fourth;
    let up = 0.0;
    let down = 0.0;
    if (first >= second) up = first - second;
    else down = second - first;
    if (second >= third) up = up + second - third;
    else down = down + third - second;
    if (third >= fourth) up = up + third - fourth;
    else down = down + fourth - third;
    put(out, i, up + down !== 0.0 ? up / (up + down) : 0.0);
  }
  return 0;
}
