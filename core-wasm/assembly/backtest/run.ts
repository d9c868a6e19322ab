/** A backtest: `decide` and `simulate` feed `apply`, candle by candle. */
import { ASK_ADJUST_TRADE_POSITION, ASK_BOT_LOOP_START } from "../host/kinds";
import { clearFailure, failure } from "../host/question";
import { decideAdjustment } from "./adjust";
import { fillRest, removeOrder } from "./apply";
import { askLoopStart, asks, bindMask } from "./asking";
import { decideEntry, slotAvailable } from "./enter";
import { beginEquity, countEquity, endEquity } from "./equity";
import { decideExit, exitAt } from "./exit";
import {
  INTENT_CANCEL,
  INTENT_EXIT,
  INTENT_REPLACE,
  Market,
  ORDER_FILLED,
  ORDER_OPEN,
  REASON_FORCE_EXIT,
} from "./layout";
import { decideOrders } from "./manage";
import { armQuiet, idleSteps, passQuietly, skipSteps, sleepIdle } from "./quiet";
import { isLocked } from "./protections";
import { passStretch } from "./quiet_stretch";
import { recalculate } from "./recalculate";
import { fillsWithin } from "./simulate";
import {
  at,
  config,
  dropTrade,
  header,
  intentAt,
  marketOf,
  NONE,
  openOrderOf,
  orderAt,
  pairAt,
  tradeAt,
} from "./state";
import * as view from "./view";
import { refreshWallet } from "./wallet";

export const RUN_MORE: i32 = 0;
export const RUN_DONE: i32 = 1;
export const RUN_NEEDS_ROOM: i32 = 2;

/** Orders a pair or trade can add in one time step: two runs of an entry and an exit each. */
const ORDERS_PER_STEP = 4;
const TRADES_PER_STEP = 2;

export function runSteps(maxSteps: i32): i32 {
  let left = maxSteps;
  bindMask();
  clearFailure();
  while (header.step < header.steps) {
    if (left-- <= 0) return RUN_MORE;
    if (!hasRoom()) return RUN_NEEDS_ROOM;
    if (!asks(ASK_BOT_LOOP_START)) {
      const passed = skipQuiet(min(left + 1, header.steps - header.step));
      if (passed > 0) {
        left -= passed - 1;
        continue;
      }
    }
    const now = config.start + config.timeframeMs * <f64> (header.step + 1);
    stepTime(now);
    header.step++;
    if (failure < 0) return failure;
  }
  if (header.finished == 0) {
    closeLeftOpen();
    header.finished = 1;
  }
  return failure < 0 ? failure : RUN_DONE;
}

/** Steps the fast paths take at once. */
function skipQuiet(most: i32): i32 {
  if (header.firstOpen != NONE) return passStretch(most);
  const idle = idleSteps(most);
  if (idle > 0) skipSteps(idle);
  return idle;
}

function hasRoom(): bool {
  const pairs = <i32> config.pairCount;
  const trades = header.tradeCapacity - header.tradeCount + header.freeTrades;
  const orders = header.orderCapacity - header.orderCount + header.freeOrders;
  const wanted = (pairs + header.openCount) * ORDERS_PER_STEP;
  return trades >= pairs * TRADES_PER_STEP && orders >= wanted;
}

/** Pairs of open trades first, in opening order, then the whitelist. */
function stepTime(now: f64): void {
  askLoopStart(now);
  beginEquity();
  const last = now == config.end;
  const step = header.step;
  const list = at(header.visitAt);
  let count: usize = 0;
  for (let index = header.firstOpen; index != NONE; index = tradeAt(index).nextOpen) {
    const pair = tradeAt(index).pair;
    if (pairAt(pair).listed == step + 1) continue;
    pairAt(pair).listed = step + 1;
    store<i32>(list + (count++ << 2), pair);
  }
  for (let i: usize = 0; i < count; i++) stepPair(load<i32>(list + (i << 2)), now, last);
  for (let index = 0; index < <i32> config.pairCount; index++) {
    const pair = pairAt(index);
    if (pair.wakeStep <= step && pair.listed != step + 1) stepPair(index, now, last);
  }
  endEquity();
}

function stepPair(index: i32, now: f64, last: bool): void {
  const pair = pairAt(index);
  const market = marketOf(index);
  const row = <i32> market.firstRow + header.step - pair.visitStep;
  if (row >= <i32> market.rows) {
    pair.wakeStep = i32.MAX_VALUE;
    return;
  }
  const held = pair.firstTrade;
  if (isShut(market, row)) {
    if (held != NONE) {
      countEquity(pair.balance, load<f64>(<usize> market.open + (<usize> row << 3)));
    }
    return;
  }
  const signals = load<u8>(<usize> market.flags + <usize> (row - 1));
  if (held == NONE) {
    if (sleepIdle(pair, market, row, signals)) return;
  } else if (tradeAt(held).quietUntil != 0 && passQuietly(tradeAt(held), market, row, signals)) {
    countEquity(pair.balance, load<f64>(<usize> market.open + (<usize> row << 3)));
    return;
  }
  const canShort = config.canShort != 0;
  const wanted = view.direction(signals, canShort);
  view.viewRow(market, row, now);
  countEquity(pair.balance, view.rate);
  if (wanted == 0 && held == NONE) return;
  const left = stepTrades(index, wanted, !last);
  // A position that ended may be turned on the same candle, in the other direction only.
  if (canShort && wanted != 0 && left == -wanted) stepTrades(index, wanted, !last);
}

/** Nothing trades while a market is closed; its rows only keep the grid whole. */
function isShut(market: Market, row: i32): bool {
  return market.shut != 0 && load<u8>(<usize> market.shut + <usize> row) != 0;
}

/** One candle of one pair. Answers the side of the trade it began with if none is left, else 0. */
function stepTrades(index: i32, wanted: i32, mayEnter: bool): i32 {
  const pair = pairAt(index);
  const stacking = config.positionStacking != 0;
  const held = stacking || pair.firstTrade == NONE ? 0 : tradeAt(pair.firstTrade).side;
  for (let trade = pair.firstTrade; trade != NONE;) {
    const next = tradeAt(trade).nextInPair;
    decideOrders(trade);
    applyIntents();
    trade = next;
  }
  const free = stacking || pair.firstTrade == NONE;
  if (mayEnter && wanted != 0 && free && !isLocked(index, view.date, wanted) && slotAvailable()) {
    enter(index, wanted);
  }
  for (let trade = pair.firstTrade; trade != NONE;) {
    const next = tradeAt(trade).nextInPair;
    stepTrade(trade);
    trade = next;
  }
  return pair.firstTrade == NONE ? held : 0;
}

function enter(index: i32, side: i32): void {
  const order = decideEntry(index, side);
  header.intentCount = 0;
  if (order == NONE) return;
  const trade = orderAt(order).trade;
  orderAt(order).status = ORDER_OPEN;
  if (fillsWithin(order)) fillRest(order, view.time, orderAt(order).price);
  recalculate(trade, false);
  refreshWallet();
}

function stepTrade(index: i32): void {
  const trade = tradeAt(index);
  const entry = openOrderOf(trade, 1);
  if (entry != NONE && fillsWithin(entry)) {
    fillRest(entry, view.time, orderAt(entry).price);
    refreshWallet();
  }
  if (trade.amount > 0) {
    if (asks(ASK_ADJUST_TRADE_POSITION)) adjustTrade(index);
    if (trade.isOpen == 0) return;
    const wanted = decideExit(index);
    if (wanted != NONE) applyIntents();
    armQuiet(trade);
  }
  const exit = openOrderOf(trade, 0);
  if (exit != NONE && fillsWithin(exit)) {
    fillRest(exit, view.time, orderAt(exit).price);
    refreshWallet();
  }
}

function adjustTrade(index: i32): void {
  const order = decideAdjustment(index);
  if (order == NONE) {
    header.intentCount = 0;
    return;
  }
  applyIntents();
  orderAt(order).status = ORDER_OPEN;
  const isEntry = orderAt(order).isEntry != 0;
  if (fillsWithin(order)) {
    fillRest(order, view.time, orderAt(order).price);
    refreshWallet();
  }
  if (!isEntry) return;
  recalculate(index, false);
  refreshWallet();
}

/** The simulated exchange cancels and accepts at once; a replacing entry may fill at once. */
function applyIntents(): void {
  const count = header.intentCount;
  if (count == 0) return;
  header.intentCount = 0;
  for (let i = 0; i < count; i++) {
    const intent = intentAt(i);
    const trade = intent.trade;
    if (intent.kind == INTENT_EXIT) orderAt(intent.order).status = ORDER_OPEN;
    if (intent.kind == INTENT_CANCEL || intent.kind == INTENT_REPLACE) {
      removeOrder(intent.order, view.time);
    }
    if (intent.kind == INTENT_REPLACE) acceptReplacement(trade, intent.other);
    if (tradeAt(trade).isOpen == 0) refreshWallet();
  }
}

function acceptReplacement(trade: i32, order: i32): void {
  orderAt(order).status = ORDER_OPEN;
  if (orderAt(order).isEntry == 0) return;
  if (fillsWithin(order)) fillRest(order, view.time, orderAt(order).price);
  recalculate(trade, false);
}

/** Trades left at the end, by pair in order of first visit: out at the open of the pair's last row. */
function closeLeftOpen(): void {
  const pairs = <i32> config.pairCount;
  for (let visit = nextVisit(-1); visit != i32.MAX_VALUE; visit = nextVisit(visit)) {
    for (let index = 0; index < pairs; index++) {
      if (pairAt(index).visitStep == visit) closePair(index);
    }
  }
  refreshWallet();
}

/** The earliest first visit after that step. */
function nextVisit(after: i32): i32 {
  let least = i32.MAX_VALUE;
  for (let index = 0; index < <i32> config.pairCount; index++) {
    const visit = pairAt(index).visitStep;
    if (visit > after && visit < least) least = visit;
  }
  return least;
}

function closePair(index: i32): void {
  const market = marketOf(index);
  const row = <i32> market.rows - 1;
  for (let trade = pairAt(index).firstTrade; trade != NONE;) {
    const next = tradeAt(trade).nextInPair;
    view.viewRow(market, row, load<f64>(<usize> market.date + (<usize> row << 3)));
    if (tradeAt(trade).amount == 0) {
      dropTrade(trade);
      header.discarded++;
    } else forceExit(trade);
    trade = next;
  }
}

function forceExit(index: i32): void {
  const trade = tradeAt(index);
  let order = exitAt(index, view.rate, REASON_FORCE_EXIT);
  if (order == NONE) order = trade.lastOrder;
  else applyIntents();
  if (orderAt(order).status == ORDER_FILLED) return;
  fillRest(order, view.time, orderAt(order).price);
  refreshWallet();
}
