/**
 * Sums and roundings in the order numpy, pandas and bottleneck perform them: the last digit of a
 * statistic depends on it, and reports are compared digit by digit.
 */

const BLOCK = 128;

/** numpy's `add.reduce` of contiguous doubles: pairwise, eight accumulators in a block of 128. */
export function pairwiseSum(values: Float64Array): number {
  return 0 + sumRange(values, 0, values.length);
}

function sumRange(values: Float64Array, from: number, count: number): number {
  if (count < 8) {
    let sum = -0;
    for (let i = from; i < from + count; i++) sum += at(values, i);
    return sum;
  }
  if (count <= BLOCK) return sumBlock(values, from, count);
  const half = Math.floor(count / 2);
  const left = half - half % 8;
  return sumRange(values, from, left) + sumRange(values, from + left, count - left);
}

function sumBlock(values: Float64Array, from: number, count: number): number {
  const lanes = values.slice(from, from + 8);
  const whole = count - count % 8;
  for (let i = 8; i < whole; i += 8) {
    for (let lane = 0; lane < 8; lane++) {
      lanes[lane] = at(lanes, lane) + at(values, from + i + lane);
    }
  }
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = lanes;
  let sum = ((a + b) + (c + d)) + ((e + f) + (g + h));
  for (let i = whole; i < count; i++) sum += at(values, from + i);
  return sum;
}

/** numpy's `add.reduceat`, by which pandas sums ordered groups: the first, then the rest pairwise. */
export function segmentSum(values: Float64Array): number {
  const [first = 0] = values;
  return values.length < 2 ? first : first + sumRange(values, 1, values.length - 1);
}

/** pandas' mean: numpy's sum over the count; NaN when empty. */
export function mean(values: Float64Array): number {
  return values.length === 0 ? NaN : pairwiseSum(values) / values.length;
}

/** bottleneck's standard deviation, which pandas calls: two passes, plain sums; NaN when undefined. */
export function standardDeviation(values: Float64Array, deltaDegrees: 0 | 1): number {
  if (values.length <= deltaDegrees) return NaN;
  let sum = 0;
  for (const value of values) sum += value;
  const average = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - average) * (value - average);
  return Math.sqrt(squares / (values.length - deltaDegrees));
}

export function median(values: Float64Array): number {
  if (values.length === 0) return NaN;
  const sorted = values.slice().sort();
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return at(sorted, middle);
  return 0.5 * (at(sorted, middle - 1) + at(sorted, middle));
}

/** To the nearest integer, ties to even. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const fraction = value - floor;
  if (fraction < 0.5) return floor;
  if (fraction > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/** numpy's `round`: scales, rounds the product half to even, scales back. */
export function roundScaled(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  const scaled = value * factor;
  if (!Number.isFinite(scaled)) return Number.isFinite(value) ? value : scaled;
  return roundHalfEven(scaled) / factor;
}

/** Decimal text of the double's exact value, ties to even, as Python formats and rounds floats. */
export function formatFixed(value: number, decimals: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const text = value.toFixed(decimals);
  if (Math.abs(value) >= 1e21 || !isTie(value, decimals)) return text;
  if (Number(text.at(-1)) % 2 === 0) return text;
  // toFixed takes the neighbour further from zero; the even one is on the other side.
  return (value - Math.sign(value) * 10 ** -decimals / 2).toFixed(decimals);
}

/** Python's `round(value, decimals)`. */
export function roundExact(value: number, decimals: number): number {
  return Number.isFinite(value) ? Number(formatFixed(value, decimals)) : value;
}

function isTie(value: number, decimals: number): boolean {
  const tail = value.toFixed(100).split(".")[1]?.slice(decimals) ?? "";
  return /^50*$/.test(tail);
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? NaN;
}
