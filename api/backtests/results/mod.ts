/**
 * What is kept of a run: packed columns, their canonical hash, and trades as CSV.
 *
 * The layout is docs/internals/results.md. Times are epoch milliseconds UTC, amounts are in the
 * currency freqtrade states them in, ratios are fractions. Bytes that are not a packed result throw
 * a RangeError.
 *
 * @module
 */
export { tradesCsv } from "./csv.ts";
export { candlesDigest, resultHash } from "./hash.ts";
export {
  columnNamed,
  decodeTables,
  encodeTables,
  type PackedColumn,
  type PackedTable,
  type PackedTables,
  type PackedType,
  tableNamed,
} from "./packed.ts";
export { packPlots, type PlotColumns, unpackPlots } from "./plots.ts";
export {
  packResult,
  readTrades,
  type ResultInput,
  StringTable,
  type UnpackedResult,
  unpackResult,
} from "./result.ts";
