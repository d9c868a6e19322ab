/** Phase "exit": whether and at what price a trade is left. */
import { roundPrice } from "../decimal/rounding";
import {
  INTENT_EXIT,
  NO_STRING,
  REASON_EXIT_SIGNAL,
  REASON_ROI,
  REASON_TRAILING_STOP_LOSS,
  Trade,
} from "./layout";
import { compareProfit, truncateFor } from "./money";
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
  trailStop(trade);
  const stopped = stopReason(trade);
  const enter = view.wantsEntry(trade.side);
  const roi = !(enter && config.ignoreRoiIfEntrySignal != 0) && roiReached(trade);
  let order = NONE;
  if (signalled(trade, enter)) order = exitBySignal(index);
  if (order == NONE && stopped != NO_STRING && stopped != REASON_TRAILING_STOP_LOSS) {
    order = exitByStop(index, stopped);
  }
  if (order == NONE && roi) order = exitByRoi(index);
  if (order == NONE && stopped == REASON_TRAILING_STOP_LOSS) order = exitByStop(index, stopped);
  return order;
}

function signalled(trade: Trade, enter: bool): bool {
  if (config.useExitSignal == 0 || enter || !view.wantsExit(trade.side)) return false;
  if (config.exitProfitOnly == 0) return true;
  return compareProfit(trade, view.rate, config.exitProfitOffset) > 0;
}

function exitBySignal(index: i32): i32 {
  const reason = hasTag(view.exitTag) ? view.exitTag : REASON_EXIT_SIGNAL;
  let rate = view.rate;
  if (config.exitMarket == 0) {
    rate = tradeAt(index).side > 0 ? max(rate, view.low) : min(rate, view.high);
  }
  return exitAt(index, rate, reason);
}

function exitByStop(index: i32, reason: i32): i32 {
  const trade = tradeAt(index);
  const minutes = <i32> minutesBetween(trade.openDate, view.time);
  return exitAt(index, stopRate(trade, reason, minutes), reason);
}

function exitByRoi(index: i32): i32 {
  const trade = tradeAt(index);
  const rate = roiRate(trade, minutesBetween(trade.openDate, view.time));
  return isNaN(rate) ? NONE : exitAt(index, rate, REASON_ROI);
}

/** Places an exit of the whole amount; NONE when an equal one already waits. */
export function exitAt(index: i32, wanted: f64, reason: i32): i32 {
  const trade = tradeAt(index);
  trade.exitReason = reason;
  const price = roundPrice(wanted, trade.pricePrecision, trade.priceMode);
  const amount = truncateFor(trade, trade.amount);
  if (!makeWay(index, 0, price, amount)) return NONE;
  const order = placeOrder(index, 0, price, amount, reason);
  const intent = addIntent(INTENT_EXIT, index, order);
  intent.reason = reason;
  intent.price = price;
  return order;
}
