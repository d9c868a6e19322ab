import { z } from "@hono/zod-openapi";
import { timestamp } from "../platform/http/schemas.ts";

export const ROWS_MAX = 100_000;

const column = z.object({
  name: z.string().openapi({ example: "real" }),
  type: z.enum(["f64", "bool", "int", "i32", "time", "tag"]).openapi({ example: "f64" }),
});

export const indicatorSchema = z.object({
  name: z.string().openapi({ example: "RSI" }),
  family: z.string().openapi({ example: "talib" }),
  group: z.string().openapi({ example: "Momentum Indicators" }),
  summary: z.string().openapi({ example: "Relative strength index" }),
  inputs: z.array(column),
  parameters: z.array(z.object({
    name: z.string().openapi({ example: "timeperiod" }),
    type: z.enum(["int", "real", "choice"]),
    default: z.number().nullable().openapi({
      description: "Null: no value, which switches off what the parameter does",
      example: 14,
    }),
    min: z.number().openapi({ example: 2 }),
    max: z.number().openapi({ example: 100_000 }),
    choices: z.record(z.string(), z.number()).optional(),
  })),
  outputs: z.array(column),
  lookback: z.number().int().openapi({
    description: "Rows at the start without a value, with default parameters",
    example: 14,
  }),
  unstable: z.boolean().openapi({
    description: "True when values keep depending on the first row",
  }),
}).openapi("Indicator");

export const listIndicatorsQuery = z.object({
  family: z.string().max(40).optional().openapi({
    description: "Only those of this library",
    example: "talib",
  }),
  group: z.string().max(80).optional().openapi({
    description: "Only those of this group",
    example: "Momentum Indicators",
  }),
  search: z.string().max(80).optional().openapi({
    description: "Only names and summaries that contain this, whatever its case",
  }),
});

export const indicatorList = z.object({
  items: z.array(indicatorSchema),
  total: z.number().int(),
}).openapi("IndicatorList");

const numbers = z.array(z.number().nullable()).max(ROWS_MAX);

const fromColumns = z.object({
  inputs: z.record(z.string().max(40), numbers).openapi({
    description: "Columns of equal length by TA-Lib's names; null is no value",
    example: { real: [1, 2, 3, 4, 5] },
  }),
});

const fromSymbol = z.object({
  symbol: z.string().min(1).max(60).openapi({ example: "BTC/USDT" }),
  timeframe: z.string().regex(/^\d{1,3}[mhdwM]$/).openapi({ example: "5m" }),
  exchange: z.string().regex(/^[a-z0-9_]{1,40}$/).optional(),
  dataset: z.string().min(1).max(100).optional(),
  start: z.iso.datetime({ offset: true }).optional(),
  end: z.iso.datetime({ offset: true }).optional(),
  limit: z.number().int().min(1).max(ROWS_MAX).default(500).openapi({
    description: "The last so many candles of the range",
  }),
  price: z.enum(["open", "high", "low", "close", "volume"]).default("close").openapi({
    description: "The candle column that feeds an input `real`",
  }),
});

const shared = z.object({
  name: z.string().min(1).max(60).openapi({ example: "RSI" }),
  parameters: z.record(z.string().max(40), z.number()).default({}).openapi({
    description: "Absent ones take the reference's defaults",
    example: { timeperiod: 14 },
  }),
});

export const computeBody = z.union([
  shared.extend(fromColumns.shape).strict(),
  shared.extend(fromSymbol.shape).strict(),
]).openapi("ComputeIndicator", {
  example: {
    name: "EMA",
    parameters: { timeperiod: 3 },
    inputs: { real: [42.1, 42.4, 42.2, 42.9, 43.3] },
  },
});

export const computedSchema = z.object({
  name: z.string(),
  parameters: z.record(z.string(), z.number()),
  rows: z.number().int(),
  timestamps: z.array(timestamp).nullable().openapi({
    description: "Opens of the candles; null for columns of your own",
  }),
  outputs: z.record(z.string(), numbers).openapi({
    description: "By the reference's output names; null where it gives no value",
    example: { real: [null, 52.1] },
  }),
}).openapi("ComputedIndicator");

export type Indicator = z.infer<typeof indicatorSchema>;
export type ListIndicators = z.infer<typeof listIndicatorsQuery>;
export type ComputeIndicator = z.infer<typeof computeBody>;
export type ComputedIndicator = z.infer<typeof computedSchema>;
