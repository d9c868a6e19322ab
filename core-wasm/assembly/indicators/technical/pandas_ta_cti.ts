import { at, put } from "../window/shared/rows";
import { columnIn, pairwiseSum } from "./shared/columns";

/**
 * Correlation of the price with the row number; sums are numpy's over each window. The root is the
 * nearest number, where the library's power may miss it.
 */
export function technicalPandasTaCti(
  n: i32,
  close: usize,
  length: i32,
  out: usize,
  scratch: usize,
): i32 {
  if (length < 1) return 1;
  const count = f64(length);
  const sumX = 0.5 * count * (count + 1.0);
  const divisor = count * (sumX * (2.0 * count + 1.0) / 3.0) - sumX * sumX;
  const products = columnIn(scratch, length, 0);
  const squares = columnIn(scratch, length, 1);
  for (let i = 0; i < min<i32>(n, length - 1); i++) put(out, i, NaN);
  for (let i = length - 1; i < n; i++) {
    const first = i - length + 1;
    for (let j = 0; j < length; j++) {
      const price = at(close, first + j);
      put(products, j, f64(j + 1) * price);
      put(squares, j, price * price);
    }
    const sumY = pairwiseSum(close + (<usize> first << 3), length);
    const part = count * pairwiseSum(products, length) - sumX * sumY;
    const whole = divisor * (count * pairwiseSum(squares, length) - sumY * sumY);
    put(out, i, part / sqrt<f64>(whole));
  }
  return 0;
}
