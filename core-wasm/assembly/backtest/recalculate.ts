/** A trade's totals from its fills, in the order they were placed. */
import {
  add,
  assign,
  DECIMAL_BYTES,
  divide,
  fromF64,
  isZero,
  multiply,
  setZero,
  signOf,
  subtract,
  toF64,
} from "../decimal/decimal";
import { roundPlaces, roundPrice } from "../decimal/rounding";
import { Trade } from "./layout";
import { closeValueOf, openValueOf, truncateFor } from "./money";
import { NONE, orderAt, tradeAt } from "./state";
import { adjustStop } from "./stop";

const AMOUNT = memory.data(DECIMAL_BYTES);
const STAKE = memory.data(DECIMAL_BYTES);
const MOST = memory.data(DECIMAL_BYTES);
const AVERAGE = memory.data(DECIMAL_BYTES);
const PART = memory.data(DECIMAL_BYTES);
const PRICE = memory.data(DECIMAL_BYTES);
const PRODUCT = memory.data(DECIMAL_BYTES);
const SUM = memory.data(DECIMAL_BYTES);

let entered: f64 = 0;
let profit: f64 = 0;
let lastProfit: f64 = 0;
let ratio: f64 = 0;
let fundingSinceExit: f64 = 0;

export function recalculate(index: i32, closing: bool): void {
  const trade = tradeAt(index);
  setZero(AMOUNT);
  setZero(STAKE);
  setZero(MOST);
  setZero(AVERAGE);
  entered = 0;
  profit = 0;
  ratio = 0;
  fundingSinceExit = 0;
  let funding: f64 = 0;
  for (let at = trade.firstOrder; at != NONE; at = orderAt(at).next) {
    const order = orderAt(at);
    if (order.filled == 0) continue;
    funding += order.funding;
    fundingSinceExit += order.funding;
    fromF64(PART, order.filled);
    if (order.isEntry != 0) addEntry(trade, order.filled, order.average);
    else addExit(trade, order.filled, order.average);
  }
  trade.funding = funding;
  trade.maxStake = toF64(MOST) / trade.leverage;
  if (ratio != 0) {
    trade.profitRatio = ratio;
    trade.realizedProfit = profit;
    trade.profitAbs = lastProfit;
  }
  settle(trade, closing);
}

function addEntry(trade: Trade, amount: f64, rate: f64): void {
  fromF64(PRICE, rate);
  multiply(PRODUCT, PRICE, PART);
  accumulate(AMOUNT, PART);
  accumulate(STAKE, PRODUCT);
  accumulate(MOST, PRODUCT);
  if (isPositive(AMOUNT)) divide(AVERAGE, STAKE, AMOUNT);
  entered += openValueOf(trade, amount, rate);
}

function addExit(trade: Trade, amount: f64, rate: f64): void {
  multiply(PRODUCT, AVERAGE, PART);
  subtract(SUM, AMOUNT, PART);
  assign(AMOUNT, SUM);
  subtract(SUM, STAKE, PRODUCT);
  assign(STAKE, SUM);
  trade.funding = fundingSinceExit;
  const closeValue = closeValueOf(trade, amount, rate);
  const openValue = openValueOf(trade, amount, toF64(AVERAGE));
  const gain = trade.side > 0 ? closeValue - openValue : openValue - closeValue;
  lastProfit = roundPlaces(gain, 8);
  profit += lastProfit;
  if (entered > 0) ratio = profit / entered * trade.leverage;
  fundingSinceExit = 0;
}

function settle(trade: Trade, closing: bool): void {
  const amount = isPositive(AMOUNT) ? truncateFor(trade, toF64(AMOUNT)) : 0;
  if (amount > 0) {
    divide(AVERAGE, STAKE, AMOUNT);
    trade.openRate = roundPrice(toF64(AVERAGE), trade.pricePrecision, trade.priceMode);
    trade.amount = amount;
    trade.stake = toF64(STAKE) / trade.leverage;
    trade.openValue = openValueOf(trade, amount, trade.openRate);
    trade.quietUntil = 0;
    trade.trailedTo = 0;
    if (!isNaN(trade.stopPercent)) adjustStop(trade, trade.openRate, trade.stopPercent, false);
  } else if (closing && entered > 0) {
    trade.profitRatio = profit / entered * trade.leverage;
    trade.profitAbs = profit;
  }
}

function accumulate(into: usize, part: usize): void {
  add(SUM, into, part);
  assign(into, SUM);
}

function isPositive(p: usize): bool {
  return !isZero(p) && signOf(p) > 0;
}
