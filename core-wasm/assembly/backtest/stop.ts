/** The stop: where it stands, how it moves, whether it is hit. */
import { roundStop } from "../decimal/rounding";
import { ASK_CUSTOM_STOPLOSS } from "../host/kinds";
import { asks, asksAfterFill, askStoploss } from "./asking";
import {
  NO_STRING,
  REASON_LIQUIDATION,
  REASON_STOP_LOSS,
  REASON_TRAILING_STOP_LOSS,
  Trade,
} from "./layout";
import { compareProfit, profitRatio } from "./money";
import { config, tradeAt } from "./state";
import * as view from "./view";

/**
 * Puts the stop `percent` away from `price`, away from the market rounded. The first one stands;
 * later ones count only in the trade's favour, or either way with `refresh`.
 */
export function adjustStop(trade: Trade, price: f64, percent: f64, refresh: bool): void {
  const distance = abs(percent / trade.leverage);
  const wanted = price * (trade.side > 0 ? 1 - distance : 1 + distance);
  const stop = roundStop(wanted, trade.pricePrecision, trade.priceMode, trade.side);
  if (isNaN(trade.initialStopPercent)) {
    setStop(trade, stop, percent);
    trade.initialStop = roundStop(stop, trade.pricePrecision, trade.priceMode, trade.side);
    trade.initialStopPercent = -abs(percent);
    return;
  }
  const favourable = trade.side > 0 ? stop > trade.stop : stop < trade.stop;
  if (!favourable && !refresh) return;
  if (!refresh) trade.trailing = 1;
  setStop(trade, stop, percent);
}

function setStop(trade: Trade, stop: f64, percent: f64): void {
  if (trade.stop == 0) trade.initialStop = stop;
  trade.stop = stop;
  trade.stopPercent = -abs(percent);
}

/** Moves the stop with the view's best price; nothing moves once the view's worst reached it. */
export function trailStop(index: i32): void {
  const trade = tradeAt(index);
  const custom = asks(ASK_CUSTOM_STOPLOSS);
  if (config.trailingStop == 0 && !custom) return;
  const clear = trade.side > 0 ? trade.stop < view.low : trade.stop > view.high;
  if (clear) moveStop(index, trade.side > 0 ? view.high : view.low, false);
}

/** After a fill the strategy may set the stop either way, seen from the order's price. */
export function moveStopAfterFill(index: i32, price: f64): void {
  const trade = tradeAt(index);
  if (!asksAfterFill()) return;
  const clear = trade.side > 0 ? trade.stop < price : trade.stop > price;
  if (clear) moveStop(index, price, true);
}

function moveStop(index: i32, rate: f64, afterFill: bool): void {
  const trade = tradeAt(index);
  let percent = config.stoploss;
  if (asks(ASK_CUSTOM_STOPLOSS)) {
    const custom = askStoploss(index, rate, profitRatio(trade, rate), afterFill);
    if (!isNaN(custom)) {
      percent = custom;
      adjustStop(trade, rate, percent, afterFill);
    }
  }
  if (config.trailingStop == 0) return;
  const order = compareProfit(trade, rate, config.trailingStopPositiveOffset);
  if (config.trailingOnlyOffsetIsReached != 0 && order < 0) return;
  if (!isNaN(config.trailingStopPositive) && order > 0) percent = config.trailingStopPositive;
  adjustStop(trade, rate, percent, false);
}

/** The reason of a stop or liquidation the view's worst price reached, or NO_STRING. */
export function stopReason(trade: Trade): i32 {
  const worst = trade.side > 0 ? view.low : view.high;
  if (trade.side > 0 ? trade.stop >= worst : trade.stop <= worst) {
    return trade.trailing != 0 ? REASON_TRAILING_STOP_LOSS : REASON_STOP_LOSS;
  }
  const liquidation = trade.liquidation;
  if (isNaN(liquidation) || liquidation == 0) return NO_STRING;
  const reached = trade.side > 0 ? liquidation >= worst : liquidation <= worst;
  return reached ? REASON_LIQUIDATION : NO_STRING;
}

/** Price a stop or liquidation is filled at, before rounding. */
export function stopRate(trade: Trade, reason: i32, minutes: i32): f64 {
  const long = trade.side > 0;
  const value = reason == REASON_LIQUIDATION ? trade.liquidation : trade.stop;
  if (long ? value > view.high : value < view.low) return view.rate;
  if (reason != REASON_TRAILING_STOP_LOSS || minutes != 0) return value;
  // Trailed and hit within the opening candle: the least favourable path through it is assumed.
  const side = <f64> trade.side;
  const armed = config.trailingStop != 0 && config.trailingOnlyOffsetIsReached != 0 &&
    !isNaN(config.trailingStopPositive) && config.trailingStopPositive != 0 &&
    !asks(ASK_CUSTOM_STOPLOSS);
  const assumed = armed
    ? view.rate *
      (1 + side * abs(config.trailingStopPositiveOffset) -
        side * abs(config.trailingStopPositive / trade.leverage))
    : view.rate * (1 - side * abs(stopPercentOf(trade) / trade.leverage));
  return long ? max(view.low, assumed) : min(view.high, assumed);
}

function stopPercentOf(trade: Trade): f64 {
  return isNaN(trade.stopPercent) ? 0 : trade.stopPercent;
}
