import { Fma } from "../shared/fma";
import { Pick } from "../shared/pick";
import { at, fillNan, put } from "./shared/ta";

const SLOWEST: f64 = 2.0 / 31.0;
const SPREAD: f64 = 2.0 / 3.0 - 2.0 / 31.0;

/** The step follows the ratio of the net move to the sum of moves. */
export function talibKama(n: i32, real: usize, timeperiod: i32, out: usize, scratch: usize): i32 {
  if (timeperiod < 1) return 1;
  if (timeperiod === 1) {
    memory.copy(out, real, <usize> n << 3);
    return 0;
  }
  fillNan(out, n, timeperiod);
  if (n <= timeperiod) return 0;
  let moves = 0.0;
  for (let i = 0; i < timeperiod; i++) moves += abs<f64>(at(real, i) - at(real, i + 1));
  let average = at(real, timeperiod - 1);
  let flatBars = 0;
  let trailing = load<f64>(real);
  for (let i = timeperiod; i < n; i++) {
    const value = at(real, i);
    const start = at(real, i - timeperiod);
    flatBars = (flatBars + 1) & (0 - i32(value === at(real, i - 1)));
    if (i > timeperiod) {
      moves -= abs<f64>(trailing - start);
      moves += abs<f64>(value - at(real, i - 1));
    }
    if (flatBars >= timeperiod) moves = 0.0;
    trailing = start;
    const net = value - start;
    const share = abs<f64>(net / moves);
    const isStraight = u64(moves <= 0.0) | u64(moves <= net) | u64(share > 1.0);
    const root = Fma.free(Pick.bits(isStraight, 1.0, share), SPREAD, SLOWEST);
    average = Fma.free(root * root, value - average, average);
    put(out, i, average);
  }
  return 0;
}
