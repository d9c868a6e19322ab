/**
 * The records in the engine's two regions of memory (docs/internals/engine.md). They are never
 * constructed: an address is read as one of them. The facade writes Config and Market as doubles in
 * this order (core-wasm/engine_input.ts); a test compares the names.
 */

/** A null number is NaN, a flag 0 or 1, an address a double. */
export class Config {
  timeframeMs: f64;
  futures: f64;
  canShort: f64;
  maxOpenTrades: f64;
  unlimitedStake: f64;
  stakeAmount: f64;
  dryRunWallet: f64;
  tradableBalanceRatio: f64;
  availableCapital: f64;
  amendLastStakeAmount: f64;
  lastStakeAmountMinRatio: f64;
  amountReservePercent: f64;
  feeRate: f64;
  stoploss: f64;
  trailingStop: f64;
  trailingStopPositive: f64;
  trailingStopPositiveOffset: f64;
  trailingOnlyOffsetIsReached: f64;
  useExitSignal: f64;
  exitProfitOnly: f64;
  exitProfitOffset: f64;
  ignoreRoiIfEntrySignal: f64;
  positionStacking: f64;
  maxEntryPositionAdjustment: f64;
  entryMarket: f64;
  exitMarket: f64;
  unfilledEntryTimeoutMs: f64;
  unfilledExitTimeoutMs: f64;
  callbacks: f64;
  start: f64;
  end: f64;
  pairCount: f64;
  pairs: f64;
  roiCount: f64;
  /** Pairs of minutes and value, ascending. */
  roi: f64;
  protectionCount: f64;
  protections: f64;
  /** 1: no fast paths. */
  fullPath: f64;
}

export class Protection {
  /** 1 CooldownPeriod, 2 StoplossGuard, 3 LowProfitPairs, 4 MaxDrawdown. */
  method: f64;
  stopMs: f64;
  /** Minutes of the day (UTC) at which the lock ends, NaN to use stopMs. */
  unlockAtMinutes: f64;
  lookbackMs: f64;
  tradeLimit: f64;
  requiredProfit: f64;
  onlyPerPair: f64;
  onlyPerSide: f64;
  maxDrawdown: f64;
  equityMode: f64;
}

export class Market {
  rows: f64;
  /** First row that may be traded: its signals are those of the row before. */
  firstRow: f64;
  date: f64;
  open: f64;
  high: f64;
  low: f64;
  close: f64;
  /** One byte a row, see flags.ts. */
  flags: f64;
  enterTag: f64;
  exitTag: f64;
  /** One byte a row, not 0 while the market is closed; 0 for a market that never is. */
  shut: f64;
  tickCount: f64;
  /** Pairs of a month's start and its tick, ascending. */
  ticks: f64;
  amountPrecision: f64;
  pricePrecision: f64;
  precisionMode: f64;
  amountMin: f64;
  amountMax: f64;
  costMin: f64;
  costMax: f64;
  contractSize: f64;
}

/** Every offset is from the state's first byte. */
export class Header {
  version: i32;
  status: i32;
  pairsAt: i32;
  visitAt: i32;
  tradesAt: i32;
  ordersAt: i32;
  closedAt: i32;
  intentsAt: i32;
  equityAt: i32;
  bytes: i32;
  tradeCapacity: i32;
  orderCapacity: i32;
  intentCapacity: i32;
  tradeCount: i32;
  orderCount: i32;
  freeTrade: i32;
  freeOrder: i32;
  freeTrades: i32;
  freeOrders: i32;
  closedCount: i32;
  intentCount: i32;
  firstOpen: i32;
  lastOpen: i32;
  openCount: i32;
  step: i32;
  steps: i32;
  finished: i32;
  rejectedSignals: i32;
  timedOutEntryOrders: i32;
  timedOutExitOrders: i32;
  canceledTradeEntries: i32;
  canceledEntryOrders: i32;
  canceledExitOrders: i32;
  replacedEntryOrders: i32;
  replacedExitOrders: i32;
  discarded: i32;
  /** Added to the wallet by balance corrections. */
  corrections: f64;
  closedProfit: f64;
  free: f64;
  total: f64;
  /** Ends of locks on all pairs, 0 for none. */
  lockedBoth: f64;
  lockedLong: f64;
  lockedShort: f64;
}

export class Pair {
  /** Time step at which the first row is visited; each later step visits the next row. */
  visitStep: i32;
  /** Step before which the pair, having no trade, needs no look. */
  wakeStep: i32;
  firstTrade: i32;
  lastTrade: i32;
  /** Step whose visiting list the pair already stands in, plus one. */
  listed: i32;
  padding: i32;
  /** Base currency held as of the last wallet refresh. */
  balance: f64;
  /** Ends of the pair's locks, 0 for none. */
  lockedBoth: f64;
  lockedLong: f64;
  lockedShort: f64;
}

export class Trade {
  pair: i32;
  /** 1 long, -1 short. */
  side: i32;
  isOpen: i32;
  firstOrder: i32;
  lastOrder: i32;
  openOrders: i32;
  filledEntries: i32;
  previousOpen: i32;
  nextOpen: i32;
  previousInPair: i32;
  nextInPair: i32;
  trailing: i32;
  enterTag: i32;
  exitReason: i32;
  priceMode: i32;
  amountMode: i32;
  leverage: f64;
  openDate: f64;
  closeDate: f64;
  openRate: f64;
  closeRate: f64;
  amount: f64;
  stake: f64;
  maxStake: f64;
  openValue: f64;
  feeOpen: f64;
  feeClose: f64;
  /** 0 until set, as the percentage below is NaN until set. */
  stop: f64;
  stopPercent: f64;
  initialStop: f64;
  initialStopPercent: f64;
  minRate: f64;
  maxRate: f64;
  realizedProfit: f64;
  profitRatio: f64;
  profitAbs: f64;
  fundingRunning: f64;
  funding: f64;
  liquidation: f64;
  pricePrecision: f64;
  amountPrecision: f64;
  /** Bounds of the fast path, see quiet.ts. */
  quietHigh: f64;
  quietLow: f64;
  /** 0: not quiet. */
  quietUntil: f64;
  /** Highest rate the stop is known to have followed. */
  trailedTo: f64;
}

export class Order {
  trade: i32;
  isEntry: i32;
  isMarket: i32;
  status: i32;
  tag: i32;
  previous: i32;
  next: i32;
  padding: i32;
  placedAt: f64;
  filledAt: f64;
  price: f64;
  average: f64;
  amount: f64;
  filled: f64;
  cost: f64;
  funding: f64;
}

export class Intent {
  kind: i32;
  trade: i32;
  order: i32;
  /** Replace: the new order. */
  other: i32;
  reason: i32;
  padding: i32;
  price: f64;
}

export const ORDER_INTENDED: i32 = 0;
export const ORDER_OPEN: i32 = 1;
export const ORDER_CLOSING: i32 = 2;
export const ORDER_FILLED: i32 = 3;

export const INTENT_PLACE: i32 = 1;
export const INTENT_CANCEL: i32 = 2;
export const INTENT_REPLACE: i32 = 3;
export const INTENT_EXIT: i32 = 4;
export const INTENT_MOVE_STOP: i32 = 5;

/** Codes below 0 are the engine's own strings; core-wasm/engine_strings.ts holds the same list. */
export const NO_STRING: i32 = -1;
export const EMPTY_STRING: i32 = -2;
export const REASON_EXIT_SIGNAL: i32 = -3;
export const REASON_STOP_LOSS: i32 = -4;
export const REASON_TRAILING_STOP_LOSS: i32 = -5;
export const REASON_LIQUIDATION: i32 = -6;
export const REASON_ROI: i32 = -7;
export const REASON_FORCE_EXIT: i32 = -8;
export const REASON_CUSTOM_EXIT: i32 = -9;
export const REASON_PARTIAL_EXIT: i32 = -10;
export const REASON_CLOSED_OUTSIDE: i32 = -11;
