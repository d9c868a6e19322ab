/**
 * From freqtrade's files to the engine's settings.
 *
 * The strategy's own settings arrive with configuration and parameter file already applied. A setting that would change the result and is not
 * computed throws an AppError `UNSUPPORTED_OPTION`, a wrong value `VALIDATION_ERROR`; both name the
 * key. What has no effect is a warning.
 *
 * @module
 */
export { checkConfig, type CheckedConfig, type ConfigFile } from "./config_file.ts";
export { checkMarkets, marketRules, type MarketsFile } from "./markets.ts";
export { choosePairs, type ChosenPairs, type PairChoice } from "./pairs.ts";
export { checkParameterFile, type ParameterFile } from "./parameter_file.ts";
export { parseRelaxedJson } from "./relaxed_json.ts";
export { resolveSettings, type SettingsSource } from "./resolve.ts";
export type { BacktestSettings, MarginMode, StrategySettings } from "./settings.ts";
export { timeframeLength } from "./timeframe.ts";
