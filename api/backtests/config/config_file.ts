/** freqtrade's configuration file: which keys matter to a backtest, and of what shape they are. */
import { z } from "zod";
import { AppError } from "../../platform/errors.ts";
import { parseSettings } from "./problems.ts";

const orderType = z.enum(["limit", "market"]);
const ratio = z.number().min(0).max(1);

/** Order types by purpose; only those of entries and exits steer a backtest. */
export const orderTypesSchema = z.looseObject({
  entry: orderType.optional(),
  exit: orderType.optional(),
  buy: orderType.optional(),
  sell: orderType.optional(),
});

export const unfilledTimeoutSchema = z.looseObject({
  entry: z.number().min(0).optional(),
  exit: z.number().min(0).optional(),
  buy: z.number().min(0).optional(),
  sell: z.number().min(0).optional(),
  unit: z.enum(["minutes", "seconds"]).optional(),
});

/** What both the configuration and the strategy's class may state. */
export const sharedSettingsShape = {
  timeframe: z.string(),
  stake_currency: z.string().min(1),
  stake_amount: z.union([z.number().min(0.0001), z.literal("unlimited")], {
    error: 'expected a number of at least 0.0001 or "unlimited"',
  }),
  max_open_trades: z.union([z.int().min(-1), z.literal(Infinity)], {
    error: "expected a whole number of at least -1, which stands for no limit",
  }),
  minimal_roi: z.record(
    z.string().regex(/^\d+$/, { error: "expected whole minutes as keys" }),
    z.number(),
  ),
  stoploss: z.number().lt(0),
  trailing_stop: z.boolean(),
  trailing_stop_positive: ratio.nullable(),
  trailing_stop_positive_offset: ratio,
  trailing_only_offset_is_reached: z.boolean(),
  use_custom_stoploss: z.boolean(),
  use_exit_signal: z.boolean(),
  exit_profit_only: z.boolean(),
  exit_profit_offset: z.number(),
  ignore_roi_if_entry_signal: z.boolean(),
  order_types: orderTypesSchema,
  unfilledtimeout: unfilledTimeoutSchema,
  startup_candle_count: z.int().min(0),
};

const pricingSchema = z.looseObject({
  price_side: z.enum(["ask", "bid", "same", "other"]).optional(),
});

const configSchema = z.looseObject({
  ...z.object(sharedSettingsShape).partial().shape,
  strategy: z.string().nullable().optional(),
  tradable_balance_ratio: ratio.optional(),
  available_capital: z.number().min(0).optional(),
  amend_last_stake_amount: z.boolean().optional(),
  last_stake_amount_min_ratio: ratio.optional(),
  amount_reserve_percent: z.number().min(0).max(0.5).optional(),
  dry_run_wallet: z.union([z.number().min(0), z.record(z.string(), z.number().min(0))], {
    error: "expected an amount, or an amount per currency",
  }).optional(),
  fee: z.number().min(0).max(0.1).nullable().optional(),
  trading_mode: z.enum(["spot", "margin", "futures"]).optional(),
  margin_mode: z.enum(["", "isolated", "cross"]).optional(),
  timerange: z.string().nullable().optional(),
  timeframe_detail: z.string().nullable().optional(),
  enable_protections: z.boolean().optional(),
  position_stacking: z.boolean().optional(),
  entry_pricing: pricingSchema.optional(),
  exit_pricing: pricingSchema.optional(),
  exchange: z.looseObject({
    pair_whitelist: z.array(z.string()).optional(),
    pair_blacklist: z.array(z.string()).optional(),
  }).optional(),
});

export type ConfigFile = z.infer<typeof configSchema>;

/** Names freqtrade gave up, each with the one that took its place. */
const FORMER_NAMES: Readonly<Record<string, string>> = {
  use_sell_signal: "use_exit_signal",
  sell_profit_only: "exit_profit_only",
  sell_profit_offset: "exit_profit_offset",
  ignore_roi_if_buy_signal: "ignore_roi_if_entry_signal",
};

export interface CheckedConfig {
  readonly config: ConfigFile;
  readonly warnings: readonly string[];
}

/** Keys freqtrade has that no backtest's result depends on. */
const IRRELEVANT = new Set(
  ("$schema api_server backtest_breakdown backtest_cache bot_name " +
    "cancel_open_orders_on_exit coingecko custom_price_max_distance_ratio datadir " +
    "dataformat_ohlcv dataformat_trades db_url disable_dataframe_checks disableparamexport discord " +
    "download_trades dry_run experimental export exportfilename external_message_consumer " +
    "fiat_display_currency force_entry_enable freqaimodel freqaimodel_path initial_state internals " +
    "liquidation_warn_ratio log_config logfile max_entry_position_adjustment new_pairs_days " +
    "order_time_in_force position_adjustment_enable process_only_new_candles proxy_coin " +
    "recursive_strategy_search reduce_df_footprint skip_wallet_history_migration strategy_path " +
    "telegram user_data_dir verbosity webhook epochs early_stop spaces analyze_per_epoch print_all " +
    "hyperopt hyperopt_jobs hyperopt_loss hyperopt_min_trades hyperopt_path hyperopt_random_state " +
    "lookahead_analysis_exportfilename minimum_trade_amount startup_candle targeted_trade_amount")
    .split(" "),
);

/** Keys without effect on a spot market. */
const FUTURES_ONLY = new Set(["liquidation_buffer", "futures_funding_rate"]);

/** Keys whose effect is not computed, and the values under which they have none. */
const UNSUPPORTED: Readonly<Record<string, (value: unknown) => boolean>> = {
  add_config_files: isEmpty,
  strategy_list: isEmpty,
  enable_dynamic_pairlist: (value) => value === false,
  ignore_buying_expired_candle_after: () => true,
  orderflow: () => false,
  edge: (value) => Reflect.get(Object(value), "enabled") !== true,
  freqai: (value) => Reflect.get(Object(value), "enabled") !== true,
  pairlists: isStaticPairlist,
};

/** Checks a configuration; an effect that is not computed is refused, a key without one is told. */
export function checkConfig(value: unknown): CheckedConfig {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new AppError("VALIDATION_ERROR", "Cannot use the configuration: it is no JSON object");
  }
  const config = parseSettings(configSchema, renameFormer(value), "the configuration");
  for (const [key, hasNoEffect] of Object.entries(UNSUPPORTED)) {
    if (key in config && !hasNoEffect(config[key])) refuseKey(key, config[key]);
  }
  return { config, warnings: warningsFor(config) };
}

/** The settings under their present names; a former name wins where both stand, as in freqtrade. */
function renameFormer(settings: object): Record<string, unknown> {
  const entries = Object.entries(settings);
  const former = entries.flatMap(([key, value]) => {
    const name = FORMER_NAMES[key];
    return name === undefined ? [] : [[name, value] as const];
  });
  const present = entries.filter(([key]) => !(key in FORMER_NAMES));
  return Object.fromEntries([...present, ...former]);
}

/** Refuses a setting whose effect on the result is not computed. */
export function refuseKey(key: string, value: unknown): never {
  throw new AppError(
    "UNSUPPORTED_OPTION",
    `Cannot use "${key}" ${JSON.stringify(value)}: it would change the result and is not supported`,
  );
}

function warningsFor(config: ConfigFile): string[] {
  const known = new Set([...Object.keys(configSchema.shape), ...Object.keys(UNSUPPORTED)]);
  const others = Object.keys(config).filter((key) => !known.has(key) && !/^(_|\/\/)/.test(key));
  const ignored = others.filter((key) => IRRELEVANT.has(key));
  const futures = others.filter((key) => FUTURES_ONLY.has(key));
  const unknown = others.filter((key) => !IRRELEVANT.has(key) && !FUTURES_ONLY.has(key));
  return [
    ...sentence("Ignored, a backtest does not depend on it", ignored),
    ...sentence("Ignored, it has no effect on a spot market", futures),
    ...sentence("Ignored, freqtrade has no such setting", unknown),
  ];
}

function sentence(reason: string, keys: readonly string[]): string[] {
  return keys.length === 0 ? [] : [`${reason}: ${keys.map((key) => `"${key}"`).join(", ")}`];
}

function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function isStaticPairlist(value: unknown): boolean {
  return Array.isArray(value) &&
    value.every((entry) => Reflect.get(Object(entry), "method") === "StaticPairList");
}
