import { at, isObserved, put } from "./shared/rows";

const ORIGIN_MAX: f64 = 1.3407807929942596e154;
const LOST: f64 = 2.220446049250313e-13;

/**
 * pandas' sliding products of deviations of two columns, relative to the window's first pair; a pair
 * with a missing side does not count. When a sum has become small beside the deviations it held, the
 * window is computed afresh.
 */
@unmanaged
class PairMoments {
  observed: f64 = 0.0;
  originX: f64 = 0.0;
  originY: f64 = 0.0;
  meanX: f64 = 0.0;
  meanY: f64 = 0.0;
  products: f64 = 0.0;
  squaresX: f64 = 0.0;
  squaresY: f64 = 0.0;
  peakX: f64 = 0.0;
  peakY: f64 = 0.0;
  isLost: bool = false;

  clear(): void {
    this.observed =
      this.originX =
      this.originY =
      this.meanX =
      this.meanY =
        0.0;
    this.products =
      this.squaresX =
      this.squaresY =
      this.peakX =
      this.peakY =
        0.0;
  }

  add(x: f64, y: f64): void {
    if (!isObserved(x) || !isObserved(y)) return;
    this.observed += 1.0;
    if (this.observed === 1.0) {
      this.originX = abs<f64>(x) < ORIGIN_MAX ? x : 0.0;
      this.originY = abs<f64>(y) < ORIGIN_MAX ? y : 0.0;
    }
    const shiftedX = x - this.originX;
    const shiftedY = y - this.originY;
    const deltaX = shiftedX - this.meanX;
    const deltaY = shiftedY - this.meanY;
    this.meanX += deltaX / this.observed;
    this.meanY += deltaY / this.observed;
    this.products += (shiftedX - this.meanX) * deltaY;
    this.squaresX += (shiftedX - this.meanX) * deltaX;
    this.squaresY += (shiftedY - this.meanY) * deltaY;
    this.watch(shiftedX, shiftedY);
  }

  remove(x: f64, y: f64): void {
    if (!isObserved(x) || !isObserved(y)) return;
    const shiftedX = x - this.originX;
    const shiftedY = y - this.originY;
    const deltaX = shiftedX - this.meanX;
    const deltaY = shiftedY - this.meanY;
    this.observed -= 1.0;
    if (this.observed === 0.0) {
      this.clear();
      this.isLost = false;
      return;
    }
    this.meanX -= deltaX / this.observed;
    this.meanY -= deltaY / this.observed;
    this.products -= (shiftedX - this.meanX) * deltaY;
    this.squaresX -= (shiftedX - this.meanX) * deltaX;
    this.squaresY -= (shiftedY - this.meanY) * deltaY;
    this.watch(shiftedX, shiftedY);
  }

  private watch(shiftedX: f64, shiftedY: f64): void {
    const products = this.products;
    const squaresX = this.squaresX;
    const squaresY = this.squaresY;
    this.peakX = larger(this.peakX, abs<f64>(shiftedX - this.meanX));
    this.peakY = larger(this.peakY, abs<f64>(shiftedY - this.meanY));
    const peakX = this.peakX;
    const peakY = this.peakY;
    if (
      products !== products || squaresX !== squaresX || squaresY !== squaresY ||
      peakX * peakY * LOST > abs<f64>(products) || peakX * peakX * LOST > squaresX ||
      peakY * peakY * LOST > squaresY
    ) {
      this.isLost = true;
    }
  }
}

function larger(held: f64, value: f64): f64 {
  return value > held ? value : held;
}

function rollingPair(
  n: i32,
  x: usize,
  y: usize,
  window: i32,
  minPeriods: i32,
  ddof: i32,
  isCorrelation: bool,
  out: usize,
  scratch: usize,
): i32 {
  if (window < 1) return 1;
  if (minPeriods > window) return 2;
  const needed = f64(max<i32>(1, minPeriods === 0 ? window : minPeriods));
  const pair = changetype<PairMoments>(scratch);
  pair.clear();
  for (let i = 0; i < n; i++) {
    pair.isLost = i === 0 || window === 1 || pair.isLost;
    if (!pair.isLost) {
      if (i >= window) pair.remove(at(x, i - window), at(y, i - window));
      pair.add(at(x, i), at(y, i));
    }
    if (pair.isLost) {
      pair.clear();
      for (let j = max<i32>(0, i - window + 1); j <= i; j++) pair.add(at(x, j), at(y, j));
      pair.isLost = false;
    }
    let value: f64 = NaN;
    if (pair.observed >= needed) {
      value = isCorrelation ? correlationOf(pair) : covarianceOf(pair, f64(ddof));
    }
    put(out, i, value);
  }
  return 0;
}

function covarianceOf(pair: PairMoments, ddof: f64): f64 {
  return pair.observed <= ddof ? NaN : pair.products / (pair.observed - ddof);
}

/**
 * A column without variance has no correlation. pandas takes the root by the C library's power, which
 * misses the nearest number once in a thousand; this is the nearest.
 */
function correlationOf(pair: PairMoments): f64 {
  const squaresX = pair.squaresX;
  const squaresY = pair.squaresY;
  if (squaresX === 0.0 || squaresY === 0.0) return NaN;
  const found = pair.products / sqrt<f64>(squaresX * squaresY);
  if (found > 1.0) return 1.0;
  return found < -1.0 ? -1.0 : found;
}

export function windowRollingCov(
  n: i32,
  x: usize,
  y: usize,
  window: i32,
  minPeriods: i32,
  ddof: i32,
  out: usize,
  scratch: usize,
): i32 {
  return rollingPair(n, x, y, window, minPeriods, ddof, false, out, scratch);
}

export function windowRollingCorr(
  n: i32,
  x: usize,
  y: usize,
  window: i32,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  return rollingPair(n, x, y, window, minPeriods, 0, true, out, scratch);
}
