import { at, isObserved, put } from "./shared/rows";

/** Beyond this size a value is no origin: differences from it could overflow. */
const ORIGIN_MAX: f64 = 1.3407807929942596e154;
const DRIFT: f64 = 0.0625;
const PEAK: f64 = 0.001;

/**
 * pandas' central moments of a moving window: values are taken relative to the window's first one, a
 * value that leaves is taken out of the moments, and when little is left of the second moment beside
 * the largest deviation it ever held, the window is computed afresh.
 */
@unmanaged
class Moments {
  observed: f64 = 0.0;
  origin: f64 = 0.0;
  mean: f64 = 0.0;
  second: f64 = 0.0;
  third: f64 = 0.0;
  fourth: f64 = 0.0;
  peak: f64 = 0.0;
  isLost: bool = false;

  clear(): void {
    this.observed = this.origin = this.mean = 0.0;
    this.second =
      this.third =
      this.fourth =
      this.peak =
        0.0;
  }

  add(value: f64, withFourth: bool): void {
    if (!isObserved(value)) return;
    if (this.observed === 0.0) this.origin = abs<f64>(value) < ORIGIN_MAX ? value : 0.0;
    const shifted = value - this.origin;
    const delta = shifted - this.mean;
    this.observed += 1.0;
    const n = this.observed;
    const step = delta / n;
    const term = delta * step * (n - 1.0);
    if (withFourth) {
      this.fourth += step *
        (-4.0 * this.third + step * (6.0 * this.second + term * (n * n - 3.0 * n + 3.0)));
    }
    this.third += step * (term * (n - 2.0) - 3.0 * this.second);
    this.second += term;
    this.mean += step;
    this.watch(shifted);
  }

  remove(value: f64, withFourth: bool): void {
    if (!isObserved(value)) return;
    this.observed -= 1.0;
    const n = this.observed;
    if (n === 0.0) {
      this.clear();
      this.isLost = false;
      return;
    }
    const shifted = value - this.origin;
    const delta = shifted - this.mean;
    const step = delta / n;
    const term = step * delta * (n + 1.0);
    if (withFourth) {
      this.fourth += step *
        (4.0 * this.third + step * (6.0 * this.second - term * (n * n + 3.0 * n + 3.0)));
    }
    this.third -= step * (term * (n + 2.0) - 3.0 * this.second);
    this.second -= term;
    this.mean -= step;
    this.watch(shifted);
  }

  private watch(shifted: f64): void {
    const deviation = abs<f64>(shifted - this.mean);
    if (deviation > this.peak) this.peak = deviation;
    const second = this.second;
    const mean = this.mean;
    const peak = this.peak;
    const all = second + this.third + this.fourth;
    if (all !== all && this.isAnyNaN()) this.isLost = true;
    if (mean * mean * DRIFT > second || peak * peak * PEAK > second) this.isLost = true;
  }

  private isAnyNaN(): bool {
    return this.second !== this.second || this.third !== this.third ||
      this.fourth !== this.fourth;
  }
}

function rollingMoments(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  isKurtosis: bool,
  out: usize,
  scratch: usize,
): i32 {
  if (window < 1) return 1;
  if (minPeriods > window) return 2;
  const least = isKurtosis ? 4 : 3;
  const needed = f64(max<i32>(least, minPeriods === 0 ? window : minPeriods));
  const moments = changetype<Moments>(scratch);
  moments.clear();
  for (let i = 0; i < n; i++) {
    moments.isLost = i === 0 || window === 1 || moments.isLost;
    if (!moments.isLost) {
      if (i >= window) moments.remove(at(real, i - window), isKurtosis);
      moments.add(at(real, i), isKurtosis);
    }
    if (moments.isLost) {
      moments.clear();
      for (let j = max<i32>(0, i - window + 1); j <= i; j++) {
        moments.add(at(real, j), isKurtosis);
      }
      moments.isLost = false;
    }
    let value: f64 = NaN;
    if (moments.observed >= needed) value = isKurtosis ? kurtosisOf(moments) : skewOf(moments);
    put(out, i, value);
  }
  return 0;
}

/** Without variance the division by zero answers NaN or an infinity, as in pandas. */
function skewOf(moments: Moments): f64 {
  const n = moments.observed;
  const ratio = moments.third / (moments.second * sqrt<f64>(moments.second));
  return ratio * (n * sqrt<f64>(n - 1.0) / (n - 2.0));
}

function kurtosisOf(moments: Moments): f64 {
  const n = moments.observed;
  const ratio = moments.fourth / (moments.second * moments.second);
  const inner = n * (n + 1.0) * ratio - 3.0 * (n - 1.0);
  return (n - 1.0) / ((n - 2.0) * (n - 3.0)) * inner;
}

export function windowRollingSkew(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  return rollingMoments(n, real, window, minPeriods, false, out, scratch);
}

export function windowRollingKurt(
  n: i32,
  real: usize,
  window: i32,
  minPeriods: i32,
  out: usize,
  scratch: usize,
): i32 {
  return rollingMoments(n, real, window, minPeriods, true, out, scratch);
}
