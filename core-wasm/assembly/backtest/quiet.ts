/**
 * Fast paths. They decide, from bounds with a safe margin, that a candle or a stretch of time
 * changes nothing but the lowest and highest rate and the equity row; whatever is in doubt takes
 * the full path. `Config.fullPath` turns them off, and a property test compares the two.
 */
import { ENTER_LONG, ENTER_SHORT, EXIT_LONG } from "./view";
import { asksEachCandle } from "./asking";
import { Market, Pair, Trade } from "./layout";
import { at, config, header, pairAt } from "./state";
import * as view from "./view";

const MINUTE: f64 = 60000;
/** Far above what rounding to 8 places and the estimate's own error can add up to. */
const MARGIN: f64 = 1e-7;
const TRUTHY_EXIT_LONG: u8 = EXIT_LONG << 4;

/** Bounds within which the next candles leave this long trade, which waits for no order, alone. */
export function armQuiet(trade: Trade): void {
  trade.quietUntil = 0;
  if (trade.side < 0 || trade.openOrders != 0 || config.futures != 0) return;
  if (config.fullPath != 0 || config.positionStacking != 0 || asksEachCandle()) return;
  let highest: f64 = Infinity;
  if (config.trailingStop != 0) {
    // A distance that widens with profit would let a lower rate move the stop further.
    if (abs(config.trailingStopPositive) > abs(config.stoploss)) return;
    const offset = rateAt(trade, config.trailingStopPositiveOffset - MARGIN);
    if (config.trailingOnlyOffsetIsReached != 0 && view.high < offset) highest = offset;
    else {
      trade.trailedTo = max(trade.trailedTo, view.high);
      highest = trade.trailedTo;
    }
  }
  const until = armRoi(trade);
  trade.quietHigh = min(highest, roiBound);
  trade.quietLow = isNaN(trade.liquidation) ? trade.stop : max(trade.stop, trade.liquidation);
  trade.quietUntil = until;
}

let roiBound: f64 = Infinity;

/** Sets the rate the table's present row needs; answers until when that row holds. */
function armRoi(trade: Trade): f64 {
  roiBound = Infinity;
  let until: f64 = Infinity;
  for (let i = <i32> config.roiCount - 1; i >= 0; i--) {
    const row = <usize> config.roi + (<usize> i << 4);
    const from = trade.openDate + load<f64>(row) * MINUTE;
    if (from <= view.date) {
      roiBound = rateAt(trade, load<f64>(row, 8) - MARGIN);
      break;
    }
    until = from;
  }
  return until;
}

/** Rate at which the long trade's profit ratio is about `ratio`. */
function rateAt(trade: Trade, ratio: f64): f64 {
  return trade.openValue * (1 + ratio / trade.leverage) / (trade.amount * (1 - trade.feeClose));
}

/** True when the row left the trade alone; the rates it saw are then recorded. */
export function passQuietly(trade: Trade, market: Market, row: i32, signals: u8): bool {
  const offset = <usize> row << 3;
  const high = load<f64>(<usize> market.high + offset);
  const low = load<f64>(<usize> market.low + offset);
  if (high > trade.quietHigh || low <= trade.quietLow) return false;
  if (load<f64>(<usize> market.date + offset) >= trade.quietUntil) return false;
  if ((signals & TRUTHY_EXIT_LONG) != 0 && config.useExitSignal != 0) return false;
  trade.maxRate = max(trade.maxRate, high);
  trade.minRate = min(trade.minRate, low);
  return true;
}

/** Time steps from the present one on in which no pair can act while no trade is open. */
export function idleSteps(most: i32): i32 {
  let least = most;
  for (let index = 0; index < <i32> config.pairCount; index++) {
    const quiet = pairAt(index).wakeStep - header.step;
    if (quiet < least) least = quiet;
  }
  return config.fullPath != 0 ? 0 : least;
}

/** True when a pair without a trade does nothing on this row; it then sleeps until one may enter. */
export function sleepIdle(pair: Pair, market: Market, row: i32, signals: u8): bool {
  if ((signals & (ENTER_LONG | ENTER_SHORT)) != 0) {
    pair.wakeStep = 0;
    return false;
  }
  if (config.fullPath == 0) {
    const entry = nextEntry(market, row + 1);
    pair.wakeStep = entry - <i32> market.firstRow + pair.visitStep;
  }
  return true;
}

/** First row from there on whose candle may enter, or the number of rows. */
function nextEntry(market: Market, from: i32): i32 {
  const rows = <i32> market.rows;
  const flags = <usize> market.flags - 1;
  const mask: u8 = config.canShort != 0 ? ENTER_LONG | ENTER_SHORT : ENTER_LONG;
  const wide = <u64> mask * 0x0101010101010101;
  let row = from;
  while (row + 8 <= rows && (load<u64>(flags + <usize> row) & wide) == 0) row += 8;
  while (row < rows && (load<u8>(flags + <usize> row) & mask) == 0) row++;
  return row;
}

/** Steps in which nothing happens: only the equity table grows. */
export function skipSteps(count: i32): void {
  const total = header.total == 0 ? NaN : header.total;
  let out = at(header.equityAt) + (<usize> header.step << 3);
  for (let i = 0; i < count; i++) {
    store<f64>(out, total);
    out += 8;
  }
  header.step += count;
}
