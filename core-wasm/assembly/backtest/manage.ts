/** Phase "manage": open orders that waited too long. */
import { ORDER_CLOSING, ORDER_FILLED } from "./layout";
import { askCancel } from "./place";
import { config, header, NONE, orderAt, tradeAt } from "./state";
import * as view from "./view";

export function decideOrders(index: i32): void {
  const trade = tradeAt(index);
  if (trade.openOrders == 0) return;
  for (let at = trade.firstOrder; at != NONE; at = orderAt(at).next) {
    const order = orderAt(at);
    if (order.status == ORDER_FILLED || order.status == ORDER_CLOSING) continue;
    if (timedOut(order.isEntry, order.placedAt)) cancelTimedOut(index, at);
  }
}

function timedOut(isEntry: i32, placedAt: f64): bool {
  const timeout = isEntry != 0 ? config.unfilledEntryTimeoutMs : config.unfilledExitTimeoutMs;
  return !isNaN(timeout) && placedAt <= view.time - timeout;
}

function cancelTimedOut(index: i32, at: i32): void {
  if (orderAt(at).isEntry != 0) header.timedOutEntryOrders++;
  else header.timedOutExitOrders++;
  askCancel(index, at);
}
