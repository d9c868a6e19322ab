/** The markets file: per pair what an exchange would say, with defaults for what it leaves out. */
import { z } from "zod";
import type { LeverageTier, MarketRules } from "../../../core-wasm/engine_types.ts";
import { AppError } from "../../platform/errors.ts";
import { parseSettings } from "./problems.ts";

const step = z.number().gt(0).nullable();
const bound = z.number().min(0).nullable().optional();
const range = z.strictObject({ min: bound, max: bound });

const marketSchema = z.looseObject({
  precision: z.looseObject({ amount: step.optional(), price: step.optional() }).optional(),
  limits: z.looseObject({ amount: range.optional(), cost: range.optional() }).optional(),
  maker: z.number().min(-0.1).max(0.1).optional(),
  taker: z.number().min(-0.1).max(0.1).optional(),
  contractSize: z.number().gt(0).nullable().optional(),
  leverage_tiers: z.array(z.looseObject({
    minNotional: z.number().min(0),
    maxNotional: z.number().gt(0),
    maintenanceMarginRate: z.number().min(0),
    maxLeverage: z.number().min(1),
    maintAmt: z.number().min(0).nullable().optional(),
  })).optional(),
});

const marketsSchema = z.record(z.string(), marketSchema);

export type MarketsFile = z.infer<typeof marketsSchema>;

const STEP_DEFAULT = 1e-8;
const FEE_DEFAULT = 0.001;

/** Notional from, to, maintenance rate, leverage, maintenance amount. */
const TIERS_DEFAULT: readonly (readonly [number, number, number, number, number])[] = [
  [0, 50_000, 0.004, 125, 0],
  [50_000, 250_000, 0.005, 100, 50],
  [250_000, 1_000_000, 0.01, 50, 1_300],
  [1_000_000, 10_000_000, 0.025, 20, 16_300],
  [10_000_000, 100_000_000, 0.05, 10, 266_300],
];

export function checkMarkets(value: unknown): MarketsFile {
  return parseSettings(marketsSchema, value, "the markets file");
}

/** The rules of a pair written `BASE/QUOTE` or `BASE/QUOTE:SETTLE`. */
export function marketRules(pair: string, markets: MarketsFile = {}): MarketRules {
  const [, base, quote, settle] = /^([^\s/:]+)\/([^\s/:]+)(?::([^\s/:]+))?$/.exec(pair) ?? [];
  if (base === undefined || quote === undefined) {
    throw new AppError("UNKNOWN_SYMBOL", `Cannot read pair "${pair}": write BASE/QUOTE`);
  }
  const { precision, limits, maker, taker, contractSize, leverage_tiers } = markets[pair] ?? {};
  return {
    pair,
    base,
    quote,
    settle: settle ?? null,
    precisionMode: "tick_size",
    amountPrecision: precision?.amount === undefined ? STEP_DEFAULT : precision.amount,
    pricePrecision: precision?.price === undefined ? STEP_DEFAULT : precision.price,
    amountMin: limits?.amount?.min ?? null,
    amountMax: limits?.amount?.max ?? null,
    costMin: limits?.cost?.min ?? null,
    costMax: limits?.cost?.max ?? null,
    makerRate: maker ?? FEE_DEFAULT,
    takerRate: taker ?? FEE_DEFAULT,
    contractSize: contractSize ?? 1,
    leverageTiers: leverage_tiers?.map(toTier) ?? TIERS_DEFAULT.map(defaultTier),
  };
}

function toTier(
  row: NonNullable<MarketsFile[string]["leverage_tiers"]>[number],
): LeverageTier {
  const { minNotional, maxNotional, maintenanceMarginRate, maxLeverage, maintAmt } = row;
  const maintenanceAmount = maintAmt ?? 0;
  return { minNotional, maxNotional, maintenanceMarginRate, maxLeverage, maintenanceAmount };
}

function defaultTier(row: (typeof TIERS_DEFAULT)[number]): LeverageTier {
  const [minNotional, maxNotional, maintenanceMarginRate, maxLeverage, maintenanceAmount] = row;
  return { minNotional, maxNotional, maintenanceMarginRate, maxLeverage, maintenanceAmount };
}
