/** A report put together pair by pair, so that no more than one pair's candles are held. */
import type { CandleColumns } from "../../../core-wasm/mod.ts";
import { timeframeLength } from "../config/mod.ts";
import type { ExportRun } from "../export/mod.ts";
import type { PackedTables } from "../results/mod.ts";
import { readPageAssets } from "./assets.ts";
import { nextStep, stepFor } from "./ladder.ts";
import { bucketEquity, coarserEquity } from "./pack_equity.ts";
import { bucketPair, coarserPair, type PairBuckets } from "./pair_buckets.ts";
import { packPayload } from "./payload.ts";
import { planPlots } from "./plot_config.ts";
import { renderPage } from "./render_page.ts";

export interface ReportInput {
  readonly run: ExportRun;
  /** As the strategy's class has it; anything else means no plots. */
  readonly plotConfig: unknown;
  /** The columns it names, a table a pair. */
  readonly plots: PackedTables | null;
  /** Called every few milliseconds of work, so that others may have their turn. */
  readonly breathe?: () => Promise<void>;
}

export interface Report {
  /** Adds a pair's candles as they were read; those before the run's first step are left out. */
  addPair(pair: string, candles: CandleColumns): Promise<void>;
  /** The page; nothing may be added after. */
  render(): Promise<string>;
}

const PAGE_BYTES_MAX = 3_000_000;
/** What candles and columns may take of it, compressed. */
const COLUMN_BYTES = 2_000_000;
const CANDLE_BYTES = 8;
const PLOT_BYTES = 4;
const ROWS_MAX = 300_000;
/** Coarser than this no page is made. */
const PAIR_ROWS_LEAST = 60;
const EQUITY_ROWS_LEAST = 1_000;
const CANDLE_NAMES = ["open", "high", "low", "close", "volume"];

/** Opens a report over a finished run. */
export function openReport({ run, plotConfig, plots, breathe = rest }: ReportInput): Report {
  const timeframeMs = timeframeLength(run.settings.timeframe);
  const plan = planPlots(plotConfig, availableColumns(plots));
  const { backtestStart, backtestEnd } = run.result;
  const rowsMax = Math.min(
    ROWS_MAX,
    COLUMN_BYTES / (CANDLE_BYTES + PLOT_BYTES * plan.columns.length),
  );
  const span = (backtestEnd - backtestStart) * Math.max(1, run.pairs.length);
  const step = stepFor(timeframeMs, span, rowsMax);
  const pairs: PairBuckets[] = [];
  return {
    async addPair(pair, candles) {
      const shown = candlesFrom(candles, backtestStart);
      if (shown.date.length === 0) return;
      const table = plots?.tables.find(({ name }) => name === pair) ?? null;
      const bucketing = { step, timeframeMs, columns: plan.columns };
      pairs.push(await bucketPair({ pair, candles: shown, plots: table }, bucketing, breathe));
    },
    async render() {
      const assets = await readPageAssets();
      const names = pairs.map(({ pair }) => pair);
      let level = { step, pairs: [...pairs] };
      let equity = await bucketEquity(run.result.equity, timeframeMs, breathe);
      for (;;) {
        const payload = await packPayload(
          { run, panes: plan.panes, equity, ...level },
          breathe,
        );
        const page = renderPage({ run, pairs: names, payload, assets });
        const longest = level.pairs.reduce((most, { candles }) => Math.max(most, candles.count), 0);
        const fits = new TextEncoder().encode(page).length <= PAGE_BYTES_MAX;
        if (fits || longest <= PAIR_ROWS_LEAST) return page;
        const coarser = nextStep(level.step);
        level = { step: coarser, pairs: level.pairs.map((each) => coarserPair(each, coarser)) };
        if (equity.count > EQUITY_ROWS_LEAST) equity = coarserEquity(equity);
        await breathe();
      }
    },
  };
}

function rest(): Promise<void> {
  return Promise.resolve();
}

function availableColumns(plots: PackedTables | null): ReadonlySet<string> {
  const names = (plots?.tables ?? []).flatMap(({ columns }) =>
    columns.filter(({ type }) => type !== "text" && type !== "time").map(({ name }) => name)
  );
  return new Set([...CANDLE_NAMES, ...names]);
}

function candlesFrom(candles: CandleColumns, start: number): CandleColumns {
  const first = candles.date.findIndex((date) => date >= start);
  const from = first < 0 ? candles.date.length : first;
  return {
    date: candles.date.subarray(from),
    open: candles.open.subarray(from),
    high: candles.high.subarray(from),
    low: candles.low.subarray(from),
    close: candles.close.subarray(from),
    volume: candles.volume.subarray(from),
  };
}
