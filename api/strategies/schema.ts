import { z } from "@hono/zod-openapi";
import { idParam, pageOf, pageQuery, timestamp } from "../platform/http/schemas.ts";

const EXAMPLE_CODE = `import talib.abstract as ta
from freqtrade.strategy import IStrategy


class MyStrategy(IStrategy):
    timeframe = "1h"
    minimal_roi = {"0": 0.04}
    stoploss = -0.05
    plot_config = {"main_plot": {"fast": {}, "slow": {}}}

    def populate_indicators(self, dataframe, metadata):
        dataframe["fast"] = ta.EMA(dataframe, timeperiod=12)
        dataframe["slow"] = ta.EMA(dataframe, timeperiod=26)
        return dataframe

    def populate_entry_trend(self, dataframe, metadata):
        dataframe.loc[dataframe["fast"] > dataframe["slow"], "enter_long"] = 1
        return dataframe

    def populate_exit_trend(self, dataframe, metadata):
        dataframe.loc[dataframe["fast"] < dataframe["slow"], "exit_long"] = 1
        return dataframe
`;

const name = z.string().trim().min(1).max(100).openapi({ example: "MyStrategy" });
const description = z.string().max(10_000).openapi({ example: "Follows two averages" });
const code = z.string().min(1).openapi({ example: EXAMPLE_CODE });
const className = z.string().regex(/^[A-Za-z_]\w{0,199}$/).nullable().openapi({
  description: "The strategy class in the text; null takes its only or last one",
  example: "MyStrategy",
});

export const strategyParams = idParam("strategy_id");

export const createStrategyBody = z.object({
  name,
  description: description.default(""),
  code,
  class_name: className.default(null),
}).openapi("CreateStrategy");

export const updateStrategyBody = z.object({
  name: name.optional(),
  description: description.optional(),
  code: code.optional(),
  class_name: className.optional(),
}).openapi("UpdateStrategy");

export const analyzeBody = z.object({ code }).openapi("AnalyzeStrategy");

export const findingSchema = z.object({
  line: z.number().int().openapi({ example: 12 }),
  column: z.number().int().openapi({ example: 9 }),
  code: z.string().openapi({ description: "Stable, for programs", example: "unknown_function" }),
  message: z.string().openapi({ example: 'Cannot compile "ta.FOO": TA-Lib has no such function' }),
  hint: z.string().openapi({ description: "What to write instead; may be empty" }),
}).openapi("StrategyFinding");

const bound = z.number().nullable();

const parameterSchema = z.object({
  name: z.string().openapi({ example: "buy_rsi" }),
  type: z.enum(["int", "decimal", "real", "categorical", "boolean"]),
  space: z.string().openapi({ example: "buy" }),
  low: bound,
  high: bound,
  decimals: bound,
  categories: z.array(z.unknown()).readonly().nullable(),
  default: z.unknown(),
  optimize: z.boolean(),
  load: z.boolean(),
  role: z.enum(["slot", "variant", "unused", "unknown"]).openapi({
    description: "`slot`: bound for each run; `variant`: its value shapes the program",
  }),
}).openapi("StrategyParameter");

export const classAnalysisSchema = z.object({
  class_name: z.string().nullable().openapi({
    description: "Null when the text holds no strategy or does not parse",
  }),
  accepted: z.boolean(),
  refusals: z.array(findingSchema),
  warnings: z.array(findingSchema),
  timeframe: z.string().nullable().openapi({ example: "5m" }),
  startup_candle_count: z.number().int().nullable().openapi({ example: 50 }),
  warm_up: z.object({ bars: z.number().int(), unstable: z.boolean() }).nullable().openapi({
    description: "Candles the signals depend on, as proven; null when refused",
  }),
  parameters: z.array(parameterSchema),
  callbacks: z.array(z.string()),
  indicators: z.record(z.string(), z.number().int()).openapi({
    description: "Kernels the program uses, with how often",
    example: { RSI: 1 },
  }),
}).openapi("ClassAnalysis");

export const analysisSchema = z.object({
  accepted: z.boolean().openapi({ description: "True when at least one class compiles" }),
  classes: z.array(classAnalysisSchema),
}).openapi("StrategyAnalysis");

export const strategySchema = z.object({
  id: z.uuid(),
  name,
  description,
  code,
  class_name: className,
  version: z.number().int().openapi({ description: "Version of the text", example: 1 }),
  sha256: z.string().openapi({ description: "Digest of the text's bytes" }),
  created_at: timestamp,
  updated_at: timestamp,
}).openapi("Strategy");

export const strategyItemSchema = strategySchema.omit({ code: true }).extend({
  code: code.optional(),
}).openapi("StrategyItem");

export const listStrategiesQuery = pageQuery.extend({
  name: z.string().max(100).optional().openapi({ description: "Only names that contain this" }),
  include: z.literal("code").optional().openapi({ description: "`code` adds the source texts" }),
});

export const strategyPage = pageOf(strategyItemSchema, "StrategyPage");

export const versionSchema = z.object({
  id: z.uuid(),
  version: z.number().int().openapi({ example: 1 }),
  sha256: z.string(),
  class_name: className,
  created_at: timestamp,
}).openapi("StrategyVersion");

export const versionPage = pageOf(versionSchema, "StrategyVersionPage");

export const versionDetailSchema = versionSchema.extend({ code }).openapi("StrategyVersionDetail");

export const versionParams = strategyParams.extend({
  version: z.coerce.number().int().min(1).max(2_147_483_647).openapi({
    param: { name: "version", in: "path" },
    description: "Number of the version; 1 is the first",
    example: 1,
  }),
});

export const analysisQuery = z.object({
  version: z.coerce.number().int().min(1).max(2_147_483_647).optional().openapi({
    description: "The latest when absent",
  }),
});

export type CreateStrategy = z.infer<typeof createStrategyBody>;
export type UpdateStrategy = z.infer<typeof updateStrategyBody>;
export type ListStrategies = z.infer<typeof listStrategiesQuery>;
export type Strategy = z.infer<typeof strategySchema>;
export type StrategyItem = z.infer<typeof strategyItemSchema>;
export type StrategyVersion = z.infer<typeof versionSchema>;
export type StrategyVersionDetail = z.infer<typeof versionDetailSchema>;
export type StrategyAnalysis = z.infer<typeof analysisSchema>;
