/**
 * Candles as columns and the pure rules over them. Times are epoch milliseconds UTC, columns are
 * `Float64Array`s of equal length, ascending by time.
 *
 * @module
 */
export { BLOCK_ROWS_MAX, decodeBlock, encodeBlock } from "./blocks.ts";
export {
  CANDLE_TYPES,
  type CandleColumns,
  type CandleType,
  concatCandles,
  copyCandles,
  firstRowAt,
  viewCandles,
} from "./columns.ts";
export { fillGaps, findGaps, type Gap, type GapRules } from "./gaps.ts";
export { type AssetType, formatPair, type PairParts, parsePair } from "./pair.ts";
export { canResample, resampleCandles } from "./resample.ts";
export { type Session, SESSIONS } from "./session.ts";
export { floorToTimeframe, isTimeframe, nextOpen, timeframeMs } from "./timeframe.ts";
export { formatTimerange, parseTimerange, type Timerange } from "./timerange.ts";
