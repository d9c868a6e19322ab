/**
 * A run's report: the figures that the terminal and the page share, and the page itself.
 *
 * `openReport` takes a run and, pair by pair, its candles, and renders one HTML page that needs
 * nothing beside itself: no network, no file. The page is at most 3 MB whatever the run's length:
 * candles, plot columns and equity are merged into buckets of a usual length (first, highest,
 * lowest, last; sum of the volume), and at most 20,000 trades are in its chart and list while its
 * tables count all. Times are UTC. `reportPolicy` is the Content-Security-Policy that goes with it.
 *
 * @module
 */
export { reportPolicy } from "./assets.ts";
export { figureCells, keyCells, noTradesText, winCells } from "./figures.ts";
export { openReport, type Report, type ReportInput } from "./report.ts";
export { summaryRows } from "./summary.ts";
