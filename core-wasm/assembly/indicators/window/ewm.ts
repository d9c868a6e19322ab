import { at, isObserved, put } from "./shared/rows";

/** The centre of mass by what the caller names: com, span, halflife or alpha; NaN out of its range. */
function centreOf(value: f64, given: i32): f64 {
  if (given === 0) return value < 0.0 ? NaN : value;
  if (given === 1) return value < 1.0 ? NaN : (value - 1.0) / 2.0;
  if (given === 3) return value <= 0.0 || value > 1.0 ? NaN : (1.0 - value) / value;
  if (value <= 0.0) return NaN;
  return 1.0 / (1.0 - NativeMath.exp(NativeMath.log(0.5) / value)) - 1.0;
}

/** An infinite value counts as missing, in pandas' windows as here. */
function observed(column: usize, row: i32): f64 {
  const value = at(column, row);
  return isObserved(value) ? value : NaN;
}

/**
 * pandas' exponentially weighted mean: weights of what is known decay once a row (once an observation
 * when `ignoreNa`), and a value equal to the mean leaves it untouched.
 */
export function windowEwmMean(
  n: i32,
  real: usize,
  value: f64,
  given: i32,
  minPeriods: i32,
  adjust: i32,
  ignoreNa: i32,
  out: usize,
  scratch: usize,
): i32 {
  const centre = centreOf(value, given);
  if (centre !== centre) return 1;
  const needed = max<i32>(1, minPeriods);
  const alpha = 1.0 / (1.0 + centre);
  const kept = 1.0 - alpha;
  const isHalf = adjust === 0 && centre === 1.0;
  let fresh = adjust !== 0 ? 1.0 : alpha;
  let weight = 1.0;
  let mean = observed(real, 0);
  let count = i32(mean === mean);
  put(out, 0, count >= needed ? mean : NaN);
  for (let i = 1; i < n; i++) {
    const current = observed(real, i);
    const isKnown = current === current;
    count += i32(isKnown);
    if (mean !== mean) {
      if (isKnown) mean = current;
    } else if (isKnown || ignoreNa === 0) {
      weight *= kept;
      if (isKnown) {
        if (mean !== current) {
          if (isHalf) fresh = 1.0 - weight;
          mean = (weight * mean + fresh * current) / (weight + fresh);
        }
        weight = adjust !== 0 ? weight + fresh : 1.0;
      }
    }
    put(out, i, count >= needed ? mean : NaN);
  }
  return 0;
}

/** pandas' exponentially weighted sum: every row decays what is held, observations add to it. */
export function windowEwmSum(
  n: i32,
  real: usize,
  value: f64,
  given: i32,
  minPeriods: i32,
  ignoreNa: i32,
  out: usize,
  scratch: usize,
): i32 {
  const centre = centreOf(value, given);
  if (centre !== centre) return 1;
  const needed = max<i32>(1, minPeriods);
  const kept = 1.0 - 1.0 / (1.0 + centre);
  let total = observed(real, 0);
  let count = i32(total === total);
  put(out, 0, count >= needed ? total : NaN);
  for (let i = 1; i < n; i++) {
    const current = observed(real, i);
    const isKnown = current === current;
    count += i32(isKnown);
    if (total !== total) {
      if (isKnown) total = current;
    } else if (isKnown || ignoreNa === 0) {
      total = kept * total;
      if (isKnown) total += current;
    }
    put(out, i, count >= needed ? total : NaN);
  }
  return 0;
}

/** pandas' exponentially weighted covariance; the variance is that of a column with itself. */
function ewmCovariance(
  n: i32,
  x: usize,
  y: usize,
  centre: f64,
  needed: i32,
  adjust: i32,
  ignoreNa: i32,
  bias: i32,
  out: usize,
): void {
  const alpha = 1.0 / (1.0 + centre);
  const kept = 1.0 - alpha;
  const fresh = adjust !== 0 ? 1.0 : alpha;
  let meanX: f64 = NaN, meanY: f64 = NaN;
  let covariance = 0.0;
  let weights = 1.0, squares = 1.0, weight = 1.0;
  let count = 0;
  for (let i = 0; i < n; i++) {
    const currentX = observed(x, i);
    const currentY = observed(y, i);
    const isKnown = currentX === currentX && currentY === currentY;
    count += i32(isKnown);
    if (meanX !== meanX) {
      if (isKnown) {
        meanX = currentX;
        meanY = currentY;
      }
    } else if (isKnown || ignoreNa === 0) {
      weights *= kept;
      squares *= kept * kept;
      weight *= kept;
      if (isKnown) {
        const oldX = meanX;
        const oldY = meanY;
        const total = weight + fresh;
        if (meanX !== currentX) meanX = (weight * oldX + fresh * currentX) / total;
        if (meanY !== currentY) meanY = (weight * oldY + fresh * currentY) / total;
        covariance = (weight * (covariance + (oldX - meanX) * (oldY - meanY)) +
          fresh * ((currentX - meanX) * (currentY - meanY))) / total;
        weights += fresh;
        squares += fresh * fresh;
        weight += fresh;
        if (adjust === 0) {
          weights /= weight;
          squares /= weight * weight;
          weight = 1.0;
        }
      }
    }
    let value: f64 = NaN;
    if (count >= needed) {
      const product = weights * weights;
      const rest = product - squares;
      value = bias !== 0 ? covariance : rest > 0.0 ? product / rest * covariance : NaN;
    }
    put(out, i, value);
  }
}

export function windowEwmVar(
  n: i32,
  real: usize,
  value: f64,
  given: i32,
  minPeriods: i32,
  adjust: i32,
  ignoreNa: i32,
  bias: i32,
  out: usize,
  scratch: usize,
): i32 {
  const centre = centreOf(value, given);
  if (centre !== centre) return 1;
  ewmCovariance(n, real, real, centre, max<i32>(1, minPeriods), adjust, ignoreNa, bias, out);
  return 0;
}

export function windowEwmStd(
  n: i32,
  real: usize,
  value: f64,
  given: i32,
  minPeriods: i32,
  adjust: i32,
  ignoreNa: i32,
  bias: i32,
  out: usize,
  scratch: usize,
): i32 {
  const status = windowEwmVar(
    n,
    real,
    value,
    given,
    minPeriods,
    adjust,
    ignoreNa,
    bias,
    out,
    scratch,
  );
  if (status !== 0) return status;
  for (let i = 0; i < n; i++) {
    const variance = at(out, i);
    put(out, i, variance < 0.0 ? 0.0 : sqrt<f64>(variance));
  }
  return 0;
}

export function windowEwmCov(
  n: i32,
  x: usize,
  y: usize,
  value: f64,
  given: i32,
  minPeriods: i32,
  adjust: i32,
  ignoreNa: i32,
  bias: i32,
  out: usize,
  scratch: usize,
): i32 {
  const centre = centreOf(value, given);
  if (centre !== centre) return 1;
  ewmCovariance(n, x, y, centre, max<i32>(1, minPeriods), adjust, ignoreNa, bias, out);
  return 0;
}

/** The three moments are taken of one pair each, of values only where both columns have one. */
export function windowEwmCorr(
  n: i32,
  x: usize,
  y: usize,
  value: f64,
  given: i32,
  minPeriods: i32,
  adjust: i32,
  ignoreNa: i32,
  out: usize,
  scratch: usize,
): i32 {
  const centre = centreOf(value, given);
  if (centre !== centre) return 1;
  const needed = max<i32>(1, minPeriods);
  const pairedX = scratch;
  const pairedY = scratch + (<usize> n << 3);
  const spread = pairedY + (<usize> n << 3);
  for (let i = 0; i < n; i++) {
    const isPair = isObserved(at(x, i)) && isObserved(at(y, i));
    put(pairedX, i, isPair ? at(x, i) : NaN);
    put(pairedY, i, isPair ? at(y, i) : NaN);
  }
  ewmCovariance(n, pairedX, pairedY, centre, needed, adjust, ignoreNa, 1, out);
  ewmCovariance(n, pairedX, pairedX, centre, needed, adjust, ignoreNa, 1, spread);
  ewmCovariance(n, pairedY, pairedY, centre, needed, adjust, ignoreNa, 1, pairedX);
  for (let i = 0; i < n; i++) {
    const product = at(spread, i) * at(pairedX, i);
    put(out, i, at(out, i) / (product < 0.0 ? 0.0 : sqrt<f64>(product)));
  }
  return 0;
}
