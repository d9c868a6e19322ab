/** freqtrade's parameter file, `STRATEGY.json`: what a hyperopt run found. */
import { z } from "zod";
import { AppError } from "../../platform/errors.ts";
import { parseSettings } from "./problems.ts";

const parameterFileSchema = z.looseObject({
  strategy_name: z.string().optional(),
  params: z.looseObject({
    roi: z.record(z.string(), z.number()).optional(),
    stoploss: z.looseObject({ stoploss: z.number().optional() }).optional(),
    max_open_trades: z.looseObject({ max_open_trades: z.number().optional() }).optional(),
    trailing: z.looseObject({
      trailing_stop: z.boolean().optional(),
      trailing_stop_positive: z.number().nullable().optional(),
      trailing_stop_positive_offset: z.number().optional(),
      trailing_only_offset_is_reached: z.boolean().optional(),
    }).optional(),
  }),
});

export type ParameterFile = z.infer<typeof parameterFileSchema>;

/** Checks a parameter file's value; it must be the named strategy's. */
export function checkParameterFile(value: unknown, strategyName: string): ParameterFile {
  const file = parseSettings(parameterFileSchema, value, "the parameter file");
  if (file.strategy_name !== undefined && file.strategy_name !== strategyName) {
    throw new AppError(
      "VALIDATION_ERROR",
      `Cannot use the parameter file: it is for strategy "${file.strategy_name}", ` +
        `not "${strategyName}"`,
    );
  }
  return file;
}
