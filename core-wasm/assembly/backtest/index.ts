/** The engine's exports. Every one names the input and the state it works on. */
import { adoptOrder, applyEvent } from "./apply";
import { decideAdjustment } from "./adjust";
import { asks, bindMask } from "./asking";
import { ASK_ADJUST_TRADE_POSITION } from "../host/kinds";
import { decideEntry, slotAvailable } from "./enter";
import { decideExit } from "./exit";
import { decideOrders } from "./manage";
import { isLocked, lockPair } from "./protections";
import { closedBytes, writeClosed, writeOrders, writeSummary, writeTrade } from "./report";
import { runSteps } from "./run";
import { bind, config, header, intentAt, NONE, pairAt, tradeAt } from "./state";
import { initState, moveState, stateBytes } from "./tables";
import { Config, Intent, Market } from "./layout";
import * as view from "./view";
import { refreshWallet } from "./wallet";

export { largestPlaces as engineLargestPlaces } from "./ticks";
export { packFlags as enginePackFlags } from "./view";

const PHASE_MANAGE = 1;
const PHASE_ENTER = 2;
const PHASE_EXIT = 3;

export function engineConfigBytes(): i32 {
  return <i32> offsetof<Config>();
}

export function engineMarketBytes(): i32 {
  return <i32> offsetof<Market>();
}

export function engineStateBytes(pairs: i32, steps: i32, trades: i32, orders: i32): usize {
  return stateBytes(pairs, steps, trades, orders);
}

export function engineInit(input: usize, state: usize, steps: i32, trades: i32, orders: i32): void {
  initState(input, state, steps, trades, orders);
}

export function engineMove(input: usize, from: usize, to: usize, trades: i32, orders: i32): void {
  moveState(input, from, to, trades, orders);
}

/** 0 there is more, 1 done, 2 the tables need room before it can go on. */
export function engineRun(input: usize, state: usize, maxSteps: i32): i32 {
  bind(input, state);
  return runSteps(maxSteps);
}

/** The next `decide` looks at these; signals are the low four bits of view.ts. */
export function engineView(
  time: f64,
  rate: f64,
  high: f64,
  low: f64,
  signals: i32,
  enterTag: i32,
  exitTag: i32,
): void {
  view.viewPoll(time, rate, high, low);
  view.viewSignals(<u8> signals, enterTag, exitTag);
}

/** One phase for one pair; answers the number of intents, read with `engineIntent`. */
export function engineDecide(input: usize, state: usize, phase: i32, pair: i32): i32 {
  bind(input, state);
  bindMask();
  header.intentCount = 0;
  if (phase == PHASE_ENTER) {
    const side = view.direction(view.flags, config.canShort != 0);
    const free = config.positionStacking != 0 || pairAt(pair).firstTrade == NONE;
    if (side != 0 && free && !isLocked(pair, view.date, side) && slotAvailable()) {
      decideEntry(pair, side);
    }
    refreshWallet();
    return header.intentCount;
  }
  for (let trade = pairAt(pair).firstTrade; trade != NONE; trade = tradeAt(trade).nextInPair) {
    if (phase == PHASE_MANAGE) decideOrders(trade);
    else if (phase == PHASE_EXIT && tradeAt(trade).amount > 0) {
      if (asks(ASK_ADJUST_TRADE_POSITION) && decideAdjustment(trade) != NONE) continue;
      decideExit(trade);
    }
  }
  return header.intentCount;
}

/** kind, trade, order, other order, reason, price as doubles. */
export function engineIntent(input: usize, state: usize, index: i32, out: usize): void {
  bind(input, state);
  const intent: Intent = intentAt(index);
  store<f64>(out, intent.kind);
  store<f64>(out, intent.trade, 8);
  store<f64>(out, intent.order, 16);
  store<f64>(out, intent.other, 24);
  store<f64>(out, intent.reason, 32);
  store<f64>(out, intent.price, 40);
}

/** Subject: an order, or a trade for funding, liquidation and closed from outside. */
export function engineApply(
  input: usize,
  state: usize,
  kind: i32,
  subject: i32,
  time: f64,
  amount: f64,
  price: f64,
): i32 {
  bind(input, state);
  bindMask();
  return applyEvent(kind, subject, time, amount, price);
}

/** An open order that came from elsewhere; a fill event for it follows. Answers its index. */
export function engineAdopt(
  input: usize,
  state: usize,
  trade: i32,
  isEntry: i32,
  time: f64,
  amount: f64,
  price: f64,
): i32 {
  bind(input, state);
  if (trade < 0 || trade >= header.tradeCount || tradeAt(trade).isOpen == 0) return -1;
  return adoptOrder(trade, isEntry, time, amount, price);
}

/** Locks a pair (-1: all) for a side (0: both) until the candle after `until` begins. */
export function engineLock(input: usize, state: usize, pair: i32, side: i32, until: f64): void {
  bind(input, state);
  lockPair(pair, side, until);
}

export function engineOpenTrade(input: usize, state: usize, pair: i32): i32 {
  bind(input, state);
  return pairAt(pair).firstTrade;
}

export function engineTrade(input: usize, state: usize, trade: i32, out: usize): i32 {
  bind(input, state);
  return writeTrade(trade, out);
}

export function engineOrders(input: usize, state: usize, trade: i32, out: usize): i32 {
  bind(input, state);
  return writeOrders(trade, out);
}

export function engineClosedBytes(input: usize, state: usize, trade: i32, order: i32): i32 {
  bind(input, state);
  return closedBytes(trade, order);
}

export function engineClosed(input: usize, state: usize, out: usize): i32 {
  bind(input, state);
  return writeClosed(out);
}

export function engineSummary(input: usize, state: usize, out: usize): i32 {
  bind(input, state);
  return writeSummary(out);
}
