/** The shortest decimal that reads back as a given double: what its text in most languages says. */
import {
  compare,
  copy,
  divide,
  limb,
  limbs,
  MAGNITUDE_BYTES,
  mulPow10,
  setU64,
  shiftLeft,
  sub,
} from "./magnitude";

/** 10^0 … 10^22: exactly the powers a double holds without rounding. */
const POWERS: StaticArray<f64> = [
  1e0,
  1e1,
  1e2,
  1e3,
  1e4,
  1e5,
  1e6,
  1e7,
  1e8,
  1e9,
  1e10,
  1e11,
  1e12,
  1e13,
  1e14,
  1e15,
  1e16,
  1e17,
  1e18,
  1e19,
  1e20,
  1e21,
  1e22,
];
export const EXACT_POWERS = 22;

const UNIT = memory.data(MAGNITUDE_BYTES);
const SCALED = memory.data(MAGNITUDE_BYTES);
const DENOMINATOR = memory.data(MAGNITUDE_BYTES);
const QUOTIENT = memory.data(MAGNITUDE_BYTES);
const DELTA = memory.data(MAGNITUDE_BYTES);

/** The digits as an integer without trailing zeros, and the places after the point (may be < 0). */
export let digits: u64 = 0;
export let places: i32 = 0;

export function power10(n: i32): f64 {
  return unchecked(POWERS[n]);
}

/** Sets `digits` and `places` for |x|; x must be finite. */
export function shortest(x: f64): void {
  const size = abs(x);
  if (size == 0) {
    digits = 0;
    places = 0;
    return;
  }
  if (!shortestOfFew(size)) shortestOfMany(size);
}

/**
 * At most 15 digits: every such decimal is the only one of its length that reads as its double, so
 * one scaled rounding and one division decide. False when the double needs more.
 */
function shortestOfFew(size: f64): bool {
  let scale = 14 - exponent10(size);
  if (scale < 0 || scale > EXACT_POWERS) return false;
  let value = nearest(size * power10(scale));
  if (value >= 1e15) {
    if (scale == 0) return false;
    scale--;
    value = nearest(size * power10(scale));
  }
  if (value / power10(scale) != size) return false;
  setStripped(<u64> value, scale);
  return true;
}

/** floor(log10(size)), or one too low. */
function exponent10(size: f64): i32 {
  const exponent2 = <i32> ((reinterpret<u64>(size) >> 52) & 0x7ff) - 1023;
  return <i32> Math.floor(<f64> exponent2 * 0.30102999566398114);
}

function setStripped(value: u64, scale: i32): void {
  while (value % 10000 == 0) {
    value /= 10000;
    scale -= 4;
  }
  while (value % 10 == 0) {
    value /= 10;
    scale--;
  }
  digits = value;
  places = scale;
}

/** Tries 15, 16 and 17 digits with exact integers; 17 always suffice. */
function shortestOfMany(size: f64): void {
  const raw = reinterpret<u64>(size);
  const biased = <i32> (raw >> 52);
  const fraction = raw & 0xfffffffffffff;
  const mantissa = biased == 0 ? fraction : fraction | 0x10000000000000;
  const exponent = biased == 0 ? -1074 : biased - 1075;
  let leading = exponent10(size);
  for (let count = 15; count <= 17; count++) {
    let limit: u64 = 1;
    for (let i = 0; i < count; i++) limit *= 10;
    let scale = count - 1 - leading;
    scaleExactly(mantissa, exponent, scale);
    if (quotientU64() >= limit) {
      leading++;
      scale--;
      scaleExactly(mantissa, exponent, scale);
    }
    if (roundAndTest(mantissa, count == 17)) {
      setStripped(quotientU64(), scale);
      return;
    }
  }
}

/** QUOTIENT and SCALED (remainder) := mantissa · 2^exponent · 10^scale over DENOMINATOR. */
function scaleExactly(mantissa: u64, exponent: i32, scale: i32): void {
  setU64(UNIT, 1);
  setU64(DENOMINATOR, 1);
  setU64(SCALED, mantissa);
  if (scale > 0) {
    mulPow10(UNIT, scale);
    mulPow10(SCALED, scale);
  } else mulPow10(DENOMINATOR, -scale);
  if (exponent > 0) {
    shiftLeft(UNIT, exponent);
    shiftLeft(SCALED, exponent);
  } else shiftLeft(DENOMINATOR, -exponent);
  divide(QUOTIENT, SCALED, DENOMINATOR);
}

/**
 * Rounds QUOTIENT to nearest; true when the result still reads as the double. Below a power of two
 * the next smaller double is only half as far away, so there the value above may do instead.
 */
function roundAndTest(mantissa: u64, accept: bool): bool {
  copy(DELTA, SCALED);
  shiftLeft(DELTA, 1);
  const half = compare(DELTA, DENOMINATOR);
  const up = half > 0 || (half == 0 && (quotientU64() & 1) == 1);
  if (up) return takeAbove(mantissa) || accept;
  if (accept) return true;
  copy(DELTA, SCALED);
  const uneven = mantissa == 0x10000000000000;
  if (isNear(mantissa, uneven ? 2 : 1)) return true;
  return uneven && takeAbove(mantissa);
}

function takeAbove(mantissa: u64): bool {
  copy(DELTA, DENOMINATOR);
  sub(DELTA, SCALED);
  setU64(QUOTIENT, quotientU64() + 1);
  return isNear(mantissa, 1);
}

/** Whether DELTA is at most half (shift 1) or a quarter (2) of the distance between doubles. */
function isNear(mantissa: u64, shift: i32): bool {
  shiftLeft(DELTA, shift);
  const order = compare(DELTA, UNIT);
  return order < 0 || (order == 0 && (mantissa & 1) == 0);
}

function quotientU64(): u64 {
  const count = limbs(QUOTIENT);
  const low: u64 = count > 0 ? limb(QUOTIENT, 0) : 0;
  const high: u64 = count > 1 ? limb(QUOTIENT, 1) : 0;
  return (high << 32) | low;
}
