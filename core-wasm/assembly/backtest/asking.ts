/** The strategy's callbacks as functions: each asks only when the run's mask has its bit. */
import * as kinds from "../host/kinds";
import { answer, ANSWER_NONE, ANSWER_VALUE, MASK_AFTER_FILL, pose, slot } from "../host/question";
import { NO_STRING, Trade } from "./layout";
import { profitRatio } from "./money";
import { config, orderAt, tradeAt } from "./state";
import * as view from "./view";

const NO_TRADE = -1;

let mask: u32 = 0;

/** Reads the run's mask; called whenever a run is bound. */
export function bindMask(): void {
  mask = <u32> <i64> config.callbacks;
}

export function asks(kind: i32): bool {
  return (mask >> <u32> kind & 1) != 0;
}

/** True when some callback may act on a trade in any candle. */
export function asksEachCandle(): bool {
  return asks(kinds.ASK_CUSTOM_STOPLOSS) || asks(kinds.ASK_CUSTOM_EXIT) ||
    asks(kinds.ASK_CUSTOM_ROI) || asks(kinds.ASK_ADJUST_TRADE_POSITION);
}

export function asksAfterFill(): bool {
  return (mask & MASK_AFTER_FILL) != 0 && asks(kinds.ASK_CUSTOM_STOPLOSS);
}

function head(pair: i32, side: i32): void {
  slot(0, view.time);
  slot(1, pair);
  slot(2, view.row);
  slot(3, side);
}

export function askLoopStart(now: f64): void {
  if (!asks(kinds.ASK_BOT_LOOP_START)) return;
  slot(0, now);
  slot(1, -1);
  slot(2, -1);
  slot(3, 0);
  pose(kinds.ASK_BOT_LOOP_START, NO_TRADE);
}

export function askEntryPrice(pair: i32, side: i32, trade: i32, tag: i32): f64 {
  const proposed = view.rate;
  if (!asks(kinds.ASK_CUSTOM_ENTRY_PRICE)) return proposed;
  head(pair, side);
  slot(4, proposed);
  slot(5, tag);
  return pose(kinds.ASK_CUSTOM_ENTRY_PRICE, trade) == ANSWER_VALUE ? answer(0) : proposed;
}

export function askStake(pair: i32, side: i32, rate: f64, stake: f64, least: f64, most: f64): f64 {
  if (!asks(kinds.ASK_CUSTOM_STAKE_AMOUNT)) return stake;
  head(pair, side);
  slot(4, rate);
  slot(5, stake);
  slot(6, least);
  slot(7, most);
  slot(8, 1);
  slot(9, view.enterTag);
  const status = pose(kinds.ASK_CUSTOM_STAKE_AMOUNT, NO_TRADE);
  return status == ANSWER_VALUE ? answer(0) : status == ANSWER_NONE ? 0 : stake;
}

export function confirmsEntry(pair: i32, side: i32, trade: i32, amount: f64, rate: f64): bool {
  if (!asks(kinds.ASK_CONFIRM_TRADE_ENTRY)) return true;
  head(pair, side);
  slot(4, amount);
  slot(5, rate);
  slot(6, config.entryMarket);
  slot(7, view.enterTag);
  return yes(pose(kinds.ASK_CONFIRM_TRADE_ENTRY, trade), true);
}

function yes(status: i32, otherwise: bool): bool {
  return status == ANSWER_VALUE ? answer(0) != 0 : status == ANSWER_NONE ? false : otherwise;
}

export function tellFilled(trade: i32, order: i32): void {
  if (!asks(kinds.ASK_ORDER_FILLED)) return;
  head(tradeAt(trade).pair, tradeAt(trade).side);
  slot(4, order);
  pose(kinds.ASK_ORDER_FILLED, trade);
}

/** NaN when there is no valid distance. */
export function askStoploss(index: i32, rate: f64, profit: f64, afterFill: bool): f64 {
  head(tradeAt(index).pair, tradeAt(index).side);
  slot(4, rate);
  slot(5, profit);
  slot(6, f64(afterFill));
  if (pose(kinds.ASK_CUSTOM_STOPLOSS, index) != ANSWER_VALUE) return NaN;
  const value = answer(0);
  return value == 0 || !isFinite(value) ? NaN : value;
}

let exitTag: i32 = NO_STRING;

/** The callback's own reason after `asksForExit`, NO_STRING without one. */
export function exitTagAnswered(): i32 {
  return exitTag;
}

export function asksForExit(index: i32, rate: f64, profit: f64): bool {
  head(tradeAt(index).pair, tradeAt(index).side);
  slot(4, rate);
  slot(5, profit);
  if (!yes(pose(kinds.ASK_CUSTOM_EXIT, index), false)) return false;
  exitTag = <i32> answer(1);
  return true;
}

/** NaN when there is no valid ratio. */
export function askRoi(index: i32, minutes: f64): f64 {
  if (!asks(kinds.ASK_CUSTOM_ROI)) return NaN;
  const trade = tradeAt(index);
  head(trade.pair, trade.side);
  slot(4, minutes);
  slot(5, trade.enterTag);
  if (pose(kinds.ASK_CUSTOM_ROI, index) != ANSWER_VALUE) return NaN;
  return isFinite(answer(0)) ? answer(0) : NaN;
}

export function askExitPrice(index: i32, proposed: f64, profit: f64, reason: i32): f64 {
  head(tradeAt(index).pair, tradeAt(index).side);
  slot(4, proposed);
  slot(5, profit);
  slot(6, reason);
  return pose(kinds.ASK_CUSTOM_EXIT_PRICE, index) == ANSWER_VALUE ? answer(0) : proposed;
}

export function confirmsExit(index: i32, amount: f64, rate: f64, reason: i32): bool {
  if (!asks(kinds.ASK_CONFIRM_TRADE_EXIT)) return true;
  head(tradeAt(index).pair, tradeAt(index).side);
  slot(4, amount);
  slot(5, rate);
  slot(6, config.exitMarket);
  slot(7, reason);
  return yes(pose(kinds.ASK_CONFIRM_TRADE_EXIT, index), true);
}

let adjustTag: i32 = NO_STRING;

/** The tag given with the last `askAdjustment`. */
export function adjustTagAnswered(): i32 {
  return adjustTag;
}

/** Stake to add, negative to take out, 0 for nothing. */
export function askAdjustment(index: i32, least: f64, most: f64): f64 {
  const trade = tradeAt(index);
  const profit = profitRatio(trade, view.rate);
  head(trade.pair, trade.side);
  slot(4, view.rate);
  slot(5, profit);
  slot(6, least);
  slot(7, most);
  slot(8, view.rate);
  slot(9, view.rate);
  slot(10, profit);
  slot(11, profit);
  adjustTag = NO_STRING;
  if (pose(kinds.ASK_ADJUST_TRADE_POSITION, index) != ANSWER_VALUE) return 0;
  adjustTag = <i32> answer(1);
  return answer(0);
}

/** Kind that may move the price of an open order of that side, 0 when none is asked. */
export function adjustKind(isEntry: i32): i32 {
  if (asks(kinds.ASK_ADJUST_ORDER_PRICE)) return kinds.ASK_ADJUST_ORDER_PRICE;
  const kind = isEntry != 0 ? kinds.ASK_ADJUST_ENTRY_PRICE : kinds.ASK_ADJUST_EXIT_PRICE;
  return asks(kind) ? kind : 0;
}

/** The wanted price, 0 to take the order back. */
export function askAdjustedPrice(kind: i32, index: i32, at: i32): f64 {
  const trade: Trade = tradeAt(index);
  const order = orderAt(at);
  head(trade.pair, trade.side);
  slot(4, at);
  slot(5, view.rate);
  slot(6, order.price);
  slot(7, trade.enterTag);
  slot(8, order.isEntry);
  const status = pose(kind, index);
  return status == ANSWER_VALUE ? answer(0) : status == ANSWER_NONE ? 0 : order.price;
}

export function asksTimeout(index: i32, at: i32): bool {
  const kind = orderAt(at).isEntry != 0
    ? kinds.ASK_CHECK_ENTRY_TIMEOUT
    : kinds.ASK_CHECK_EXIT_TIMEOUT;
  if (!asks(kind)) return false;
  head(tradeAt(index).pair, tradeAt(index).side);
  slot(4, at);
  return yes(pose(kind, index), false);
}
