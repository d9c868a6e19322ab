import { Lanes } from "../shared/lanes";
import { OneRow, TwoRows } from "./shared/rows";

/** Only the opens follow one another; the rest goes two rows at a time. */
export function talibHa(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  haopen: usize,
  hahigh: usize,
  halow: usize,
  haclose: usize,
  scratch: usize,
): i32 {
  if (n === 0) return 0;
  let middle = (load<f64>(open) + load<f64>(close)) * 0.5;
  const end = <usize> n << 3;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) {
    const means = Bars.means<TwoRows>(open + i, high + i, low + i, close + i);
    v128.store(haclose + i, means);
    const next = (middle + f64x2.extract_lane(means, 0)) * 0.5;
    const middles = Lanes.both(middle, next);
    middle = (next + f64x2.extract_lane(means, 1)) * 0.5;
    v128.store(haopen + i, middles);
    v128.store(hahigh + i, f64x2.pmax(f64x2.pmax(v128.load(high + i), middles), means));
    v128.store(halow + i, f64x2.pmin(f64x2.pmin(v128.load(low + i), middles), means));
  }
  if (i === end) return 0;
  const mean = Bars.means<OneRow>(open + i, high + i, low + i, close + i);
  const last = f64x2.splat(middle);
  const top = f64x2.pmax(v128.load64_zero(high + i), last);
  const bottom = f64x2.pmin(v128.load64_zero(low + i), last);
  store<f64>(haopen + i, middle);
  v128.store64_lane(hahigh + i, f64x2.pmax(top, mean), 0);
  v128.store64_lane(halow + i, f64x2.pmin(bottom, mean), 0);
  v128.store64_lane(haclose + i, mean, 0);
  return 0;
}

class Bars {
  // @ts-ignore: decorator
  @inline
  static means<Rows>(open: usize, high: usize, low: usize, close: usize): v128 {
    const rows = changetype<Rows>(0);
    const two = f64x2.add(rows.load(open), rows.load(high));
    const sum = f64x2.add(f64x2.add(two, rows.load(low)), rows.load(close));
    return f64x2.mul(sum, f64x2.splat(0.25));
  }
}
