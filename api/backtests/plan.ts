/** A request as what the engine will be told: freqtrade's configuration keys and a time range. */
import { AppError, invalidField } from "../platform/errors.ts";
import {
  type BacktestConfig,
  type CreateBacktest,
  SIZING_MODES,
  SLIPPAGE_MODELS,
} from "./schema.ts";

export interface BacktestPlan {
  readonly symbols: readonly string[];
  readonly exchange: string | null;
  readonly dataset: string | null;
  readonly timeframe: string | null;
  /** Epoch milliseconds, inclusive; null is open. */
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly className: string | null;
  /** The `params` of a parameter file. */
  readonly parameters: Readonly<Record<string, unknown>> | null;
  /** freqtrade configuration keys. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly costs: {
    readonly commission_rate: string | null;
    readonly slippage_model: string;
    readonly slippage: string;
  };
}

/** @throws AppError 422 that names the field which this engine cannot honour. */
export function planBacktest(body: CreateBacktest): BacktestPlan {
  const symbols = body.symbols ?? (body.symbol === undefined ? [] : [body.symbol]);
  const startMs = momentMs(body.start_date);
  const endMs = momentMs(body.end_date);
  if (startMs !== null && endMs !== null && startMs >= endMs) {
    throw invalidField(["body", "end_date"], "Must be after start_date");
  }
  return {
    symbols,
    exchange: body.exchange ?? null,
    dataset: body.dataset ?? null,
    timeframe: body.timeframe ?? null,
    startMs,
    endMs,
    className: body.class_name ?? null,
    parameters: body.parameters ?? null,
    config: configKeys(body.config, symbols.length),
    costs: effectiveCosts(body.config),
  };
}

function configKeys(config: BacktestConfig, symbolCount: number): Record<string, unknown> {
  const { mode, stake_amount: stake } = config;
  if (mode !== undefined && !SIZING_MODES.includes(mode)) {
    throw unsupported("mode", mode, SIZING_MODES);
  }
  if (mode === "FIXED" && stake === undefined) {
    throw invalidField(["body", "config", "stake_amount"], "Mode FIXED needs a stake_amount");
  }
  const slots = config.max_open_trades ?? (mode === "PERCENT_EQUITY" ? symbolCount : undefined);
  return {
    ...config.freqtrade,
    ...(config.initial_capital === undefined
      ? {}
      : { dry_run_wallet: Number(config.initial_capital) }),
    ...(mode === "PERCENT_EQUITY" ? { stake_amount: "unlimited" } : {}),
    ...(mode !== "PERCENT_EQUITY" && stake !== undefined ? { stake_amount: Number(stake) } : {}),
    ...(config.commission_rate === undefined ? {} : { fee: Number(config.commission_rate) }),
    ...(slots === undefined ? {} : { max_open_trades: slots }),
  };
}

function effectiveCosts(config: BacktestConfig): BacktestPlan["costs"] {
  const model = config.slippage_model ?? "NONE";
  if (!SLIPPAGE_MODELS.includes(model)) throw unsupported("slippage_model", model, SLIPPAGE_MODELS);
  if (config.slippage !== undefined && config.slippage !== "0") {
    throw unsupported("slippage", config.slippage, ["0"]);
  }
  return {
    commission_rate: config.commission_rate ?? null,
    slippage_model: model,
    slippage: "0",
  };
}

function unsupported(field: string, value: string, allowed: readonly string[]): AppError {
  const message = `Cannot honour ${field} "${value}": this engine knows ${allowed.join(", ")}`;
  return new AppError("UNSUPPORTED_OPTION", message, {
    problems: [{ loc: ["body", "config", field], msg: message, type: "unsupported_option" }],
  });
}

function momentMs(moment: string | number | undefined): number | null {
  if (moment === undefined) return null;
  return typeof moment === "number" ? moment : Date.parse(moment);
}
