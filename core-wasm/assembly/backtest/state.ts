/** Where the bound input and state lie, and the state's tables and lists. */
import { Config, Header, Intent, Market, Order, ORDER_CLOSING, Pair, Trade } from "./layout";

export const STATE_VERSION: i32 = 1;
export const NONE: i32 = -1;

let stateBase: usize = 0;
let marketsBase: usize = 0;
let pairsBase: usize = 0;
let tradesBase: usize = 0;
let ordersBase: usize = 0;

export let config: Config = changetype<Config>(<usize> 0);
export let header: Header = changetype<Header>(<usize> 0);

/** Points the module at one run; every export of the engine begins with it. */
export function bind(input: usize, state: usize): void {
  stateBase = state;
  config = changetype<Config>(input);
  header = changetype<Header>(state);
  marketsBase = <usize> config.pairs;
  pairsBase = state + <usize> header.pairsAt;
  tradesBase = state + <usize> header.tradesAt;
  ordersBase = state + <usize> header.ordersAt;
}

export function at(offset: i32): usize {
  return stateBase + <usize> offset;
}

export function marketOf(pair: i32): Market {
  return changetype<Market>(marketsBase + <usize> pair * offsetof<Market>());
}

export function pairAt(pair: i32): Pair {
  return changetype<Pair>(pairsBase + <usize> pair * offsetof<Pair>());
}

export function tradeAt(trade: i32): Trade {
  return changetype<Trade>(tradesBase + <usize> trade * offsetof<Trade>());
}

export function orderAt(order: i32): Order {
  return changetype<Order>(ordersBase + <usize> order * offsetof<Order>());
}

export function intentAt(intent: i32): Intent {
  return changetype<Intent>(at(header.intentsAt) + <usize> intent * offsetof<Intent>());
}

/** A cleared trade at the end of the open list and of its pair's list; there must be room. */
export function addTrade(pair: i32): i32 {
  let index = header.freeTrade;
  if (index != NONE) {
    header.freeTrade = tradeAt(index).nextOpen;
    header.freeTrades--;
  } else index = header.tradeCount++;
  const trade = tradeAt(index);
  memory.fill(changetype<usize>(trade), 0, offsetof<Trade>());
  trade.pair = pair;
  trade.isOpen = 1;
  trade.firstOrder = NONE;
  trade.lastOrder = NONE;
  trade.stopPercent = NaN;
  trade.initialStopPercent = NaN;
  trade.liquidation = NaN;
  linkTrade(index, trade, pairAt(pair));
  return index;
}

function linkTrade(index: i32, trade: Trade, owner: Pair): void {
  trade.previousOpen = header.lastOpen;
  trade.nextOpen = NONE;
  if (header.lastOpen == NONE) header.firstOpen = index;
  else tradeAt(header.lastOpen).nextOpen = index;
  header.lastOpen = index;
  header.openCount++;
  trade.previousInPair = owner.lastTrade;
  trade.nextInPair = NONE;
  if (owner.lastTrade == NONE) owner.firstTrade = index;
  else tradeAt(owner.lastTrade).nextInPair = index;
  owner.lastTrade = index;
}

/** Takes a trade out of the open lists; its record stays. */
export function unlinkTrade(index: i32): void {
  const trade = tradeAt(index);
  const owner = pairAt(trade.pair);
  if (trade.previousOpen == NONE) header.firstOpen = trade.nextOpen;
  else tradeAt(trade.previousOpen).nextOpen = trade.nextOpen;
  if (trade.nextOpen == NONE) header.lastOpen = trade.previousOpen;
  else tradeAt(trade.nextOpen).previousOpen = trade.previousOpen;
  if (trade.previousInPair == NONE) owner.firstTrade = trade.nextInPair;
  else tradeAt(trade.previousInPair).nextInPair = trade.nextInPair;
  if (trade.nextInPair == NONE) owner.lastTrade = trade.previousInPair;
  else tradeAt(trade.nextInPair).previousInPair = trade.previousInPair;
  header.openCount--;
}

/** Removes a trade that never filled, with its orders. */
export function dropTrade(index: i32): void {
  const trade = tradeAt(index);
  while (trade.firstOrder != NONE) dropOrder(trade.firstOrder);
  unlinkTrade(index);
  trade.isOpen = 0;
  trade.nextOpen = header.freeTrade;
  header.freeTrade = index;
  header.freeTrades++;
}

export function closeTrade(index: i32): void {
  unlinkTrade(index);
  tradeAt(index).isOpen = 0;
  store<i32>(at(header.closedAt) + (<usize> header.closedCount << 2), index);
  header.closedCount++;
}

export function closedAt(position: i32): i32 {
  return load<i32>(at(header.closedAt) + (<usize> position << 2));
}

/** A cleared order at the end of its trade's list; there must be room. */
export function addOrder(tradeIndex: i32): i32 {
  let index = header.freeOrder;
  if (index != NONE) {
    header.freeOrder = orderAt(index).next;
    header.freeOrders--;
  } else index = header.orderCount++;
  const order = orderAt(index);
  const trade = tradeAt(tradeIndex);
  memory.fill(changetype<usize>(order), 0, offsetof<Order>());
  order.trade = tradeIndex;
  order.filledAt = NaN;
  order.previous = trade.lastOrder;
  order.next = NONE;
  if (trade.lastOrder == NONE) trade.firstOrder = index;
  else orderAt(trade.lastOrder).next = index;
  trade.lastOrder = index;
  trade.openOrders++;
  return index;
}

export function dropOrder(index: i32): void {
  const order = orderAt(index);
  const trade = tradeAt(order.trade);
  if (order.status != 3) trade.openOrders--;
  if (order.previous == NONE) trade.firstOrder = order.next;
  else orderAt(order.previous).next = order.next;
  if (order.next == NONE) trade.lastOrder = order.previous;
  else orderAt(order.next).previous = order.previous;
  order.trade = NONE;
  order.next = header.freeOrder;
  header.freeOrder = index;
  header.freeOrders++;
}

/** The trade's latest order of that side that is neither done nor to be cancelled, or NONE. */
export function openOrderOf(trade: Trade, isEntry: i32): i32 {
  if (trade.openOrders == 0) return NONE;
  for (let index = trade.lastOrder; index != NONE; index = orderAt(index).previous) {
    const order = orderAt(index);
    if (order.isEntry == isEntry && order.status < ORDER_CLOSING) return index;
  }
  return NONE;
}

export function addIntent(kind: i32, trade: i32, order: i32): Intent {
  const intent = intentAt(header.intentCount);
  if (header.intentCount < header.intentCapacity) header.intentCount++;
  intent.kind = kind;
  intent.trade = trade;
  intent.order = order;
  intent.other = NONE;
  intent.reason = -1;
  intent.price = NaN;
  return intent;
}
