/**
 * Signed decimals in static scratch memory: sign (1 or -1), places after the point, magnitude.
 * Sums and products are exact; a quotient is cut at 18 places; the way back to a double is
 * correctly rounded. Operands of one call are distinct areas from its result.
 */
import * as magnitude from "./magnitude";
import { digits, EXACT_POWERS, places, power10, shortest } from "./shortest";

export const DECIMAL_BYTES: usize = 8 + magnitude.MAGNITUDE_BYTES;
const QUOTIENT_PLACES = 18;

const LEFT = memory.data(DECIMAL_BYTES);
const RIGHT = memory.data(DECIMAL_BYTES);
const WORK = memory.data(magnitude.MAGNITUDE_BYTES);
const TEN = memory.data(magnitude.MAGNITUDE_BYTES);

export function signOf(p: usize): i32 {
  return load<i32>(p);
}

export function placesOf(p: usize): i32 {
  return load<i32>(p, 4);
}

export function magnitudeOf(p: usize): usize {
  return p + 8;
}

function setHead(p: usize, sign: i32, count: i32): void {
  store<i32>(p, sign);
  store<i32>(p, count, 4);
}

export function isZero(p: usize): bool {
  return magnitude.limbs(magnitudeOf(p)) == 0;
}

/** The shortest decimal of a finite double. */
export function fromF64(out: usize, x: f64): void {
  shortest(x);
  setHead(out, x < 0 ? -1 : 1, places);
  magnitude.setU64(magnitudeOf(out), digits);
}

export function setZero(out: usize): void {
  setHead(out, 1, 0);
  magnitude.setU64(magnitudeOf(out), 0);
}

export function assign(out: usize, p: usize): void {
  setHead(out, signOf(p), placesOf(p));
  magnitude.copy(magnitudeOf(out), magnitudeOf(p));
}

export function negate(p: usize): void {
  store<i32>(p, -signOf(p));
}

export function multiply(out: usize, a: usize, b: usize): void {
  setHead(out, signOf(a) * signOf(b), placesOf(a) + placesOf(b));
  magnitude.mul(magnitudeOf(out), magnitudeOf(a), magnitudeOf(b));
}

/** Copies both into scratch with the same number of places. */
function align(a: usize, b: usize): void {
  assign(LEFT, a);
  assign(RIGHT, b);
  const difference = placesOf(a) - placesOf(b);
  if (difference > 0) raise(RIGHT, difference);
  else if (difference < 0) raise(LEFT, -difference);
}

function raise(p: usize, by: i32): void {
  magnitude.mulPow10(magnitudeOf(p), by);
  store<i32>(p, placesOf(p) + by, 4);
}

export function add(out: usize, a: usize, b: usize): void {
  align(a, b);
  if (signOf(a) == signOf(b)) {
    assign(out, LEFT);
    magnitude.add(magnitudeOf(out), magnitudeOf(RIGHT));
  } else if (magnitude.compare(magnitudeOf(LEFT), magnitudeOf(RIGHT)) >= 0) {
    assign(out, LEFT);
    magnitude.sub(magnitudeOf(out), magnitudeOf(RIGHT));
  } else {
    assign(out, RIGHT);
    magnitude.sub(magnitudeOf(out), magnitudeOf(LEFT));
  }
}

export function subtract(out: usize, a: usize, b: usize): void {
  negate(b);
  add(out, a, b);
  negate(b);
}

/** a ÷ b cut towards zero at 18 places; b must not be zero. */
export function divide(out: usize, a: usize, b: usize): void {
  const distance = QUOTIENT_PLACES - placesOf(a) + placesOf(b);
  assign(LEFT, a);
  assign(RIGHT, b);
  if (distance >= 0) magnitude.mulPow10(magnitudeOf(LEFT), distance);
  else magnitude.mulPow10(magnitudeOf(RIGHT), -distance);
  setHead(out, signOf(a) * signOf(b), QUOTIENT_PLACES);
  magnitude.divide(magnitudeOf(out), magnitudeOf(LEFT), magnitudeOf(RIGHT));
}

/** |a| modulo |b|, with the places of the finer of the two. */
export function remainder(out: usize, a: usize, b: usize): void {
  align(a, b);
  magnitude.divide(WORK, magnitudeOf(LEFT), magnitudeOf(RIGHT));
  assign(out, LEFT);
  store<i32>(out, 1);
}

/** Order of |a| and |b|. */
export function compareSizes(a: usize, b: usize): i32 {
  align(a, b);
  return magnitude.compare(magnitudeOf(LEFT), magnitudeOf(RIGHT));
}

/** The nearest double, ties to even. */
export function toF64(p: usize): f64 {
  const m = magnitudeOf(p);
  if (magnitude.limbs(m) == 0) return 0;
  const count = placesOf(p);
  const sign = <f64> signOf(p);
  if (magnitude.bits(m) <= 53 && count >= 0 && count <= EXACT_POWERS) {
    return sign * (<f64> lowU64(m) / power10(count));
  }
  magnitude.copy(magnitudeOf(LEFT), m);
  const numerator = magnitudeOf(LEFT);
  magnitude.setU64(TEN, 1);
  if (count > 0) magnitude.mulPow10(TEN, count);
  else magnitude.mulPow10(numerator, -count);
  const shift = 66 - magnitude.bits(numerator) + magnitude.bits(TEN);
  if (shift > 0) magnitude.shiftLeft(numerator, shift);
  else magnitude.shiftLeft(TEN, -shift);
  magnitude.divide(WORK, numerator, TEN);
  return sign * roundBits(WORK, magnitude.limbs(numerator) != 0, -shift);
}

function lowU64(m: usize): u64 {
  const high: u64 = magnitude.limbs(m) > 1 ? magnitude.limb(m, 1) : 0;
  return (high << 32) | magnitude.limb(m, 0);
}

/** 66 or 67 bits and a sticky rest, times 2^exponent, as a double in the normal range. */
function roundBits(m: usize, sticky: bool, exponent: i32): f64 {
  const extra = magnitude.bits(m) - 64;
  const low = lowU64(m);
  const top = (<u64> magnitude.limb(m, 2) << (64 - extra)) | (low >> extra);
  const rest = sticky || (low & ((<u64> 1 << extra) - 1)) != 0;
  let mantissa = top >> 11;
  const tail = top & 0x7ff;
  if (tail > 0x400 || (tail == 0x400 && (rest || (mantissa & 1) == 1))) mantissa++;
  return scale2(<f64> mantissa, exponent + extra + 11);
}

function scale2(x: f64, exponent: i32): f64 {
  return x * reinterpret<f64>(<u64> (1023 + exponent) << 52);
}
