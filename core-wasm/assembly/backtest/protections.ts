/** Protections: after an exit they may lock a pair, or all, against entries for a while. */
import {
  Header,
  Pair,
  Protection,
  REASON_LIQUIDATION,
  REASON_STOP_LOSS,
  REASON_TRAILING_STOP_LOSS,
  Trade,
} from "./layout";
import { closedAt, config, header, pairAt, tradeAt } from "./state";

const COOLDOWN = 1;
const STOPLOSS_GUARD = 2;
const LOW_PROFIT = 3;
const MAX_DRAWDOWN = 4;
const MINUTE: f64 = 60000;
const DAY: f64 = 86400000;
const BOTH_SIDES = 0;
const ALL_PAIRS = -1;

/** Closing-order range [from, closedCount) within the lookback, and what the last check found. */
let from: i32 = 0;
let counted: i32 = 0;
let latest: f64 = 0;

export function protect(pair: i32, side: i32, now: f64): void {
  const count = <i32> config.protectionCount;
  for (let i = 0; i < count; i++) check(protectionAt(i), pair, side, now);
  for (let i = 0; i < count; i++) check(protectionAt(i), ALL_PAIRS, side, now);
}

function protectionAt(index: i32): Protection {
  const at = <usize> config.protections + <usize> index * offsetof<Protection>();
  return changetype<Protection>(at);
}

function check(rule: Protection, pair: i32, side: i32, now: f64): void {
  const method = <i32> rule.method;
  const isGlobal = pair == ALL_PAIRS;
  const global = method == MAX_DRAWDOWN || (method == STOPLOSS_GUARD && rule.onlyPerPair == 0);
  const local = method != MAX_DRAWDOWN;
  if (isGlobal ? !global : !local) return;
  const after = now - rule.lookbackMs;
  from = header.closedCount;
  while (from > 0 && tradeAt(closedAt(from - 1)).closeDate > after) from--;
  if (!applies(rule, method, pair, side, after)) return;
  const lockSide = rule.onlyPerSide != 0 ? side : BOTH_SIDES;
  const until = lockEnd(rule);
  if (isGlobal ? globalEnd(lockSide) > until : isLocked(pair, until, lockSide)) return;
  lockPair(pair, lockSide, until);
}

function applies(rule: Protection, method: i32, pair: i32, side: i32, after: f64): bool {
  switch (method) {
    case COOLDOWN:
      count(pair);
      return counted > 0;
    case STOPLOSS_GUARD:
      countStops(rule, pair, side);
      return counted > 0 && <f64> counted >= rule.tradeLimit;
    case LOW_PROFIT:
      return hasLowProfit(rule, pair, side);
    default:
      return hasDrawdown(rule, after);
  }
}

function count(pair: i32): void {
  counted = 0;
  latest = 0;
  for (let i = from; i < header.closedCount; i++) {
    const trade = tradeAt(closedAt(i));
    if (pair == ALL_PAIRS || trade.pair == pair) include(trade);
  }
}

function include(trade: Trade): void {
  counted++;
  latest = max(latest, trade.closeDate);
}

function countStops(rule: Protection, pair: i32, side: i32): void {
  counted = 0;
  latest = 0;
  for (let i = from; i < header.closedCount; i++) {
    const trade = tradeAt(closedAt(i));
    if (pair != ALL_PAIRS && trade.pair != pair) continue;
    if (rule.onlyPerSide != 0 && trade.side != side) continue;
    const reason = trade.exitReason;
    const stopped = reason == REASON_STOP_LOSS || reason == REASON_TRAILING_STOP_LOSS ||
      reason == REASON_LIQUIDATION;
    if (stopped && trade.profitRatio != 0 && trade.profitRatio < rule.requiredProfit) {
      include(trade);
    }
  }
}

function hasLowProfit(rule: Protection, pair: i32, side: i32): bool {
  count(pair);
  if (counted == 0 || <f64> counted < rule.tradeLimit) return false;
  let sum: f64 = 0;
  for (let i = from; i < header.closedCount; i++) {
    const trade = tradeAt(closedAt(i));
    if (trade.pair != pair || (rule.onlyPerSide != 0 && trade.side != side)) continue;
    sum += trade.profitRatio;
  }
  return sum < rule.requiredProfit;
}

function hasDrawdown(rule: Protection, after: f64): bool {
  count(ALL_PAIRS);
  if (counted == 0 || <f64> counted < rule.tradeLimit) return false;
  const equity = rule.equityMode != 0;
  const start = equity ? startingBalance() + profitBefore(after) : 0;
  let sum: f64 = 0;
  let highest: f64 = 0;
  let worst: f64 = 0;
  for (let i = from; i < header.closedCount; i++) {
    const trade = tradeAt(closedAt(i));
    sum += equity ? trade.profitAbs : trade.profitRatio;
    highest = max(highest, sum);
    const fall = highest - sum;
    worst = max(worst, equity && fall != 0 ? fall / (start + highest) : fall);
  }
  return worst > rule.maxDrawdown;
}

function startingBalance(): f64 {
  if (!isNaN(config.availableCapital)) return config.availableCapital;
  return config.dryRunWallet * config.tradableBalanceRatio;
}

function profitBefore(after: f64): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < header.closedCount; i++) {
    const trade = tradeAt(closedAt(i));
    if (trade.closeDate <= after) sum += trade.profitAbs;
  }
  return sum;
}

function lockEnd(rule: Protection): f64 {
  if (isNaN(rule.unlockAtMinutes)) return latest + rule.stopMs;
  const seconds = latest % MINUTE;
  const until = floor(latest / DAY) * DAY + rule.unlockAtMinutes * MINUTE + seconds;
  return until < latest ? until + DAY : until;
}

/** Only the latest end counts, for each pair and side: an earlier one ends within it. */
export function lockPair(pair: i32, side: i32, until: f64): void {
  const end = until - until % config.timeframeMs + config.timeframeMs;
  if (pair == ALL_PAIRS) {
    if (side == BOTH_SIDES) header.lockedBoth = max(header.lockedBoth, end);
    else if (side > 0) header.lockedLong = max(header.lockedLong, end);
    else header.lockedShort = max(header.lockedShort, end);
    return;
  }
  const owner = pairAt(pair);
  if (side == BOTH_SIDES) owner.lockedBoth = max(owner.lockedBoth, end);
  else if (side > 0) owner.lockedLong = max(owner.lockedLong, end);
  else owner.lockedShort = max(owner.lockedShort, end);
}

/** A lock of both sides holds for each; asking for both finds only such locks. */
function globalEnd(side: i32): f64 {
  const head: Header = header;
  const own = side == BOTH_SIDES ? 0 : side > 0 ? head.lockedLong : head.lockedShort;
  return max(head.lockedBoth, own);
}

export function isLocked(pair: i32, time: f64, side: i32): bool {
  const owner: Pair = pairAt(pair);
  const own = side == BOTH_SIDES ? 0 : side > 0 ? owner.lockedLong : owner.lockedShort;
  return max(max(owner.lockedBoth, own), globalEnd(side)) > time;
}
