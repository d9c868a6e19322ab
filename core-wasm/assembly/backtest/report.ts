/** Rows of doubles the facade reads; their order is in core-wasm/engine_report.ts, held by a test. */
import { roundPlaces } from "../decimal/rounding";
import { minutesBetween } from "./roi";
import { closedAt, header, NONE, orderAt, tradeAt } from "./state";

const AMOUNT_PLACES = 8;

let cursor: usize = 0;

function put(value: f64): void {
  store<f64>(cursor, value);
  cursor += 8;
}

/** One trade as it is reported, amounts to 8 places. Answers the bytes written, -1 without it. */
export function writeTrade(index: i32, out: usize): i32 {
  if (index < 0 || index >= header.tradeCount) return -1;
  const trade = tradeAt(index);
  cursor = out;
  put(trade.pair);
  put(trade.side);
  put(trade.openDate);
  put(trade.closeDate);
  put(trade.openRate);
  put(trade.closeRate);
  put(roundPlaces(trade.amount, AMOUNT_PLACES));
  put(roundPlaces(trade.stake, AMOUNT_PLACES));
  put(roundPlaces(trade.maxStake, AMOUNT_PLACES));
  put(trade.leverage);
  put(trade.feeOpen);
  put(trade.feeClose);
  put(trade.profitRatio);
  put(trade.profitAbs);
  put(trade.exitReason);
  put(trade.enterTag);
  put(minutesBetween(trade.openDate, trade.closeDate));
  put(trade.minRate);
  put(trade.maxRate);
  put(trade.initialStop);
  put(trade.stop);
  put(trade.initialStopPercent);
  put(trade.stopPercent);
  put(trade.funding);
  put(trade.liquidation);
  put(trade.realizedProfit);
  put(trade.filledEntries);
  put(trade.openOrders);
  put(trade.isOpen);
  put(countOrders(index));
  return <i32> (cursor - out);
}

function countOrders(index: i32): i32 {
  let count = 0;
  for (let at = tradeAt(index).firstOrder; at != NONE; at = orderAt(at).next) count++;
  return count;
}

/** The orders of one trade in placing order. Answers the bytes written. */
export function writeOrders(index: i32, out: usize): i32 {
  cursor = out;
  for (let at = tradeAt(index).firstOrder; at != NONE; at = orderAt(at).next) {
    const order = orderAt(at);
    put(at);
    put(order.isEntry);
    put(order.isMarket);
    put(order.status);
    put(order.tag);
    put(order.placedAt);
    put(order.filledAt);
    put(order.amount);
    put(order.filled);
    put(order.average);
    put(order.cost);
  }
  return <i32> (cursor - out);
}

/** Doubles the closed trades with their orders take in `writeClosed`. */
export function closedBytes(tradeBytes: i32, orderBytes: i32): i32 {
  let bytes = 0;
  for (let i = 0; i < header.closedCount; i++) {
    bytes += tradeBytes + orderBytes * countOrders(closedAt(i));
  }
  return bytes;
}

/** Every closed trade followed by its orders, in closing order. */
export function writeClosed(out: usize): i32 {
  let at = out;
  for (let i = 0; i < header.closedCount; i++) {
    const index = closedAt(i);
    at += <usize> writeTrade(index, at);
    at += <usize> writeOrders(index, at);
  }
  return <i32> (at - out);
}

export function writeSummary(out: usize): i32 {
  cursor = out;
  put(header.step);
  put(header.steps);
  put(header.closedCount);
  put(header.openCount);
  put(header.rejectedSignals);
  put(header.timedOutEntryOrders);
  put(header.timedOutExitOrders);
  put(header.canceledTradeEntries);
  put(header.canceledEntryOrders);
  put(header.canceledExitOrders);
  put(header.replacedEntryOrders);
  put(header.replacedExitOrders);
  put(header.discarded);
  put(header.free);
  put(header.total);
  put(header.equityAt);
  put(header.bytes);
  put(header.tradeCapacity);
  put(header.orderCapacity);
  put(header.orderCapacity - header.orderCount + header.freeOrders);
  return <i32> (cursor - out);
}
