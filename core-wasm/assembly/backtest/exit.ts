/** Phase "exit": whether and at what price a trade is left. */
import { roundPrice } from "../decimal/rounding";
import { ASK_CUSTOM_EXIT, ASK_CUSTOM_EXIT_PRICE } from "../host/kinds";
import { askExitPrice, asks, asksForExit, confirmsExit, exitTagAnswered } from "./asking";
import {
  INTENT_EXIT,
  NO_STRING,
  REASON_CUSTOM_EXIT,
  REASON_EXIT_SIGNAL,
  REASON_FORCE_EXIT,
  REASON_LIQUIDATION,
  REASON_ROI,
  REASON_TRAILING_STOP_LOSS,
} from "./layout";
import { compareProfit, profitRatio, truncateFor } from "./money";
import { hasTag, makeWay, placeOrder } from "./place";
import { minutesBetween, roiRate, roiReached } from "./roi";
import { addIntent, config, NONE, tradeAt } from "./state";
import { stopRate, stopReason, trailStop } from "./stop";
import * as view from "./view";

/** Answers the exit order now intended, or NONE. The trade has a position. */
export function decideExit(index: i32): i32 {
  const trade = tradeAt(index);
  trade.maxRate = max(view.high, trade.maxRate != 0 ? trade.maxRate : trade.openRate);
  trade.minRate = min(view.low, trade.minRate != 0 ? trade.minRate : trade.openRate);
  trailStop(index);
  const stopped = stopReason(trade);
  const enter = view.wantsEntry(trade.side);
  const roi = !(enter && config.ignoreRoiIfEntrySignal != 0) && roiReached(index);
  let order = exitBySignal(index, enter);
  if (order == NONE && stopped != NO_STRING && stopped != REASON_TRAILING_STOP_LOSS) {
    order = exitByStop(index, stopped);
  }
  if (order == NONE && roi) order = exitByRoi(index);
  if (order == NONE && stopped == REASON_TRAILING_STOP_LOSS) order = exitByStop(index, stopped);
  return order;
}

/** The exit signal, or where none is given the strategy's own wish. */
function exitBySignal(index: i32, enter: bool): i32 {
  const trade = tradeAt(index);
  if (config.useExitSignal == 0) return NONE;
  if (!enter && view.wantsExit(trade.side)) {
    const wanted = config.exitProfitOnly == 0 ||
      compareProfit(trade, view.rate, config.exitProfitOffset) > 0;
    if (!wanted) return NONE;
    return exitAtOpen(index, hasTag(view.exitTag) ? view.exitTag : REASON_EXIT_SIGNAL);
  }
  if (!asks(ASK_CUSTOM_EXIT)) return NONE;
  if (!asksForExit(index, view.rate, profitRatio(trade, view.rate))) return NONE;
  const tag = exitTagAnswered();
  return exitAtOpen(index, hasTag(tag) ? tag : REASON_CUSTOM_EXIT);
}

function exitAtOpen(index: i32, reason: i32): i32 {
  return exitAt(index, rateAtOpen(index, reason), reason);
}

/** The view's rate or the strategy's, for limit orders not beyond the candle. */
function rateAtOpen(index: i32, reason: i32): f64 {
  if (config.exitMarket != 0) return view.rate;
  const trade = tradeAt(index);
  let rate = view.rate;
  if (asks(ASK_CUSTOM_EXIT_PRICE)) {
    rate = askExitPrice(index, rate, profitRatio(trade, rate), reason);
  }
  return trade.side > 0 ? max(rate, view.low) : min(rate, view.high);
}

/** Places an exit of a part, which no callback confirms. */
export function exitPart(index: i32, amount: f64, reason: i32): i32 {
  const rate = rateAtOpen(index, reason);
  tradeAt(index).exitReason = reason;
  return exitAmountAt(index, rate, amount, reason);
}

function exitByStop(index: i32, reason: i32): i32 {
  const trade = tradeAt(index);
  const minutes = <i32> minutesBetween(trade.openDate, view.time);
  return exitAt(index, stopRate(trade, reason, minutes), reason);
}

function exitByRoi(index: i32): i32 {
  const trade = tradeAt(index);
  const rate = roiRate(index, minutesBetween(trade.openDate, view.time));
  return isNaN(rate) ? NONE : exitAt(index, rate, REASON_ROI);
}

/** Places an exit of the whole amount; NONE when refused or an equal one already waits. */
export function exitAt(index: i32, rate: f64, reason: i32): i32 {
  const trade = tradeAt(index);
  if (asksToLeave(reason) && !confirmsExit(index, trade.amount, rate, reason)) return NONE;
  trade.exitReason = reason;
  return exitAmountAt(index, rate, trade.amount, reason);
}

function asksToLeave(reason: i32): bool {
  return reason != REASON_LIQUIDATION && reason != REASON_FORCE_EXIT;
}

/** Places an exit; NONE when an equal one already waits. */
export function exitAmountAt(index: i32, rate: f64, wanted: f64, reason: i32): i32 {
  const trade = tradeAt(index);
  const price = roundPrice(rate, trade.pricePrecision, trade.priceMode);
  const amount = truncateFor(trade, wanted);
  if (!makeWay(index, 0, price, amount)) return NONE;
  const order = placeOrder(index, 0, price, amount, reason);
  const intent = addIntent(INTENT_EXIT, index, order);
  intent.reason = reason;
  intent.price = price;
  return order;
}
