import { Constant } from "../shared/constant";
import { Fma, fmaPair } from "../shared/fma";
import { Lanes } from "../shared/lanes";
import { at, fillNan } from "./shared/ta";

/** 1, the slowest step's root and how far the fastest one's lies above it; see `Constant`. */
const FACTORS: usize = memory.data<f64>([1.0, 2.0 / 31.0, 2.0 / 3.0 - 2.0 / 31.0]);

/** The step follows the ratio of the net move to the sum of moves, which two rows take together. */
export function talibKama(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  if (timeperiod === 1) {
    memory.copy(out, real, <usize> n << 3);
    return 0;
  }
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  const period = <usize> timeperiod << 3;
  let moves = 0.0;
  for (let i = 0; i < timeperiod; i++) moves += abs<f64>(at(real, i) - at(real, i + 1));
  let flatBars = i32(at(real, timeperiod) === at(real, timeperiod - 1));
  let average = v128.load64_splat(real + period - 8);
  average = lastRow(real, out, period, period, moves, average);
  let i = period + 8;
  for (const end = (<usize> n << 3) - 8; i < end; i += 16) {
    const now = v128.load(real + i);
    const before = v128.load(real + i - 8);
    const start = v128.load(real + i - period);
    const left = f64x2.abs(f64x2.sub(v128.load(real + i - period - 8), start));
    const come = f64x2.abs(f64x2.sub(now, before));
    let first = moves - f64x2.extract_lane(left, 0) + f64x2.extract_lane(come, 0);
    moves = first - f64x2.extract_lane(left, 1) + f64x2.extract_lane(come, 1);
    if (v128.any_true(f64x2.eq(now, before))) {
      flatBars = f64x2.extract_lane(now, 0) === f64x2.extract_lane(before, 0) ? flatBars + 1 : 0;
      if (flatBars >= timeperiod) {
        first = 0.0;
        moves = 0.0 - f64x2.extract_lane(left, 1) + f64x2.extract_lane(come, 1);
      }
      flatBars = f64x2.extract_lane(now, 1) === f64x2.extract_lane(before, 1) ? flatBars + 1 : 0;
      if (flatBars >= timeperiod) moves = 0.0;
    } else flatBars = 0;
    const shares = sharesOf(f64x2.sub(now, start), Lanes.both(first, moves));
    average = nextAverage(f64x2.splat(f64x2.extract_lane(now, 0)), shares, average);
    v128.store64_lane(out + i, average, 0);
    const second = v128.shuffle<f64>(shares, shares, 1, 1);
    average = nextAverage(v128.shuffle<f64>(now, now, 1, 1), second, average);
    v128.store64_lane(out + i, average, 0, 8);
  }
  if (i >= <usize> n << 3) return 0;
  const start = load<f64>(real + i - period);
  const now = load<f64>(real + i);
  const before = load<f64>(real + i - 8);
  moves = moves - abs<f64>(load<f64>(real + i - period - 8) - start) + abs<f64>(now - before);
  if (now === before && flatBars + 1 >= timeperiod) moves = 0.0;
  lastRow(real, out, i, period, moves, average);
  return 0;
}

/** One row with a sum of moves that is known; answers the average in both lanes. */
function lastRow(
  real: usize,
  out: usize,
  i: usize,
  period: usize,
  moves: f64,
  average: v128,
): v128 {
  const now = v128.load64_splat(real + i);
  const net = f64x2.sub(now, v128.load64_splat(real + i - period));
  const next = nextAverage(now, sharesOf(net, f64x2.splat(moves)), average);
  v128.store64_lane(out + i, next, 0);
  return next;
}

/** What the average takes of its distance to the price. A net move is all there was at most. */
function sharesOf(net: v128, moves: v128): v128 {
  const one = Constant.at(FACTORS, 0);
  const ratio = f64x2.pmin(f64x2.abs(f64x2.div(net, moves)), one);
  const bounded = v128.bitselect(one, ratio, f64x2.le(moves, f64x2.splat(0.0)));
  const root = fmaPair(bounded, Constant.at(FACTORS, 2), Constant.at(FACTORS, 1));
  return f64x2.mul(root, root);
}

/** The first lane's next average, in both lanes where the others are. */
function nextAverage(value: v128, share: v128, average: v128): v128 {
  return Fma.pair(share, f64x2.sub(value, average), average);
}
