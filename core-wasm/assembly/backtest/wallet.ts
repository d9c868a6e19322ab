/** The wallet: balances as of the last refresh, and the stake a new trade may take. */
import { stakeOf } from "../decimal/values";
import { Market } from "./layout";
import { config, header, NONE, orderAt, pairAt, tradeAt } from "./state";

/** After an entry, a fill and a removal; nothing else moves what the wallet shows. */
export function refreshWallet(): void {
  for (let pair = 0; pair < <i32> config.pairCount; pair++) pairAt(pair).balance = 0;
  const futures = config.futures != 0;
  let realized: f64 = 0;
  let pending: f64 = 0;
  for (let index = header.firstOpen; index != NONE; index = tradeAt(index).nextOpen) {
    const trade = tradeAt(index);
    realized += trade.realizedProfit;
    if (futures) continue;
    pending += pendingStake(index);
    pairAt(trade.pair).balance = trade.amount;
  }
  const tied = tiedStake();
  header.free = config.dryRunWallet + header.corrections + (header.closedProfit + realized) - tied;
  header.total = header.free + (futures ? tied : pending);
}

function pendingStake(index: i32): f64 {
  const trade = tradeAt(index);
  let sum: f64 = 0;
  if (trade.openOrders == 0) return 0;
  for (let at = trade.firstOrder; at != NONE; at = orderAt(at).next) {
    const order = orderAt(at);
    if (order.isEntry == 0 || order.status == 3) continue;
    sum += stakeOf(order.amount, order.average, trade.leverage);
  }
  return sum;
}

function tiedStake(): f64 {
  let sum: f64 = 0;
  for (let index = header.firstOpen; index != NONE; index = tradeAt(index).nextOpen) {
    sum += tradeAt(index).stake;
  }
  return sum;
}

export function availableStake(): f64 {
  return availableWith(tiedStake());
}

function availableWith(tied: f64): f64 {
  const total = isNaN(config.availableCapital)
    ? (tied + header.free) * config.tradableBalanceRatio
    : config.availableCapital + header.closedProfit;
  return min(total - tied, header.free);
}

/** What a first entry proposes; NaN when the wallet does not hold it. */
export function proposedStake(): f64 {
  const tied = tiedStake();
  const available = availableWith(tied);
  let stake = config.stakeAmount;
  if (config.unlimitedStake != 0) {
    const slots = config.maxOpenTrades;
    stake = slots == 0 ? 0 : min((available + tied) / slots, available);
  }
  if (config.amendLastStakeAmount != 0) {
    stake = available > stake * config.lastStakeAmountMinRatio ? min(stake, available) : 0;
  }
  return available < stake ? NaN : max(stake, 0);
}

/** Smallest stake the market takes, 0 without limits. `reserve` is the assumed fall until a stop. */
export function minimumStake(market: Market, rate: f64, reserve: f64, leverage: f64): f64 {
  const margin = 1 + config.amountReservePercent;
  const factor = max(min(margin / (1 - reserve), 1.5), 1);
  let least: f64 = 0;
  if (!isNaN(market.costMin)) least = max(least, market.costMin * market.contractSize * factor);
  if (!isNaN(market.amountMin)) {
    least = max(least, market.amountMin * market.contractSize * rate * margin);
  }
  return least / leverage;
}

/** Largest stake the market takes. */
export function maximumStake(market: Market, rate: f64, leverage: f64): f64 {
  let most: f64 = Infinity;
  if (!isNaN(market.costMax)) most = min(most, market.costMax * market.contractSize);
  if (!isNaN(market.amountMax)) most = min(most, market.amountMax * market.contractSize * rate);
  return most / leverage;
}

/** The stake within the market's and the wallet's limits, 0 for no entry. `held`: a trade's stake. */
export function validStake(stake: f64, least: f64, most: f64, held: f64): f64 {
  if (!(stake > 0)) return 0;
  let cap = min(most, availableStake());
  if (held != 0) cap = min(cap, most - held);
  if (least > cap) return 0;
  if (stake < least) {
    if (stake * 1.3 < least) return 0;
    stake = least;
  }
  return stake > cap ? cap : stake;
}
