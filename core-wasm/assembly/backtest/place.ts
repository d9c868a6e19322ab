/** Writing a wanted order into the state. */
import { INTENT_CANCEL, NO_STRING, ORDER_CLOSING, ORDER_INTENDED } from "./layout";
import { addIntent, addOrder, config, header, NONE, openOrderOf, orderAt, tradeAt } from "./state";
import * as view from "./view";

/** A new order of the trade in status intended. */
export function placeOrder(index: i32, isEntry: i32, price: f64, amount: f64, tag: i32): i32 {
  const at = addOrder(index);
  const order = orderAt(at);
  order.isEntry = isEntry;
  order.isMarket = i32((isEntry != 0 ? config.entryMarket : config.exitMarket) != 0);
  order.status = ORDER_INTENDED;
  order.tag = tag;
  order.placedAt = view.date;
  order.price = price;
  order.average = price;
  order.amount = amount;
  order.cost = amount * price * (1 + config.feeRate);
  return at;
}

/**
 * False when an equal order of that side already waits, which then stays as it is. Otherwise every
 * open order of the trade is to be cancelled before the new one.
 */
export function makeWay(index: i32, isEntry: i32, price: f64, amount: f64): bool {
  const trade = tradeAt(index);
  if (trade.openOrders == 0) return true;
  const same = openOrderOf(trade, isEntry);
  if (same != NONE && orderAt(same).price == price && orderAt(same).amount == amount) return false;
  for (let at = trade.firstOrder; at != NONE; at = orderAt(at).next) {
    if (orderAt(at).status < ORDER_CLOSING) cancelOrder(index, at);
  }
  return true;
}

/** Wants the order gone and counts it. */
export function cancelOrder(index: i32, at: i32): void {
  if (orderAt(at).isEntry != 0) header.canceledEntryOrders++;
  else header.canceledExitOrders++;
  askCancel(index, at);
}

export function askCancel(index: i32, at: i32): void {
  orderAt(at).status = ORDER_CLOSING;
  addIntent(INTENT_CANCEL, index, at);
}

export function hasTag(tag: i32): bool {
  return tag >= 0 || tag < NO_STRING - 1;
}
