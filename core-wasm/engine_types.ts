/** What goes into a simulated run and what comes out (docs/internals/engine.md). */

export type OrderType = "limit" | "market";
export type TradingMode = "spot" | "margin" | "futures";

/** A class attribute or configuration value that steers the engine; ratios are on the stake. */
export interface EngineConfig {
  readonly timeframeMs: number;
  readonly tradingMode: TradingMode;
  readonly canShort: boolean;
  readonly maxOpenTrades: number;
  /** Amount of stake currency, or "unlimited". */
  readonly stakeAmount: number | "unlimited";
  readonly dryRunWallet: number;
  readonly tradableBalanceRatio: number;
  readonly availableCapital: number | null;
  readonly amendLastStakeAmount: boolean;
  readonly lastStakeAmountMinRatio: number;
  readonly amountReservePercent: number;
  /** One rate for both sides and every pair. */
  readonly feeRate: number;
  /** Ascending by minutes; empty means no return on investment table. */
  readonly minimalRoi: readonly { readonly minutes: number; readonly value: number }[];
  readonly stoploss: number;
  readonly trailingStop: boolean;
  readonly trailingStopPositive: number | null;
  readonly trailingStopPositiveOffset: number;
  readonly trailingOnlyOffsetIsReached: boolean;
  readonly useExitSignal: boolean;
  readonly exitProfitOnly: boolean;
  readonly exitProfitOffset: number;
  readonly ignoreRoiIfEntrySignal: boolean;
  readonly positionStacking: boolean;
  /** Further entries of a trade that callbacks may place; -1, the default, for any number. */
  readonly maxEntryPositionAdjustment?: number;
  readonly entryOrderType: OrderType;
  readonly exitOrderType: OrderType;
  /** Null: open orders of that side never time out. */
  readonly unfilledEntryTimeoutMs: number | null;
  readonly unfilledExitTimeoutMs: number | null;
  /** Bit mask `1 << kind` of the callbacks to ask (docs/internals/callbacks.md); none by default. */
  readonly callbacks?: number;
  /** Locks after exits, in the order they are checked; none by default. */
  readonly protections?: readonly Protection[];
  /** Bounds on the trades and orders kept; a run that exceeds them fails with a message. */
  readonly tradesMax?: number;
}

/** How long a protection looks back, and how long its lock lasts. */
export interface ProtectionTimes {
  readonly lookbackMs: number;
  readonly stopDurationMs: number;
  /** Minute of the day (UTC) at which the lock ends instead; null: after `stopDurationMs`. */
  readonly unlockAtMinutes: number | null;
}

export type Protection =
  & ProtectionTimes
  & (
    | { readonly method: "CooldownPeriod" }
    | {
      readonly method: "StoplossGuard";
      readonly tradeLimit: number;
      readonly requiredProfit: number;
      readonly onlyPerPair: boolean;
      readonly onlyPerSide: boolean;
    }
    | {
      readonly method: "LowProfitPairs";
      readonly tradeLimit: number;
      readonly requiredProfit: number;
      readonly onlyPerSide: boolean;
    }
    | {
      readonly method: "MaxDrawdown";
      readonly tradeLimit: number;
      readonly maxAllowedDrawdown: number;
      readonly calculationMode: "ratios" | "equity";
    }
  );

/** A market's rules; null means the exchange sets no such limit. */
export interface MarketRules {
  readonly pair: string;
  readonly base: string;
  readonly quote: string;
  readonly settle: string | null;
  readonly precisionMode: "tick_size" | "decimal_places" | "significant_digits";
  readonly amountPrecision: number | null;
  readonly pricePrecision: number | null;
  readonly amountMin: number | null;
  readonly amountMax: number | null;
  readonly costMin: number | null;
  readonly costMax: number | null;
  readonly makerRate: number;
  readonly takerRate: number;
  readonly contractSize: number;
  readonly leverageTiers: readonly LeverageTier[];
}

export interface LeverageTier {
  readonly minNotional: number;
  readonly maxNotional: number;
  readonly maintenanceMarginRate: number;
  readonly maxLeverage: number;
  readonly maintenanceAmount: number;
}

/**
 * One pair's rows before trimming and shifting: all columns have one length, dates ascend on the
 * timeframe's grid with gaps already filled. Signals are those of the same candle.
 */
export interface EnginePair {
  readonly market: MarketRules;
  /** Rows dropped from the front after the signals were made; they still shape deduced ticks. */
  readonly trimRows: number;
  /** Epoch milliseconds, open time. */
  readonly date: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly enterLong: Uint8Array;
  readonly exitLong: Uint8Array;
  readonly enterShort: Uint8Array;
  readonly exitShort: Uint8Array;
  /** Codes into `EngineRun.strings`, -1 for none; a null column is the empty string throughout. */
  readonly enterTag: Int32Array | null;
  readonly exitTag: Int32Array | null;
  /**
   * Not 0 on rows at which the market is closed (`closeGaps` makes them); absent or null: it never
   * is. Nothing is bought, sold or cancelled on such a row.
   */
  readonly closed?: Uint8Array | null;
}

export interface EngineRun {
  readonly config: EngineConfig;
  readonly pairs: readonly EnginePair[];
  readonly strings: readonly string[];
}

/** One closed trade, with freqtrade's names in camel case; times are epoch milliseconds. */
export interface TradeResult {
  readonly pair: string;
  readonly isShort: boolean;
  readonly openDate: number;
  readonly closeDate: number;
  readonly openRate: number;
  readonly closeRate: number;
  readonly amount: number;
  readonly stakeAmount: number;
  readonly maxStakeAmount: number;
  readonly leverage: number;
  readonly feeOpen: number;
  readonly feeClose: number;
  readonly profitRatio: number;
  readonly profitAbs: number;
  readonly exitReason: string;
  readonly enterTag: string | null;
  /** Whole minutes. */
  readonly tradeDuration: number;
  readonly minRate: number;
  readonly maxRate: number;
  readonly initialStopLossAbs: number;
  /** The stop's last distance on the stake when the trade opened and at the end, negative. */
  readonly initialStopLossRatio: number | null;
  readonly stopLossAbs: number;
  readonly stopLossRatio: number | null;
  readonly fundingFees: number;
  readonly liquidationPrice: number | null;
  readonly realizedProfit: number;
  readonly orders: readonly OrderResult[];
}

export interface OrderResult {
  /** `buy` or `sell`. */
  readonly side: "buy" | "sell";
  readonly tag: string;
  readonly type: OrderType;
  readonly isEntry: boolean;
  readonly placedAt: number;
  readonly filledAt: number | null;
  readonly amount: number;
  readonly price: number;
  readonly cost: number;
}

export interface EngineCounters {
  readonly rejectedSignals: number;
  readonly timedOutEntryOrders: number;
  readonly timedOutExitOrders: number;
  readonly canceledTradeEntries: number;
  readonly canceledEntryOrders: number;
  readonly canceledExitOrders: number;
  readonly replacedEntryOrders: number;
  readonly replacedExitOrders: number;
}

/** Equity rows as section "wallet" of docs/internals/engine.md describes them, one per time step. */
export interface EquityColumns {
  readonly date: Float64Array;
  /** Total in stake currency, open positions at the row's open. */
  readonly equity: Float64Array;
}

export interface EngineResult {
  /** In closing order. */
  readonly trades: readonly TradeResult[];
  readonly counters: EngineCounters;
  readonly equity: EquityColumns;
  readonly finalBalance: number;
  /** First and last simulated time, epoch milliseconds. */
  readonly backtestStart: number;
  readonly backtestEnd: number;
  /** Trades whose entry never filled and were dropped at the end. */
  readonly discarded: number;
}
