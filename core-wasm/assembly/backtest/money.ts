/** Values and profits of a trade. */
import { roundPlaces, truncateAmount } from "../decimal/rounding";
import { productOf, quotientOf, valueWithFee } from "../decimal/values";
import { Market, Trade } from "./layout";
import { config, marketOf } from "./state";

/** Far above the error of the quick ratio, far below any ratio one sets. */
const MARGIN: f64 = 1e-8;

export function openValueOf(trade: Trade, amount: f64, rate: f64): f64 {
  return valueWithFee(amount, rate, trade.feeOpen, trade.side);
}

export function closeValueOf(trade: Trade, amount: f64, rate: f64): f64 {
  const value = valueWithFee(amount, rate, trade.feeClose, -trade.side);
  if (config.futures == 0) return value;
  return trade.side > 0 ? value + trade.funding : value - trade.funding;
}

function ratioOf(trade: Trade, closeValue: f64): f64 {
  const quotient = closeValue / trade.openValue;
  return (trade.side > 0 ? quotient - 1 : 1 - quotient) * trade.leverage;
}

/** Profit at `rate` as freqtrade rounds it; an unfilled trade has none. */
export function profitRatio(trade: Trade, rate: f64): f64 {
  if (trade.openValue == 0) return 0;
  return roundPlaces(ratioOf(trade, closeValueOf(trade, trade.amount, rate)), 8);
}

/** Sign of profitRatio(rate) − threshold, exact only where a quick estimate cannot decide. */
export function compareProfit(trade: Trade, rate: f64, threshold: f64): i32 {
  const value = trade.amount * rate * (1 - <f64> trade.side * trade.feeClose) +
    <f64> trade.side * trade.funding;
  const estimate = ratioOf(trade, value);
  const margin = MARGIN + abs(estimate) * 1e-12;
  if (estimate > threshold + margin) return 1;
  if (estimate < threshold - margin) return -1;
  const exact = profitRatio(trade, rate);
  return exact > threshold ? 1 : exact < threshold ? -1 : 0;
}

/** An amount cut to the market's precision, which counts contracts where they are not 1. */
export function truncateContracts(amount: f64, market: Market): f64 {
  const mode = <i32> market.precisionMode;
  if (isNaN(market.amountPrecision)) return amount;
  if (market.contractSize == 1) return truncateAmount(amount, market.amountPrecision, mode);
  const contracts = truncateAmount(
    quotientOf(amount, market.contractSize),
    market.amountPrecision,
    mode,
  );
  return productOf(contracts, market.contractSize);
}

export function truncateFor(trade: Trade, amount: f64): f64 {
  return truncateContracts(amount, marketOf(trade.pair));
}
