/**
 * The arc tangent rounded correctly (but for about one argument in a million), as the C library's is.
 * NativeMath.atan errs by up to one unit in the last place.
 *
 * |x| up to 1 is reduced to the nearest c = k/64 by atan x = atan c + atan((x - c) / (1 + c x)), larger
 * ones by atan x = pi/2 - atan(1/x). The quotient is kept in two parts and the series' first term too.
 */

/** atan(k/64) for k from 0 to 64, each as a value and the error of its rounding. */
const TABLE: usize = memory.data<f64>([
  0.0,
  0.0,
  0.015623728620476831,
  -4.913600136566304e-19,
  0.031239833430268277,
  -1.188442711587748e-18,
  0.046840712915969654,
  -1.655677442254952e-19,
  0.06241880999595735,
  -1.5490756308295046e-18,
  0.0779666338315423,
  5.804551873143357e-18,
  0.09347678115858947,
  -6.2844725995420954e-18,
  0.10894195698986579,
  6.8267122072409585e-18,
  0.12435499454676144,
  -3.1253241424539383e-18,
  0.13970887428916365,
  -2.9579864247315813e-18,
  0.15499674192394097,
  9.585415594114324e-18,
  0.1702119252854744,
  -3.541164079802125e-18,
  0.18534794999569476,
  4.180692268843079e-18,
  0.2003985538258785,
  3.1399542871844493e-18,
  0.21535769969773805,
  4.738160130078733e-19,
  0.23021958727684372,
  1.2313404529142703e-17,
  0.24497866312686414,
  1.0698755618734451e-17,
  0.2596296294082575,
  1.9238754924615304e-17,
  0.2741674511196588,
  8.261353575163773e-18,
  0.2885873618940774,
  -1.428369957377257e-17,
  0.3028848683749714,
  -1.1010827903001369e-17,
  0.31705575320914703,
  -1.893928924292642e-17,
  0.3310960767041321,
  -7.952610375793799e-18,
  0.34500217720710513,
  -2.2938804755578304e-17,
  0.35877067027057225,
  -2.4623815582638635e-17,
  0.3723984466767542,
  1.9612311504845653e-17,
  0.38588266939807375,
  2.378822732491941e-17,
  0.39922076957525254,
  2.246598105617042e-17,
  0.4124104415973873,
  -1.587652227770689e-17,
  0.42544963737004227,
  2.3315530741892885e-17,
  0.43833655985795783,
  -2.494277030626541e-17,
  0.4510696559885235,
  -2.2703795229420475e-17,
  0.4636476090008061,
  2.2698777452961687e-17,
  0.4760693303227612,
  1.4654487332256713e-17,
  0.48833395105640554,
  -1.1373236189329585e-17,
  0.5004408131472942,
  -4.7181675085518756e-17,
  0.5123894603107377,
  -2.5462781472855804e-17,
  0.5241796287829132,
  5.520094119641666e-18,
  0.5358112379604637,
  -4.0637956834825575e-18,
  0.5472843809874369,
  4.923709671396255e-17,
  0.5585993153435624,
  -5.4556305485916264e-18,
  0.5697564534829784,
  1.2255062085054184e-17,
  0.5807563535676704,
  -1.441464378193067e-17,
  0.5915997103351114,
  4.920495453686772e-17,
  0.6022873461349642,
  2.950430737228402e-17,
  0.6128202021652414,
  -3.1552061848586226e-17,
  0.6231993299340659,
  2.672403885140095e-17,
  0.6334258829691446,
  -2.7290767436015276e-17,
  0.6435011087932844,
  1.5834785051444286e-17,
  0.6534263411807619,
  3.5800634857340095e-17,
  0.6632029927060933,
  -3.076054864429649e-17,
  0.6728325475937632,
  -1.899315009714705e-17,
  0.6823165548747481,
  6.943223671560008e-18,
  0.6916566218531999,
  -8.117151192285796e-18,
  0.7008544078844502,
  -1.987626234335816e-17,
  0.7099116184635249,
  -4.597166450584887e-17,
  0.7188299996216245,
  -2.1478388444456983e-17,
  0.7276113326265107,
  2.569325697391839e-18,
  0.7362574289814281,
  3.473937648299457e-17,
  0.7447701257160751,
  3.708315849135547e-17,
  0.7531512809621944,
  -2.4256934659182068e-17,
  0.7614027698055784,
  9.850030332752822e-18,
  0.7695264804056583,
  -3.704991905602721e-17,
  0.7775243103733478,
  -2.6676490951944502e-17,
  0.7853981633974483,
  3.061616997868383e-17,
]);
const HALF_PI: f64 = 1.5707963267948966;
const HALF_PI_ERROR: f64 = 6.123233995736766e-17;

export function arcTangent(x: f64): f64 {
  if (x !== x) return x;
  const size = abs<f64>(x);
  if (size < 1e-9) return x;
  if (size > 1e17) return copysign<f64>(HALF_PI, x);
  const isLarge = size > 1.0;
  const nearest = nearest64(isLarge ? 1.0 / size : size);
  const c = f64(nearest) / 64.0;

  const product = c * size;
  const productError = productTail(c, size, product);
  let top: f64;
  let topTail: f64;
  let bottom: f64;
  let bottomTail: f64;
  if (isLarge) {
    top = 1.0 - product;
    topTail = sumTail(1.0, -product, top) - productError;
    bottom = size + c;
    bottomTail = sumTail(size, c, bottom);
  } else {
    top = size - c;
    topTail = 0.0;
    bottom = 1.0 + product;
    bottomTail = sumTail(1.0, product, bottom) + productError;
  }
  const ratio = top / bottom;
  const back = ratio * bottom;
  const ratioTail =
    ((top - back) - productTail(ratio, bottom, back) + topTail - ratio * bottomTail) /
    bottom;

  const square = ratio * ratio;
  const series = ratio * square *
    (-1.0 / 3.0 + square * (0.2 + square * (-1.0 / 7.0 + square * (1.0 / 9.0))));
  const table = TABLE + (<usize> nearest << 4);
  const angle = load<f64>(table);
  const head = angle + ratio;
  const tail = sumTail(angle, ratio, head) + (load<f64>(table, 8) + ratioTail + series);
  if (!isLarge) return copysign<f64>(head + tail, x);
  const turned = HALF_PI - head;
  return copysign<f64>(turned + (sumTail(HALF_PI, -head, turned) + (HALF_PI_ERROR - tail)), x);
}

/** Within two units in the last place, at half the cost. */
export function arcTangentNear(x: f64): f64 {
  if (x !== x) return x;
  const size = abs<f64>(x);
  if (size > 1e17) return copysign<f64>(HALF_PI, x);
  const isLarge = size > 1.0;
  const near = nearest64(isLarge ? 1.0 / size : size);
  const c = f64(near) / 64.0;
  const product = c * size;
  const ratio = isLarge ? (1.0 - product) / (size + c) : (size - c) / (1.0 + product);
  const square = ratio * ratio;
  const series = ratio * square *
    (-1.0 / 3.0 + square * (0.2 + square * (-1.0 / 7.0 + square * (1.0 / 9.0))));
  const angle = load<f64>(TABLE + (<usize> near << 4)) + (ratio + series);
  return copysign<f64>(isLarge ? HALF_PI - angle : angle, x);
}

function nearest64(value: f64): i32 {
  return i32(nearest<f64>(value * 64.0));
}

/** The rounding error of sum = a + b. */
function sumTail(a: f64, b: f64, sum: f64): f64 {
  const part = sum - a;
  return (a - (sum - part)) + (b - part);
}

/** The rounding error of product = a * b. */
function productTail(a: f64, b: f64, product: f64): f64 {
  const aHigh = highPart(a);
  const bHigh = highPart(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow;
}

function highPart(a: f64): f64 {
  const scaled = a * 134217729.0;
  return scaled - (scaled - a);
}
