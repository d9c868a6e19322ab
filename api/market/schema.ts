/** What clients send to and get from the market capability. */

import { z } from "@hono/zod-openapi";
import { zDecimal } from "../platform/decimal.ts";
import { INSTANT_FORMS, pageOf, pageQuery, timestamp } from "../platform/http/schemas.ts";
import { CANDLE_TYPES } from "./candles/columns.ts";
import { SESSIONS } from "./candles/session.ts";
import { TIMEFRAME } from "./candles/timeframe.ts";
import { parseTimestamp } from "./candles/timestamp.ts";
import { BAD_ROW_REASONS } from "./files/bad_rows.ts";
import { CANDLE_FORMATS, EXPORT_FORMATS } from "./files/candle_file.ts";

const exchange = z.string().regex(/^[a-z0-9_-]{1,40}$/, "Expected lower-case letters and digits")
  .openapi({ description: "Exchange, in ccxt's spelling", example: "binance" });
const symbol = z.string().min(1).max(80).openapi({
  description: "Any spelling: `BTC/USDT`, `BTCUSDT`, `BTC_USDT`, `BTC/USDT:USDT`",
  example: "BTC/USDT",
});
const timeframe = z.string().regex(TIMEFRAME, "Expected a timeframe such as 5m, 1h, 1d or 1M")
  .openapi({ description: "Length of a candle", example: "1h" });
const candleType = z.enum(CANDLE_TYPES).openapi({
  description: "What the candles are of",
  example: "spot",
});
const datasetName = z.string().regex(
  /^[a-zA-Z0-9][a-zA-Z0-9 ._-]{0,79}$/,
  "Expected 1 to 80 letters, digits, blanks, dots, dashes or underscores",
).openapi({ example: "my-candles" });
const datasetRef = z.string().min(1).max(80).openapi({
  description: "Id or name; without it your own datasets are searched, then the shared `venue`",
  example: "venue",
});
const assetType = z.enum(["crypto", "currency", "stock"]).openapi({
  description: "Decides the session: when the market has candles",
  example: "crypto",
});

/** RFC 3339 or Unix milliseconds (also seconds), as epoch milliseconds. */
const time = z.string().max(40).transform((text, context) => {
  const ms = parseTimestamp(text);
  if (!Number.isNaN(ms)) return ms;
  context.addIssue({ code: "custom", message: "Expected RFC 3339 or Unix milliseconds" });
  return z.NEVER;
}).openapi({ ...INSTANT_FORMS, example: "2024-01-01T00:00:00Z" });

export const datasetSchema = z.object({
  id: z.uuid(),
  name: z.string().openapi({ example: "my-candles" }),
  shared: z.boolean().openapi({ description: "Readable by everybody, written by admins" }),
  version: z.number().int().openapi({ example: 1 }),
  created_at: timestamp,
  updated_at: timestamp,
}).openapi("Dataset");

export const datasetCreateSchema = z.object({ name: datasetName }).openapi("DatasetCreate");

export const datasetPage = pageOf(datasetSchema, "DatasetPage");

export const importQuery = z.object({
  filename: z.string().min(1).max(255).openapi({
    description: "Name of the file, which may tell symbol, timeframe, candle type and day",
    example: "BTC_USDT-5m.csv",
  }),
  format: z.enum(CANDLE_FORMATS).optional().openapi({
    description: "Recognised when left out; only CSV files leave a choice",
  }),
  symbol: symbol.optional(),
  exchange: exchange.optional(),
  timeframe: timeframe.optional(),
  candle_type: candleType.optional(),
  asset_type: assetType.optional(),
});

const gapSchema = z.object({
  from: timestamp,
  to: timestamp,
  missing: z.number().int().openapi({ example: 3 }),
}).openapi("CandleGap");

export const importSchema = z.object({
  id: z.uuid(),
  file_name: z.string().openapi({ example: "BTC_USDT-5m.csv" }),
  dataset_id: z.uuid(),
  dataset: z.string().openapi({ example: "my-candles" }),
  exchange,
  symbol: z.string().openapi({ example: "BTC/USDT" }),
  candle_type: candleType,
  timeframe,
  format: z.enum(CANDLE_FORMATS),
  has_volume: z.boolean(),
  inserted: z.number().int().openapi({ example: 1_000 }),
  replaced: z.number().int().openapi({ example: 0 }),
  duplicate: z.number().int().openapi({ example: 0 }),
  rejected: z.number().int().openapi({ example: 1 }),
  rejected_reasons: z.partialRecord(z.enum(BAD_ROW_REASONS), z.number().int()),
  rejected_rows: z.array(z.object({
    line: z.number().int().openapi({
      description: "Line of a CSV file, else number of the row, from 1",
      example: 17,
    }),
    reason: z.enum(BAD_ROW_REASONS),
  })).openapi({ description: "The first 100" }),
  series: z.object({
    revision: z.number().int().openapi({ example: 1 }),
    candles: z.number().int().openapi({ example: 1_000 }),
    from: timestamp,
    to: timestamp,
    missing: z.number().int().openapi({ example: 0 }),
    gaps: z.array(gapSchema).openapi({ description: "The first 100" }),
  }),
  created_at: timestamp,
}).openapi("CandleImport");

export type ImportReport = z.infer<typeof importSchema>;

export const importPage = pageOf(importSchema, "CandleImportPage");

const range = z.object({
  min: zDecimal({ min: "0" }).nullish(),
  max: zDecimal({ min: "0" }).nullish(),
});

/** A market's rules, as freqtrade and ccxt name them. */
export const marketRulesSchema = z.object({
  precision: z.object({
    price: zDecimal({ min: "0", exclusiveMin: true }).nullish(),
    amount: zDecimal({ min: "0", exclusiveMin: true }).nullish(),
  }).optional().openapi({ description: "Steps: price tick and amount lot" }),
  limits: z.object({
    amount: range.optional(),
    price: range.optional(),
    cost: range.optional(),
    leverage: range.optional(),
  }).optional(),
  maker: zDecimal().nullish(),
  taker: zDecimal().nullish(),
  contractSize: zDecimal({ min: "0", exclusiveMin: true }).nullish(),
  leverage_tiers: z.array(z.record(z.string(), z.unknown())).max(200).optional(),
  asset_type: assetType.optional(),
  session: z.enum(SESSIONS).optional(),
}).openapi("MarketRules");

export type MarketRules = z.infer<typeof marketRulesSchema>;

/** What names a market in its file; the library's types do not know the keyword. */
const NAMED_BY_PAIR = {
  propertyNames: { pattern: "^[^\\s/:]{1,30}/[^\\s/:]{1,20}(:[^\\s/:]{1,20})?$", maxLength: 80 },
};

/** `{ "BTC/USDT": { precision, limits, … }, … }` */
export const marketsFileSchema = z.record(z.string().max(80), marketRulesSchema)
  .openapi("MarketsFile", {
    ...NAMED_BY_PAIR,
    example: {
      "BTC/USDT": {
        precision: { price: "0.01", amount: "0.00001" },
        maker: "0.001",
        taker: "0.001",
      },
    },
  });

export type MarketsFile = z.infer<typeof marketsFileSchema>;

export const symbolSchema = z.object({
  symbol: z.string().openapi({ example: "BTC/USDT" }),
  exchange,
  dataset: z.string().openapi({ example: "venue" }),
  dataset_id: z.uuid(),
  kind: z.enum(["spot", "swap", "future"]),
  asset_type: assetType,
  base: z.string().openapi({ example: "BTC" }),
  quote: z.string().openapi({ example: "USDT" }),
  settle: z.string().nullable(),
  session: z.enum(SESSIONS),
  price_tick: z.string().nullable().openapi({ example: "0.01" }),
  amount_step: z.string().nullable().openapi({ example: "0.00001" }),
  limits: z.record(z.string(), z.unknown()),
  contract_size: z.string().nullable(),
  maker_rate: z.string().nullable().openapi({ example: "0.001" }),
  taker_rate: z.string().nullable().openapi({ example: "0.001" }),
  source: z.string().openapi({
    description: "`import`, `markets-file`, `simulated` or an exchange",
  }),
  fetched_at: timestamp,
}).openapi("Symbol");

export type MarketSymbol = z.infer<typeof symbolSchema>;

export const symbolPage = pageOf(symbolSchema, "SymbolPage");

export const symbolQuery = pageQuery.extend({
  dataset: datasetRef.optional(),
  exchange: exchange.optional(),
  quote: z.string().max(20).optional().openapi({
    description: "Only markets quoted in this currency",
    example: "USDT",
  }),
});

export const coverageSchema = z.object({
  dataset: z.string().openapi({ example: "venue" }),
  dataset_id: z.uuid(),
  exchange,
  symbol: z.string().openapi({ example: "BTC/USDT" }),
  candle_type: candleType,
  timeframe,
  revision: z.number().int().openapi({ example: 1 }),
  candles: z.number().int().openapi({ example: 105_408 }),
  from: timestamp,
  to: timestamp,
  missing: z.number().int().openapi({ description: "Candles the session says should be there" }),
  gaps: z.array(gapSchema).openapi({ description: "The first 100" }),
}).openapi("Coverage");

export const coveragePage = pageOf(coverageSchema, "CoveragePage");

export const coverageQuery = pageQuery.extend({
  dataset: datasetRef.optional(),
  exchange: exchange.optional(),
  symbol: symbol.optional(),
});

export const symbolParam = z.object({
  symbol: symbol.openapi({ param: { name: "symbol", in: "path" }, example: "BTCUSDT" }),
});

const whereQuery = z.object({
  dataset: datasetRef.optional(),
  exchange: exchange.optional(),
});

export const tickerQuery = whereQuery;

export const klinesQuery = whereQuery.extend({
  interval: timeframe.default("1h"),
  limit: z.coerce.number().int().min(1).max(1_000).default(500).openapi({
    description: "Candles; the latest ones, or the first ones from `start` on",
  }),
  start: time.optional().openapi({ description: "First open, inclusive" }),
  end: time.optional().openapi({ description: "Last open, inclusive" }),
  candle_type: candleType.optional(),
});

export const exportQuery = whereQuery.extend({
  timeframe,
  format: z.enum(EXPORT_FORMATS).default("csv").openapi({ description: "Form of the file" }),
  candle_type: candleType.optional(),
  start: time.optional().openapi({ description: "First open, inclusive" }),
  end: time.optional().openapi({ description: "Last open, inclusive" }),
});

const price = z.string().openapi({ format: "decimal", example: "45000.5" });

export const klinesSchema = z.object({
  symbol: z.string().openapi({ description: "As asked for", example: "BTCUSDT" }),
  interval: timeframe,
  market: z.string().openapi({ description: "The symbol found", example: "BTC/USDT" }),
  exchange,
  dataset: z.string().openapi({ example: "venue" }),
  candle_type: candleType,
  source: z.string().openapi({ example: "import" }),
  data: z.array(z.object({
    timestamp,
    open: price,
    high: price,
    low: price,
    close: price,
    volume: price.nullable().openapi({ description: "Null when the source has none" }),
  })),
}).openapi("Klines");

export type KlinesAnswer = z.infer<typeof klinesSchema>;

export const tickerSchema = z.object({
  symbol: z.string().openapi({ description: "As asked for", example: "BTCUSDT" }),
  price,
  timestamp: timestamp.openapi({ description: "Close time of the last candle" }),
  market: z.string().openapi({ description: "The symbol found", example: "BTC/USDT" }),
  exchange,
  dataset: z.string().openapi({ example: "venue" }),
  source: z.string().openapi({ example: "import" }),
}).openapi("Ticker");
