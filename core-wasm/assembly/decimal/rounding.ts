/** Rounding a double to decimal places the way Python does, and a market's precision the way ccxt does. */
import {
  add,
  compareSizes,
  DECIMAL_BYTES,
  fromF64,
  isZero,
  magnitudeOf,
  placesOf,
  remainder,
  subtract,
  toF64,
} from "./decimal";
import * as magnitude from "./magnitude";
import { digits, places, power10, shortest } from "./shortest";

const CUT_DOWN: i32 = 0;
const CUT_HALF_UP: i32 = 1;
const CUT_HALF_DOWN: i32 = 2;

export const MODE_TICK: i32 = 0;
export const MODE_PLACES: i32 = 1;
export const MODE_DIGITS: i32 = 2;

const VALUE = memory.data(DECIMAL_BYTES);
const TICK = memory.data(DECIMAL_BYTES);
const REST = memory.data(DECIMAL_BYTES);
const DOUBLED = memory.data(DECIMAL_BYTES);
const RESULT = memory.data(DECIMAL_BYTES);
const POWER = memory.data(magnitude.MAGNITUDE_BYTES);

/** The exact value of x to n decimal places, half to even, as the nearest double. */
export function roundPlaces(x: f64, n: i32): f64 {
  const scaled = abs(x) * power10(n);
  if (scaled < 1e9) {
    const fraction = scaled - floor(scaled);
    if (abs(fraction - 0.5) > 1e-6) return copysign(nearest(scaled) / power10(n), x);
  }
  return roundExactly(x, n);
}

/** x > 0 to `count` significant digits, half to even, as the nearest double. */
export function roundSignificant(x: f64, count: i32): f64 {
  shortest(x);
  const n = count - 1 - leadingExponent();
  return n < 0 ? x : roundExactly(x, n);
}

function roundExactly(x: f64, n: i32): f64 {
  const raw = reinterpret<u64>(abs(x));
  const biased = <i32> (raw >> 52);
  const exponent = biased == 0 ? -1074 : biased - 1075;
  if (exponent >= 0) return x;
  const fraction = raw & 0xfffffffffffff;
  const numerator = magnitudeOf(VALUE);
  magnitude.setU64(numerator, biased == 0 ? fraction : fraction | 0x10000000000000);
  magnitude.mulPow10(numerator, n);
  magnitude.setU64(POWER, 1);
  magnitude.shiftLeft(POWER, -exponent);
  magnitude.divide(magnitudeOf(RESULT), numerator, POWER);
  magnitude.shiftLeft(numerator, 1);
  const order = magnitude.compare(numerator, POWER);
  if (order > 0 || (order == 0 && isOdd(magnitudeOf(RESULT)))) increment(magnitudeOf(RESULT));
  store<i32>(RESULT, x < 0 ? -1 : 1);
  store<i32>(RESULT, n, 4);
  return toF64(RESULT);
}

function isOdd(m: usize): bool {
  return magnitude.limbs(m) > 0 && (magnitude.limb(m, 0) & 1) == 1;
}

function increment(m: usize): void {
  magnitude.setU64(POWER, 1);
  magnitude.add(m, POWER);
}

let lastTick: f64 = 1;
let lastTickPlaces: i32 = 0;

/** n when tick is the double nearest 10^-n with n ≤ 14, else -1. The last answer is remembered. */
function decimalTick(tick: f64): i32 {
  if (tick == lastTick) return lastTickPlaces;
  let n = 14;
  while (n >= 0 && tick != 1 / power10(n)) n--;
  lastTick = tick;
  lastTickPlaces = n;
  return n;
}

/** Nearest tick, half away from zero. NaN precision: unchanged. price > 0. */
export function roundPrice(price: f64, precision: f64, mode: i32): f64 {
  if (isNaN(precision) || isNaN(price)) return price;
  if (mode == MODE_TICK) return nearestTick(price, precision);
  if (mode == MODE_PLACES) return cutDecimal(price, <i32> precision, CUT_HALF_UP);
  shortest(price);
  // Where significant digits end before the point, ccxt lets a half fall.
  const keep = <i32> precision - leadingExponent() - 1;
  return cutDecimal(price, keep, keep < 0 ? CUT_HALF_DOWN : CUT_HALF_UP);
}

function nearestTick(price: f64, tick: f64): f64 {
  const n = decimalTick(tick);
  if (n >= 0) {
    const scaled = price * power10(n);
    if (scaled < 1e9 && abs(scaled - floor(scaled) - 0.5) > 1e-6) {
      return nearest(scaled) / power10(n);
    }
  }
  fromF64(VALUE, price);
  fromF64(TICK, tick);
  remainder(REST, VALUE, TICK);
  if (isZero(REST)) return price;
  add(DOUBLED, REST, REST);
  const up = compareSizes(DOUBLED, TICK) >= 0;
  subtract(RESULT, VALUE, REST);
  if (!up) return toF64(RESULT);
  add(REST, RESULT, TICK);
  return toF64(REST);
}

/** A stop's price: away from the market's side, to 14 places. direction 1 rounds up, -1 down. */
export function roundStop(price: f64, precision: f64, mode: i32, direction: i32): f64 {
  if (isNaN(precision) || isNaN(price)) return price;
  if (mode == MODE_PLACES) {
    const scale = power10(<i32> nearest(precision));
    const ticks = price * scale;
    return (direction > 0 ? ceil(ticks) : floor(ticks)) / scale;
  }
  if (mode == MODE_DIGITS) return stopDigits(price, <i32> nearest(precision), direction);
  const n = decimalTick(precision);
  if (n >= 0) {
    const scaled = price * power10(n);
    if (scaled < 1e9 && abs(scaled - nearest(scaled)) > 1e-6) {
      return (direction > 0 ? ceil(scaled) : floor(scaled)) / power10(n);
    }
  }
  fromF64(VALUE, price);
  fromF64(TICK, precision);
  remainder(REST, VALUE, TICK);
  if (isZero(REST)) return price;
  subtract(RESULT, VALUE, REST);
  if (direction < 0) return roundPlaces(toF64(RESULT), 14);
  add(REST, RESULT, TICK);
  return roundPlaces(toF64(REST), 14);
}

/** Towards zero. NaN precision: unchanged. amount ≥ 0. */
export function truncateAmount(amount: f64, precision: f64, mode: i32): f64 {
  if (isNaN(precision) || amount == 0) return amount;
  if (mode == MODE_PLACES) return cutDecimal(amount, <i32> precision, CUT_DOWN);
  if (mode == MODE_DIGITS) {
    shortest(amount);
    return cutDecimal(amount, <i32> precision - leadingExponent() - 1, CUT_DOWN);
  }
  const n = decimalTick(precision);
  if (n >= 0) {
    const scaled = amount * power10(n);
    if (scaled < 1e9 && abs(scaled - nearest(scaled)) > 1e-6) return floor(scaled) / power10(n);
  }
  fromF64(VALUE, amount);
  fromF64(TICK, precision);
  remainder(REST, VALUE, TICK);
  if (isZero(REST)) return amount;
  subtract(RESULT, VALUE, REST);
  return toF64(RESULT);
}

/** Exponent of the first digit of the decimal `shortest` left. */
function leadingExponent(): i32 {
  let count = 0;
  for (let rest = digits; rest != 0; rest /= 10) count++;
  return count - 1 - places;
}

function cutDecimal(x: f64, keep: i32, how: i32): f64 {
  shortest(x);
  const excess = places - keep;
  if (excess <= 0) return x;
  if (excess > 19) return 0;
  let unit: u64 = 1;
  for (let i = 0; i < excess; i++) unit *= 10;
  const rest = digits % unit;
  let kept = digits / unit;
  // A decimal half is 5 and zeros: digits have no trailing zeros, so `rest` compares exactly.
  if (how == CUT_HALF_UP ? rest >= unit - rest : how == CUT_HALF_DOWN && rest > unit - rest) kept++;
  store<i32>(RESULT, 1);
  store<i32>(RESULT, keep, 4);
  magnitude.setU64(magnitudeOf(RESULT), kept);
  return toF64(RESULT);
}

/** ccxt's significant digits upward or downward, for stops. */
function stopDigits(price: f64, keep: i32, direction: i32): f64 {
  shortest(price);
  const cutPlaces = keep - leadingExponent() - 1;
  const excess = places - cutPlaces;
  if (excess <= 0 && cutPlaces >= 0) return price;
  const down = cutDecimal(price, cutPlaces, CUT_DOWN);
  if (direction < 0) return down;
  if (down == price && cutPlaces >= 0) return price;
  fromF64(VALUE, down);
  magnitude.setU64(magnitudeOf(TICK), 1);
  store<i32>(TICK, 1);
  store<i32>(TICK, cutPlaces, 4);
  add(RESULT, VALUE, TICK);
  return placesOf(RESULT) > 22 ? price : toF64(RESULT);
}
