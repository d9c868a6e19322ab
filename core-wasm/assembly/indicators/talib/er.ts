import { at, fillNan, put } from "./shared/ta";

/** The net move over the path; a flat window, recognised by counting, is 1. */
export function talibEr(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 2) return 1;
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  let path = 0.0;
  let flatBars = 0;
  for (let i = 1; i < n; i++) {
    if (i > timeperiod) {
      path -= abs<f64>(at(real, i - timeperiod - 1) - at(real, i - timeperiod));
    }
    const move = at(real, i) - at(real, i - 1);
    path += abs<f64>(move);
    flatBars = move === 0.0 ? flatBars + 1 : 0;
    if (flatBars >= timeperiod) path = 0.0;
    if (i < timeperiod) continue;
    const net = at(real, i) - at(real, i - timeperiod);
    put(out, i, path <= abs<f64>(net) ? 1.0 : abs<f64>(net / path));
  }
  return 0;
}
