/** Phase "enter": the first entry of a trade. */
import { EMPTY_STRING, INTENT_PLACE, Market } from "./layout";
import { MODE_TICK, roundPrice } from "../decimal/rounding";
import { askEntryPrice, askStake, confirmsEntry } from "./asking";
import { truncateContracts } from "./money";
import { makeWay, placeOrder } from "./place";
import { addIntent, addTrade, config, header, marketOf, NONE, orderAt, tradeAt } from "./state";
import { adjustStop } from "./stop";
import * as view from "./view";
import { availableStake, maximumStake, minimumStake, proposedStake, validStake } from "./wallet";

/** Assumed fall until the stop when a first entry's minimum stake is computed. */
const FIRST_ENTRY_RESERVE: f64 = 0.05;

let precision: f64 = NaN;
let mode: i32 = 0;

/** Counts the signal as rejected when every slot is taken. */
export function slotAvailable(): bool {
  const slots = config.maxOpenTrades;
  if (slots <= 0 || <f64> header.openCount < slots) return true;
  header.rejectedSignals++;
  return false;
}

/** Opens a trade with an intended entry order; answers the order, or NONE. */
export function decideEntry(pair: i32, side: i32): i32 {
  const market = marketOf(pair);
  setPrecision(market, view.date);
  const rate = entryRate(pair, side, NONE, view.enterTag);
  const leverage: f64 = 1;
  const wanted = proposedStake();
  if (isNaN(wanted)) return NONE;
  const least = minimumStake(market, rate, FIRST_ENTRY_RESERVE, leverage);
  const most = maximumStake(market, rate, leverage);
  const asked = askStake(pair, side, rate, wanted, least, min(availableStake(), most));
  const stake = validStake(asked, least, most, 0);
  if (stake == 0 || (least != 0 && stake < least)) return NONE;
  const amount = truncateContracts(stake / rate * leverage, market);
  if (amount == 0 || !confirmsEntry(pair, side, NONE, amount, rate)) return NONE;
  const index = openTrade(pair, side, rate, leverage);
  tradeAt(index).stake = amount * rate / leverage;
  const order = placeOrder(index, 1, rate, amount, view.enterTag);
  addIntent(INTENT_PLACE, index, order).price = rate;
  return order;
}

/** The rate of an entry: the strategy's, else the view's, for limit orders not beyond the candle. */
function entryRate(pair: i32, side: i32, trade: i32, tag: i32): f64 {
  if (config.entryMarket != 0) return view.rate;
  let rate = askEntryPrice(pair, side, trade, tag);
  if (rate != view.rate) rate = roundPrice(rate, precision, mode);
  return side > 0 ? min(rate, view.high) : max(rate, view.low);
}

/** An entry order at `rate` in place of the one at `old`; NONE when it is refused. */
export function replaceEntry(index: i32, old: i32, rate: f64): i32 {
  const trade = tradeAt(index);
  const market = marketOf(trade.pair);
  const order = orderAt(old);
  setPrecision(market, view.date);
  const proposed = entryRate(trade.pair, trade.side, index, view.enterTag);
  const stake = (order.amount - order.filled) * order.price / trade.leverage;
  const least = minimumStake(market, proposed, 0, trade.leverage);
  if (stake == 0 || (least != 0 && stake < least)) return NONE;
  const amount = truncateContracts(stake / rate * trade.leverage, market);
  if (amount == 0 || !confirmsEntry(trade.pair, trade.side, index, amount, rate)) return NONE;
  if (!makeWay(index, 1, rate, amount)) return NONE;
  return placeOrder(index, 1, rate, amount, view.enterTag);
}

/** A further entry of the trade; NONE when it is refused or an equal one already waits. */
export function addEntry(index: i32, wanted: f64, tag: i32): i32 {
  const trade = tradeAt(index);
  const market = marketOf(trade.pair);
  setPrecision(market, view.date);
  const rate = entryRate(trade.pair, trade.side, index, tag);
  const least = minimumStake(market, rate, 0, trade.leverage);
  const stake = validStake(wanted, least, maximumStake(market, rate, trade.leverage), trade.stake);
  if (stake == 0 || (least != 0 && stake < least)) return NONE;
  const amount = truncateContracts(stake / rate * trade.leverage, market);
  if (amount == 0 || !makeWay(index, 1, rate, amount)) return NONE;
  const order = placeOrder(index, 1, rate, amount, tag);
  addIntent(INTENT_PLACE, index, order).price = rate;
  return order;
}

function openTrade(pair: i32, side: i32, rate: f64, leverage: f64): i32 {
  const index = addTrade(pair);
  const trade = tradeAt(index);
  const market = marketOf(pair);
  trade.side = side;
  trade.leverage = leverage;
  trade.openDate = view.date;
  trade.openRate = rate;
  trade.feeOpen = config.feeRate;
  trade.feeClose = config.feeRate;
  trade.enterTag = view.enterTag;
  trade.exitReason = EMPTY_STRING;
  trade.pricePrecision = precision;
  trade.priceMode = mode;
  trade.amountPrecision = market.amountPrecision;
  trade.amountMode = <i32> market.precisionMode;
  adjustStop(trade, rate, config.stoploss, false);
  return index;
}

/** The deduced tick of the latest month that has one, else the market's own precision. */
function setPrecision(market: Market, date: f64): void {
  for (let i = <i32> market.tickCount - 1; i >= 0; i--) {
    const row = <usize> market.ticks + (<usize> i << 4);
    if (load<f64>(row) > date) continue;
    precision = load<f64>(row, 8);
    mode = MODE_TICK;
    return;
  }
  precision = market.pricePrecision;
  mode = <i32> market.precisionMode;
}
