import { at, fillNan, put } from "./shared/ta";

/** The net move over the path; a flat window, recognised by counting, is 1. */
export function talibEr(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  let path = 0.0;
  let flatBars = 0;
  for (let i = 1; i < timeperiod; i++) {
    const move = at(real, i) - at(real, i - 1);
    path += abs<f64>(move);
    flatBars = move === 0.0 ? flatBars + 1 : 0;
  }
  let before = at(real, timeperiod - 1);
  for (let i = timeperiod; i < n; i++) {
    const value = at(real, i);
    const first = at(real, i - timeperiod);
    const move = value - before;
    before = value;
    path += abs<f64>(move);
    flatBars = move === 0.0 ? flatBars + 1 : 0;
    if (flatBars >= timeperiod) path = 0.0;
    const net = abs<f64>(value - first);
    put(out, i, path <= net ? 1.0 : abs<f64>(net / path));
    path -= abs<f64>(first - at(real, i - timeperiod + 1));
  }
  return 0;
}
