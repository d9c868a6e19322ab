/** The verbs of the market capability: what every door and every other capability calls. */

export {
  createDataset,
  type Dataset,
  deleteDataset,
  getDataset,
  listDatasets,
  VENUE_DATASET,
} from "./datasets.ts";
export { type CandleExport, exportCandles } from "./export_candles.ts";
export { type CandleImport, getImport, importCandles, listImports } from "./import_candles.ts";
export { getKlines, getTicker, type Klines, type KlinesInput, renderKlines } from "./klines.ts";
export {
  importMarkets,
  listSymbols,
  type MarketRef,
  type ResolvedMarket,
  resolveMarket,
} from "./markets.ts";
export {
  findSeries,
  type FoundSeries,
  type LeverageTier,
  listCoverage,
  type LoadedSeries,
  loadPinnedSeries,
  loadSeries,
  pinSeries,
  type SeriesPin,
  type SeriesRef,
  unpinSeries,
} from "./series.ts";
export { importSimulatedMarket } from "./simulated_import.ts";
export { candleSweep, sweepCandles } from "./sweep.ts";
export { type CandleVerdict, verifyCandles, verifyCandlesKind } from "./verify.ts";
export { timeframeMs } from "./candles/timeframe.ts";
