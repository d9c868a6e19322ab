/**
 * Sine and cosine of angles within one turn, rounded correctly but for about one in a thousand, as the C
 * library's are. NativeMath's err by up to one unit in the last place, and a sum of prices weighted by
 * them cancels most of what it adds.
 *
 * The angle less whole quarter turns is kept in two parts, high and low, in the lanes of one vector, and
 * so are the first terms of the series.
 */
import { Fma } from "./fma";
import { Lanes } from "./lanes";

/** A quarter turn in three parts; a few times the first two have no rest. */
const QUARTER: f64 = 1.5707963267948966;
const QUARTER_TAIL: f64 = 6.123233995736767e-17;
const QUARTER_END: f64 = -1.382333654893748e-32;
const QUARTERS: f64 = 0.6366197723675814;

export function sineOf(angle: f64): f64 {
  const count = i32(nearest<f64>(angle * QUARTERS));
  const rest = restOf(angle, f64(count));
  const found = (count & 1) === 0 ? sineSeries(rest) : cosineSeries(rest);
  return (count & 2) === 0 ? found : -found;
}

export function cosineOf(angle: f64): f64 {
  const count = i32(nearest<f64>(angle * QUARTERS));
  const rest = restOf(angle, f64(count));
  const found = (count & 1) === 0 ? cosineSeries(rest) : sineSeries(rest);
  return ((count + 1) & 2) === 0 ? found : -found;
}

function restOf(angle: f64, quarters: f64): v128 {
  const near = angle - quarters * QUARTER;
  const tail = quarters * QUARTER_TAIL;
  const high = near - tail;
  const back = high - near;
  const lost = (near - (high - back)) - (tail + back);
  return joined(high, lost - quarters * QUARTER_END);
}

function sineSeries(x: v128): f64 {
  const square = product(x, x);
  const s = f64x2.extract_lane(square, 0);
  const end = 1.0 / 6227020800.0 + s * (-1.0 / 1307674368000.0 + s / 355687428096000.0);
  const tail = s * (-1.0 / 5040.0 + s * (1.0 / 362880.0 + s * (-1.0 / 39916800.0 + s * end)));
  const fifth = sum(Lanes.both(0.008333333333333333, 1.1564823173178714e-19), joined(tail, 0.0));
  const third = Lanes.both(-0.16666666666666666, -9.25185853854297e-18);
  const factor = sum(third, product(square, fifth));
  return f64x2.extract_lane(sum(x, product(product(x, square), factor)), 0);
}

function cosineSeries(x: v128): f64 {
  const square = product(x, x);
  const s = f64x2.extract_lane(square, 0);
  const last = -1.0 / 87178291200.0 + s * (1.0 / 20922789888000.0 - s / 6402373705728000.0);
  const end = 1.0 / 40320.0 + s * (-1.0 / 3628800.0 + s * (1.0 / 479001600.0 + s * last));
  const tail = s * (-1.0 / 720.0 + s * end);
  const fourth = sum(Lanes.both(0.041666666666666664, 2.3129646346357427e-18), joined(tail, 0.0));
  const second = sum(Lanes.both(-0.5, 0.0), product(square, fourth));
  return f64x2.extract_lane(sum(Lanes.both(1.0, 0.0), product(square, second)), 0);
}

/** Two parts, of which the first is the larger, as the nearest number and the rest. */
function joined(high: f64, low: f64): v128 {
  const near = high + low;
  return Lanes.both(near, low - (near - high));
}

function sum(a: v128, b: v128): v128 {
  const high = f64x2.extract_lane(a, 0);
  const other = f64x2.extract_lane(b, 0);
  const near = high + other;
  const back = near - high;
  const lost = (high - (near - back)) + (other - back);
  return joined(near, lost + (f64x2.extract_lane(a, 1) + f64x2.extract_lane(b, 1)));
}

function product(a: v128, b: v128): v128 {
  const high = f64x2.extract_lane(a, 0);
  const other = f64x2.extract_lane(b, 0);
  const near = high * other;
  const lost = Fma.any(high, other, -near);
  const cross = high * f64x2.extract_lane(b, 1) + other * f64x2.extract_lane(a, 1);
  return joined(near, lost + cross);
}
