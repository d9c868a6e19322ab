/** What happened at the exchange, recorded. */
import {
  ORDER_FILLED,
  ORDER_INTENDED,
  ORDER_OPEN,
  REASON_CLOSED_OUTSIDE,
  REASON_LIQUIDATION,
  Trade,
} from "./layout";
import {
  addOrder,
  closeTrade,
  dropOrder,
  dropTrade,
  header,
  NONE,
  orderAt,
  tradeAt,
} from "./state";
import { tellFilled } from "./asking";
import { protect } from "./protections";
import { recalculate } from "./recalculate";
import { adjustStop, moveStopAfterFill } from "./stop";
import { refreshWallet } from "./wallet";

export const EVENT_ACCEPTED: i32 = 1;
export const EVENT_PARTIAL_FILL: i32 = 2;
export const EVENT_FILL: i32 = 3;
export const EVENT_CANCELLED: i32 = 4;
export const EVENT_REJECTED: i32 = 5;
export const EVENT_EXPIRED: i32 = 6;
export const EVENT_FUNDING: i32 = 7;
export const EVENT_LIQUIDATION: i32 = 8;
export const EVENT_BALANCE_CORRECTION: i32 = 9;
export const EVENT_CLOSED_OUTSIDE: i32 = 10;

/** 0 done, -1 the subject is unknown or done, -2 a number is out of range. */
export function applyEvent(kind: i32, subject: i32, time: f64, amount: f64, price: f64): i32 {
  if (kind == EVENT_BALANCE_CORRECTION) {
    header.corrections += amount;
    refreshWallet();
    return 0;
  }
  if (kind == EVENT_FUNDING || kind == EVENT_LIQUIDATION || kind == EVENT_CLOSED_OUTSIDE) {
    return applyToTrade(kind, subject, time, amount, price);
  }
  if (subject < 0 || subject >= header.orderCount) return -1;
  const order = orderAt(subject);
  if (order.trade == NONE || order.status == ORDER_FILLED) return -1;
  switch (kind) {
    case EVENT_ACCEPTED:
      if (order.status == ORDER_INTENDED) order.status = ORDER_OPEN;
      return 0;
    case EVENT_PARTIAL_FILL:
      if (!(amount > 0 && amount <= order.amount - order.filled && price > 0)) return -2;
      fillPart(subject, time, amount, price);
      break;
    case EVENT_FILL:
      if (!(price > 0)) return -2;
      fillRest(subject, time, price);
      break;
    case EVENT_CANCELLED:
    case EVENT_REJECTED:
    case EVENT_EXPIRED:
      removeOrder(subject, time);
      break;
    default:
      return -1;
  }
  refreshWallet();
  return 0;
}

function applyToTrade(kind: i32, index: i32, time: f64, amount: f64, price: f64): i32 {
  if (index < 0 || index >= header.tradeCount || tradeAt(index).isOpen == 0) return -1;
  const trade = tradeAt(index);
  if (kind == EVENT_FUNDING) {
    trade.fundingRunning += amount;
    trade.funding += amount;
    return 0;
  }
  if (!(price > 0)) return -2;
  if (trade.amount == 0) return -1;
  trade.exitReason = kind == EVENT_LIQUIDATION ? REASON_LIQUIDATION : REASON_CLOSED_OUTSIDE;
  fillRest(adoptOrder(index, 0, time, trade.amount, price), time, price);
  refreshWallet();
  return 0;
}

/** An order the engine did not want but that exists at the exchange. */
export function adoptOrder(index: i32, isEntry: i32, time: f64, amount: f64, price: f64): i32 {
  const trade = tradeAt(index);
  const at = addOrder(index);
  const order = orderAt(at);
  order.isEntry = isEntry;
  order.isMarket = 1;
  order.status = ORDER_OPEN;
  order.tag = isEntry != 0 ? trade.enterTag : trade.exitReason;
  order.placedAt = time;
  order.price = price;
  order.average = price;
  order.amount = amount;
  order.cost = amount * price * (1 + trade.feeOpen);
  return at;
}

function fillPart(at: i32, time: f64, amount: f64, price: f64): void {
  const order = orderAt(at);
  order.average = (order.average * order.filled + price * amount) / (order.filled + amount);
  order.filled += amount;
  order.filledAt = time;
  if (order.filled >= order.amount) finish(at);
  afterFill(at, time, price);
}

/** Fills what is left of the order, closing its trade when nothing of it remains. */
export function fillRest(at: i32, time: f64, price: f64): void {
  const order = orderAt(at);
  order.average = order.filled == 0
    ? price
    : (order.average * order.filled + price * (order.amount - order.filled)) / order.amount;
  order.filled = order.amount;
  order.filledAt = time;
  finish(at);
  afterFill(at, time, price);
}

function finish(at: i32): void {
  const order = orderAt(at);
  const trade = tradeAt(order.trade);
  order.status = ORDER_FILLED;
  trade.openOrders--;
  if (order.isEntry != 0) trade.filledEntries++;
}

function afterFill(at: i32, time: f64, price: f64): void {
  const order = orderAt(at);
  const trade = tradeAt(order.trade);
  order.funding += trade.fundingRunning;
  trade.fundingRunning = 0;
  const index = order.trade;
  if (order.isEntry == 0) {
    tellFilled(index, at);
    if (order.status == ORDER_FILLED && leavesNothing(trade, order.filled)) {
      closeFilled(index, time, price);
      return;
    }
    moveStopAfterFill(index, price);
    recalculate(index, false);
    protect(trade.pair, trade.side, time);
    return;
  }
  trade.openRate = order.average;
  recalculate(order.trade, false);
  if (entriesWithFills(trade) == 1) {
    trade.initialStopPercent = NaN;
    trade.trailing = 0;
  }
  adjustStop(trade, trade.openRate, trade.stopPercent, false);
  tellFilled(index, at);
  moveStopAfterFill(index, price);
}

function leavesNothing(trade: Trade, filled: f64): bool {
  return filled >= trade.amount;
}

function entriesWithFills(trade: Trade): i32 {
  let count = 0;
  for (let at = trade.firstOrder; at != NONE; at = orderAt(at).next) {
    if (orderAt(at).isEntry != 0 && orderAt(at).filled > 0) count++;
  }
  return count;
}

function closeFilled(index: i32, time: f64, price: f64): void {
  const trade = tradeAt(index);
  trade.closeDate = time;
  trade.closeRate = price;
  recalculate(index, true);
  closeTrade(index);
  header.closedProfit += trade.profitAbs;
  protect(trade.pair, trade.side, time);
}

/** The order goes, or keeps what was filled; a trade that never got anything goes with it. */
export function removeOrder(at: i32, time: f64): void {
  const order = orderAt(at);
  const index = order.trade;
  const trade = tradeAt(index);
  if (order.filled > 0) {
    order.amount = order.filled;
    finish(at);
    if (order.isEntry == 0 && leavesNothing(trade, order.filled)) {
      closeFilled(index, time, order.average);
    }
    return;
  }
  const isEntry = order.isEntry != 0;
  dropOrder(at);
  if (isEntry && trade.amount == 0 && trade.openOrders == 0) dropTrade(index);
}
