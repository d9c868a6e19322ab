/** One set of settings out of the configuration and what the strategy says, checked as a whole. */
import { z } from "zod";
import type { EngineConfig, MarketRules } from "../../../core-wasm/engine_types.ts";
import { AppError } from "../../platform/errors.ts";
import { type ConfigFile, refuseKey, sharedSettingsShape } from "./config_file.ts";
import { parseSettings } from "./problems.ts";
import type { BacktestSettings, StrategySettings } from "./settings.ts";
import { timeframeLength } from "./timeframe.ts";

export interface SettingsSource {
  readonly config: ConfigFile;
  readonly strategy: StrategySettings;
  /** Of the pairs traded, in whitelist order; the first one's fee serves all. */
  readonly markets: readonly MarketRules[];
}

const sharedSchema = z.object({
  ...sharedSettingsShape,
  minimal_roi: z.array(z.object({ minutes: z.int().min(0), value: z.number() })),
});

type Shared = z.infer<typeof sharedSchema>;

const SLOTS_DEFAULT = 3;

/** Resolves and checks the settings of a run. Throws an AppError that names the key at fault. */
export function resolveSettings(source: SettingsSource): BacktestSettings {
  const { config, markets } = source;
  const [first] = markets;
  if (first === undefined) throw new AppError("NO_CANDLES", "Cannot backtest: no pair is traded");
  refuseUnsupported(source);
  const shared = sharedSettings(source, first);
  checkMarketOrders(shared, config);
  checkTrailing(shared);
  checkCurrencies(markets, shared.stake_currency);
  const engine = engineConfig(source, shared, first);
  checkStake(engine, shared.stake_currency);
  return {
    engine,
    stakeCurrency: shared.stake_currency,
    timeframe: shared.timeframe,
    timeframeDetail: config.timeframe_detail ?? "",
    timerange: config.timerange ?? "",
    startupCandleCount: shared.startup_candle_count,
    marginMode: "",
    enableProtections: config.enable_protections ?? false,
    useCustomStoploss: shared.use_custom_stoploss,
  };
}

/** The settings that configuration and class share, under the names a user knows them by. */
function sharedSettings({ config, strategy }: SettingsSource, first: MarketRules): Shared {
  const slots = Number.isFinite(strategy.maxOpenTrades) ? strategy.maxOpenTrades : SLOTS_DEFAULT;
  const given = {
    timeframe: strategy.timeframe ?? undefined,
    stake_currency: config.stake_currency ?? first.settle ?? first.quote,
    stake_amount: config.stake_amount ?? "unlimited",
    max_open_trades: config.max_open_trades ?? slots,
    minimal_roi: strategy.minimalRoi,
    stoploss: strategy.stoploss,
    trailing_stop: strategy.trailingStop,
    trailing_stop_positive: strategy.trailingStopPositive,
    trailing_stop_positive_offset: strategy.trailingStopPositiveOffset,
    trailing_only_offset_is_reached: strategy.trailingOnlyOffsetIsReached,
    use_custom_stoploss: strategy.useCustomStoploss,
    use_exit_signal: strategy.useExitSignal,
    exit_profit_only: strategy.exitProfitOnly,
    exit_profit_offset: strategy.exitProfitOffset,
    ignore_roi_if_entry_signal: strategy.ignoreRoiIfEntrySignal,
    order_types: strategy.orderTypes,
    unfilledtimeout: strategy.unfilledTimeout ?? {},
    startup_candle_count: strategy.startupCandleCount,
  };
  return parseSettings(sharedSchema, given, "the settings");
}

function engineConfig(
  { config, strategy }: SettingsSource,
  shared: Shared,
  first: MarketRules,
): EngineConfig {
  return {
    timeframeMs: timeframeLength(shared.timeframe),
    tradingMode: "spot",
    canShort: strategy.canShort,
    maxOpenTrades: shared.max_open_trades < 0 ? Infinity : shared.max_open_trades,
    stakeAmount: shared.stake_amount,
    dryRunWallet: walletOf(config, shared.stake_currency),
    tradableBalanceRatio: config.tradable_balance_ratio ?? 0.99,
    availableCapital: config.available_capital ?? null,
    amendLastStakeAmount: config.amend_last_stake_amount ?? false,
    lastStakeAmountMinRatio: config.last_stake_amount_min_ratio ?? 0.5,
    amountReservePercent: config.amount_reserve_percent ?? 0.05,
    feeRate: config.fee ?? Math.max(first.makerRate, first.takerRate),
    minimalRoi: shared.minimal_roi,
    stoploss: shared.stoploss,
    trailingStop: shared.trailing_stop,
    trailingStopPositive: shared.trailing_stop_positive,
    trailingStopPositiveOffset: shared.trailing_stop_positive_offset,
    trailingOnlyOffsetIsReached: shared.trailing_only_offset_is_reached,
    useExitSignal: shared.use_exit_signal,
    exitProfitOnly: shared.exit_profit_only,
    exitProfitOffset: shared.exit_profit_offset,
    ignoreRoiIfEntrySignal: shared.ignore_roi_if_entry_signal,
    positionStacking: config.position_stacking ?? false,
    entryOrderType: shared.order_types.entry ?? shared.order_types.buy ?? "limit",
    exitOrderType: shared.order_types.exit ?? shared.order_types.sell ?? "limit",
    unfilledEntryTimeoutMs: timeoutOf(shared, "entry"),
    unfilledExitTimeoutMs: timeoutOf(shared, "exit"),
  };
}

function timeoutOf({ unfilledtimeout: timeout }: Shared, side: "entry" | "exit"): number | null {
  const value = timeout[side] ?? (side === "entry" ? timeout.buy : timeout.sell);
  if (value === undefined) return null;
  return value * (timeout.unit === "seconds" ? 1_000 : 60_000);
}

function walletOf({ dry_run_wallet: wallet = 1000 }: ConfigFile, stakeCurrency: string): number {
  if (typeof wallet === "number") return wallet;
  const other = Object.entries(wallet).find(([coin, amount]) =>
    coin !== stakeCurrency && amount > 0
  );
  if (other !== undefined) refuseKey(`dry_run_wallet.${other[0]}`, other[1]);
  return wallet[stakeCurrency] ?? 0;
}

function refuseUnsupported({ config, strategy }: SettingsSource): void {
  const { trading_mode: mode = "spot", timeframe_detail: detail } = config;
  if (mode !== "spot") refuseKey("trading_mode", mode);
  if (detail) refuseKey("timeframe_detail", detail);
  if (config.enable_protections && hasEntries(strategy.protections)) {
    refuseKey("enable_protections", true);
  }
  if (!strategy.canShort) return;
  throw new AppError(
    "UNSUPPORTED_OPTION",
    'Cannot run a strategy with "can_short" True on a spot market: set it to False',
  );
}

function hasEntries(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

/** Market orders take the other side's price; freqtrade refuses a run that says otherwise. */
function checkMarketOrders({ order_types: types }: Shared, config: ConfigFile): void {
  const sides = [
    ["entry", types.entry ?? types.buy, config.entry_pricing?.price_side, "ask"],
    ["exit", types.exit ?? types.sell, config.exit_pricing?.price_side, "bid"],
  ] as const;
  for (const [side, type, price = "other", far] of sides) {
    if (type !== "market" || price === "other" || price === far) continue;
    throw new AppError(
      "VALIDATION_ERROR",
      `Cannot use market ${side} orders: "${side}_pricing.price_side" is "${price}", ` +
        `they need "other"`,
    );
  }
}

function checkTrailing(shared: Shared): void {
  if (!shared.trailing_stop) return;
  const { trailing_stop_positive: positive, trailing_stop_positive_offset: offset } = shared;
  if (positive === 0) fail('"trailing_stop_positive" is 0, it must differ from 0');
  if (shared.trailing_only_offset_is_reached && positive === null) {
    fail('"trailing_only_offset_is_reached" needs "trailing_stop_positive"');
  }
  if (positive !== null && offset > 0 && offset <= positive) {
    fail(
      `"trailing_stop_positive_offset" is ${offset}, it must be above "trailing_stop_positive" ${positive}`,
    );
  }
}

function checkCurrencies(markets: readonly MarketRules[], stakeCurrency: string): void {
  for (const { pair, quote, settle } of markets) {
    if ((settle ?? quote) === stakeCurrency && settle === null) continue;
    if (settle !== null) {
      throw new AppError(
        "UNSUPPORTED_OPTION",
        `Cannot trade "${pair}" on a spot market: it is a futures pair`,
      );
    }
    fail(`pair "${pair}" is not quoted in "stake_currency" "${stakeCurrency}"`);
  }
}

function checkStake(engine: EngineConfig, coin: string): void {
  const { stakeAmount, maxOpenTrades, dryRunWallet, tradableBalanceRatio } = engine;
  if (stakeAmount === "unlimited") {
    if (maxOpenTrades === Infinity) {
      fail('"max_open_trades" and "stake_amount" cannot both be unlimited');
    }
    return;
  }
  const available = dryRunWallet * tradableBalanceRatio;
  if (stakeAmount <= available) return;
  fail(
    `"stake_amount" is ${stakeAmount} ${coin}, "dry_run_wallet" × "tradable_balance_ratio" ` +
      `is ${available} ${coin}`,
  );
}

function fail(reason: string): never {
  throw new AppError("VALIDATION_ERROR", `Cannot use the settings: ${reason}`);
}
