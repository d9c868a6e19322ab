import { talibAtr } from "../talib/atr";
import { talibDema } from "../talib/dema";
import { talibEma } from "../talib/ema";
import { firstValid } from "../talib/first_valid";
import { talibSma } from "../talib/sma";
import { talibT3 } from "../talib/t3";
import { talibTema } from "../talib/tema";
import { talibWma } from "../talib/wma";
import { at, put } from "../window/shared/rows";
import { columnIn, skipping } from "./shared/columns";
import { spreadBands, trailBands } from "./shared/trailing_bands";
import { technicalVidya } from "./vidya";
import { technicalVwma } from "./volume_weighted";

/**
 * The profit maximiser: trailing bands around a moving average of a chosen type and price. WMA, VIDYA
 * and VWMA always take the close, whatever `src` says. Directions: 1 up, -1 down, 0 none.
 */
export function technicalPmax(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  volume: usize,
  period: i32,
  multiplier: f64,
  length: i32,
  matype: i32,
  src: i32,
  pm: usize,
  pmx: usize,
  atr: usize,
  scratch: usize,
): i32 {
  if (period < 1) return 1;
  if (length < 1) return 3;
  const average = columnIn(scratch, n, 0);
  const middle = columnIn(scratch, n, 1);
  const width = columnIn(scratch, n, 2);
  const rest = columnIn(scratch, n, 3);
  rangeAverage(n, high, low, close, period, atr);
  priceOf(n, open, high, low, close, src, middle);
  if (matype === 5) technicalVidya(n, close, length, 1, average, rest);
  else if (matype === 8) technicalVwma(n, close, volume, length, average, rest);
  else averageOf(n, matype === 7 ? close : middle, length, matype, average, rest);
  memory.copy(middle, average, <usize> n << 3);
  memory.copy(width, atr, <usize> n << 3);
  spreadBands(n, middle, width, multiplier);
  trailBands(n, average, middle, width, period, true, pm);
  for (let i = 0; i < n; i++) {
    const line = at(pm, i);
    const side = line > 0.0 ? at(average, i) < line ? -1 : 1 : 0;
    store<i32>(pmx + (<usize> i << 2), side);
    put(pm, i, line !== line ? 0.0 : line);
    put(atr, i, at(atr, i) !== at(atr, i) ? 0.0 : at(atr, i));
  }
  return 0;
}

function rangeAverage(
  n: i32,
  high: usize,
  low: usize,
  close: usize,
  period: i32,
  out: usize,
): void {
  const begin = firstValid(n, high, low, close, close);
  for (let i = 0; i < begin; i++) put(out, i, NaN);
  const offset = <usize> begin << 3;
  talibAtr(n - begin, high + offset, low + offset, close + offset, period, out + offset, 0);
}

function priceOf(
  n: i32,
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  src: i32,
  out: usize,
): void {
  for (let i = 0; i < n; i++) {
    let price = at(close, i);
    if (src === 2) price = (at(high, i) + at(low, i)) / 2.0;
    if (src === 3) price = (at(high, i) + at(low, i) + price + at(open, i)) / 4.0;
    put(out, i, price);
  }
}

function averageOf(
  n: i32,
  price: usize,
  length: i32,
  matype: i32,
  out: usize,
  scratch: usize,
): void {
  if (matype === 1) skipping(talibEma, n, price, length, out, scratch);
  else if (matype === 3) skipping(t3, n, price, length, out, scratch);
  else if (matype === 4) skipping(talibSma, n, price, length, out, scratch);
  else if (matype === 6) skipping(talibTema, n, price, length, out, scratch);
  else if (matype === 7) skipping(talibWma, n, price, length, out, scratch);
  else skipping(talibDema, n, price, length, out, scratch);
}

function t3(n: i32, real: usize, period: i32, out: usize, scratch: usize): i32 {
  return talibT3(n, real, period, 0.7, out, scratch);
}
