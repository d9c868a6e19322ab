/**
 * The arc tangent of two numbers, rounded correctly but for about one argument in a million.
 * NativeMath.atan errs by up to one unit in the last place.
 *
 * With |x| = p / q, one of them 1 and p the smaller, p / q is reduced to the nearest c = k / 64 by
 * atan(p / q) = atan c + atan((p - c q) / (q + c p)); |x| above 1 is pi/2 less that. The quotient is kept
 * in two parts and the table's angle too. Nothing branches: sizes come as they like.
 */
import { Constant } from "./constant";
import { Fma } from "./fma";

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
/**
 * 1; the size beyond which the angle is a right one, whose reciprocal is far from the smallest numbers;
 * what rounds a number to a 64th when added and leaves its count of 64ths in the last bits; a right angle
 * and what is missing from it; the factors of the series.
 */
const NUMBERS: usize = memory.data<f64>([
  1.0,
  1e17,
  105553116266496.0, // 1.5 * 2^46
  1.5707963267948966,
  6.123233995736766e-17,
  -1.0 / 3.0,
  0.2,
  -1.0 / 7.0,
  1.0 / 9.0,
]);
const ONE = 0;
const SIZE_MAX = 1;
const SIXTY_FOURTHS = 2;
const HALF_PI = 3;
const HALF_PI_ERROR = 4;
const SLOTS: i64 = 127;

export function arcTangent(x: f64): f64 {
  return f64x2.extract_lane(arcTangents(f64x2.splat(x)), 0);
}

export function arcTangents(x: v128): v128 {
  const size = f64x2.abs(x);
  const one = Constant.at(NUMBERS, ONE);
  return arcTangentsNear(x, f64x2.div(f64x2.pmin(size, one), f64x2.pmax(one, size)));
}

/** The same where the smaller of |x| and 1 / |x| is known, but for its last digits. */
export function arcTangentsNear(x: v128, smaller: v128): v128 {
  const one = Constant.at(NUMBERS, ONE);
  const signs = v128.and(x, f64x2.splat(-0.0));
  const size = f64x2.pmin(f64x2.abs(x), Constant.at(NUMBERS, SIZE_MAX));
  const p = f64x2.pmin(size, one);
  const q = f64x2.pmax(one, size);
  const isLarge = f64x2.gt(size, one);
  const turned = v128.and(isLarge, f64x2.splat(-0.0));

  const counted = f64x2.add(smaller, Constant.at(NUMBERS, SIXTY_FOURTHS));
  const c = f64x2.sub(counted, Constant.at(NUMBERS, SIXTY_FOURTHS));
  const first = entry(i64x2.extract_lane(counted, 0));
  const second = entry(i64x2.extract_lane(counted, 1));
  const angle = v128.xor(v128.shuffle<f64>(first, second, 0, 2), turned);
  const angleTail = v128.xor(v128.shuffle<f64>(first, second, 1, 3), turned);
  const base = v128.and(isLarge, Constant.at(NUMBERS, HALF_PI));
  const corner = f64x2.add(base, angle);
  const baseTail = v128.and(isLarge, Constant.at(NUMBERS, HALF_PI_ERROR));
  const cornerTail = f64x2.add(sumTails(base, angle, corner), f64x2.add(baseTail, angleTail));

  const top = v128.xor(Fma.freePair(f64x2.neg(c), q, p), turned);
  const bottom = f64x2.add(q, f64x2.mul(c, p));
  const bottomTail = Fma.freePair(c, p, f64x2.sub(q, bottom));
  const ratio = f64x2.div(top, bottom);
  const left = Fma.freePair(f64x2.neg(ratio), bottom, top);
  const ratioTail = f64x2.mul(
    f64x2.sub(left, f64x2.mul(ratio, bottomTail)),
    f64x2.div(one, bottom),
  );

  const square = f64x2.mul(ratio, ratio);
  const near = f64x2.add(Constant.at(NUMBERS, 5), f64x2.mul(square, Constant.at(NUMBERS, 6)));
  const far = f64x2.add(Constant.at(NUMBERS, 7), f64x2.mul(square, Constant.at(NUMBERS, 8)));
  const factor = f64x2.add(near, f64x2.mul(f64x2.mul(square, square), far));
  const series = f64x2.mul(f64x2.mul(ratio, square), factor);
  const head = f64x2.add(corner, ratio);
  const tail = f64x2.add(sumTails(corner, ratio, head), f64x2.add(cornerTail, ratioTail));
  return v128.or(f64x2.add(head, f64x2.add(tail, series)), signs);
}

/** The angle and its tail for a count of 64ths; of a count that is none, whatever lies there. */
function entry(count: i64): v128 {
  return v128.load(TABLE + ((<usize> (count & SLOTS)) << 4));
}

/** The rounding errors of sum = a + b, where |a| is the larger or zero. */
function sumTails(a: v128, b: v128, sum: v128): v128 {
  return f64x2.sub(b, f64x2.sub(sum, a));
}
