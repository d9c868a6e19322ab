import { at, isZeroScaled, put } from "./ta";

/**
 * The close's place between the extremes of the last `period` rows, in percent, from row period - 1
 * on. Extremes are tracked as TA-Lib does (rescan when the extreme leaves the window), which decides
 * what a NaN inside the window does.
 */
export function rawStochastic(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  period: i32,
  out: usize,
): void {
  let lowestAt = -1;
  let highestAt = -1;
  let lowest = 0.0;
  let highest = 0.0;
  for (let i = period - 1; i < n; i++) {
    const first = i - period + 1;
    let value = at(low, i);
    if (lowestAt < first) {
      lowestAt = first;
      lowest = at(low, first);
      for (let j = first + 1; j <= i; j++) {
        value = at(low, j);
        if (value < lowest) {
          lowestAt = j;
          lowest = value;
        }
      }
    } else if (value <= lowest) {
      lowestAt = i;
      lowest = value;
    }
    value = at(high, i);
    if (highestAt < first) {
      highestAt = first;
      highest = at(high, first);
      for (let j = first + 1; j <= i; j++) {
        value = at(high, j);
        if (value > highest) {
          highestAt = j;
          highest = value;
        }
      }
    } else if (value >= highest) {
      highestAt = i;
      highest = value;
    }
    const isFlat = isZeroScaled(highest - lowest, abs<f64>(highest) + abs<f64>(lowest));
    put(out, i, isFlat ? 0.0 : 100.0 * ((at(close, i) - lowest) / (highest - lowest)));
  }
}
