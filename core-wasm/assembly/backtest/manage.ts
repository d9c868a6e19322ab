/** Phase "manage": open orders that waited too long, and those the strategy prices anew. */
import { adjustKind, askAdjustedPrice, asksTimeout } from "./asking";
import { replaceEntry } from "./enter";
import { exitAmountAt } from "./exit";
import { INTENT_REPLACE, ORDER_CLOSING } from "./layout";
import { askCancel } from "./place";
import { addIntent, config, header, NONE, orderAt, tradeAt } from "./state";
import * as view from "./view";

export function decideOrders(index: i32): void {
  const trade = tradeAt(index);
  if (trade.openOrders == 0) return;
  const last = trade.lastOrder;
  for (let at = trade.firstOrder; at != NONE; at = orderAt(at).next) {
    if (orderAt(at).status < ORDER_CLOSING) decideOrder(index, at);
    if (at == last) return;
  }
}

function decideOrder(index: i32, at: i32): void {
  const order = orderAt(at);
  if (timedOut(order.isEntry, order.placedAt) || asksTimeout(index, at)) {
    if (order.isEntry != 0) header.timedOutEntryOrders++;
    else header.timedOutExitOrders++;
    askCancel(index, at);
    return;
  }
  const kind = adjustKind(order.isEntry);
  if (kind == 0 || !(view.time > order.placedAt)) return;
  const price = askAdjustedPrice(kind, index, at);
  if (price == order.price) return;
  reprice(index, at, price);
}

function timedOut(isEntry: i32, placedAt: f64): bool {
  const timeout = isEntry != 0 ? config.unfilledEntryTimeoutMs : config.unfilledExitTimeoutMs;
  return !isNaN(timeout) && placedAt <= view.time - timeout;
}

/** Price 0 takes the order back; a never filled trade whose entry is not replaced goes with it. */
function reprice(index: i32, at: i32, price: f64): void {
  const order = orderAt(at);
  const isEntry = order.isEntry != 0;
  order.status = ORDER_CLOSING;
  if (isEntry) header.canceledEntryOrders++;
  else header.canceledExitOrders++;
  let placed = NONE;
  if (price != 0) {
    placed = isEntry
      ? replaceEntry(index, at, price)
      : exitAmountAt(index, price, order.amount - order.filled, order.tag);
    if (isEntry) header.replacedEntryOrders++;
    else header.replacedExitOrders++;
  }
  if (placed == NONE) {
    if (isEntry && tradeAt(index).filledEntries == 0) header.canceledTradeEntries++;
    askCancel(index, at);
    return;
  }
  const intent = addIntent(INTENT_REPLACE, index, at);
  intent.other = placed;
  intent.price = orderAt(placed).price;
}
