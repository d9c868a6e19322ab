/**
 * freqtrade's backtest file: `{"strategy": {NAME: {…}}, "strategy_comparison": […]}`, which freqtrade
 * 2026.9's `load_backtest_stats` and `backtesting-show` read, and the metadata it keeps beside it in
 * `FILE.meta.json`. Keys, units and texts are freqtrade's; `locks` is empty.
 *
 * @module
 */
export { coinDecimals, formatAmount, formatCoin } from "./coin.ts";
export {
  type BacktestExport,
  exportBacktest,
  exportMetadata,
  type ExportRun,
  exportStrategy,
} from "./export.ts";
export { exportTrade } from "./trades.ts";
