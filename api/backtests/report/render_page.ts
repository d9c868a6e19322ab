/** The whole page: markup with its style, its program and its data inside. */
import { type ExportRun, formatCoin } from "../export/mod.ts";
import { dateText, formatFixed } from "../statistics/mod.ts";
import { noTradesText } from "./figures.ts";
import { groupTables, periodTables, summaryTable } from "./group_tables.ts";
import { histogramChart } from "./histogram_chart.ts";
import { type Markup, markup } from "./markup.ts";
import { monthTable } from "./month_table.ts";
import type { PageAssets } from "./assets.ts";
import { TRADES_MAX } from "./pack_trades.ts";
import { formatPercent } from "./summary.ts";
import { toneOf } from "./table.ts";

export interface PageInput {
  readonly run: ExportRun;
  /** Pairs that have candles to show. */
  readonly pairs: readonly string[];
  /** As `packPayload` made it. */
  readonly payload: string;
  readonly assets: PageAssets;
}

export function renderPage({ run, pairs, payload, assets }: PageInput): string {
  const { policy, script, style } = assets;
  const title = `${run.strategyName}: backtest report`;
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${{ html: style }}</style>
</head>
<body>
<a class="skip" href="#figures">Skip to the figures</a>
${header(run)}<main>
${tiles(run)}${chart(run, pairs)}${
    returns(run)
  }<section id="figures" aria-labelledby="figures-title">
<h2 id="figures-title">Figures</h2>
<div class="tables">
<div>
${groupTables(run)}${periodTables(run)}</div>
<div>
${summaryTable(run)}</div>
</div></section>
${tradeList(run)}</main>
<footer><p>Result <code>${run.runId}</code></p></footer>
<script type="text/plain" id="payload">${{ html: payload }}</script>
<script type="module">${{ html: script }}</script>
</body>
</html>
`.html;
}

function header({ strategyName, settings, statistics, pairs }: ExportRun): Markup {
  const { period } = statistics;
  const named = pairs.length === 1 ? pairs[0] ?? "" : `${pairs.length} pairs`;
  return markup`<header>
<div><h1>${strategyName}</h1>
<p>${named}, ${settings.timeframe} candles, ${settings.engine.tradingMode}: <span class="whole">${
    dateText(period.start)
  }</span> to <span class="whole">${dateText(period.end)}</span> UTC</p></div>
<button type="button" id="theme" hidden>Dark</button>
</header>
`;
}

function tiles(run: ExportRun): Markup {
  const { statistics: stats, settings: { stakeCurrency: coin } } = run;
  const traded = stats.totalTrades > 0;
  const drawdown = stats.drawdown;
  const none = "–";
  const list: readonly [string, string, string, boolean][] = [
    [
      "Total profit",
      formatPercent(stats.profitTotal),
      formatCoin(stats.profitTotalAbs, coin),
      true,
    ],
    [
      "Final balance",
      formatCoin(stats.finalBalance, coin),
      `from ${formatCoin(stats.startingBalance, coin)}`,
      false,
    ],
    [
      "Drawdown",
      drawdown === null ? none : formatPercent(drawdown.maxDrawdownAccount),
      drawdown === null ? "no closed trade" : formatCoin(drawdown.maxDrawdownAbs, coin),
      false,
    ],
    ["Trades", String(stats.totalTrades), `${stats.tradesPerDay} a day`, false],
    [
      "Winning trades",
      traded ? formatPercent(stats.holding.winrate) : none,
      `${stats.holding.wins} of ${stats.totalTrades}`,
      false,
    ],
    [
      "Profit factor",
      traded ? formatFixed(stats.profitFactor, 2) : none,
      `expectancy ${formatFixed(stats.expectancy, 2)}`,
      false,
    ],
    [
      "Sharpe",
      traded ? formatFixed(stats.sharpe, 2) : none,
      `Sortino ${traded ? formatFixed(stats.sortino, 2) : none}`,
      false,
    ],
    ["Market change", formatPercent(stats.marketChange), "mean of the pairs", true],
  ];
  return markup`<dl class="tiles">
${
    list.map(([name, value, more, toned]) =>
      markup`<div><dt>${name}</dt><dd class="value ${
        toned ? toneOf(value) : "flat"
      }">${value}</dd><dd>${more}</dd></div>
`
    )
  }</dl>
${
    traded ? null : markup`<p class="notice">${noTradesText(run)}</p>
`
  }`;
}

/** The page's program fills it; without one the figures below say what there is to say. */
function chart({ statistics }: ExportRun, pairs: readonly string[]): Markup {
  if (pairs.length === 0) return markup``;
  const button = (action: string, label: string, text: string) =>
    markup`<button type="button" data-action="${action}" aria-label="${label}">${text}</button>
`;
  return markup`<section aria-labelledby="chart-title">
<h2 id="chart-title">Candles, trades and equity</h2>
<noscript><p class="notice">The chart and the list of trades need JavaScript.</p></noscript>
<div class="controls" id="controls" hidden>
<label>Pair <select id="pair">${
    pairs.map((pair, index) =>
      markup`<option value="${index}">${pair}</option>
`
    )
  }</select></label>
<div class="buttons" role="group" aria-label="Move in the chart">
${button("left", "Earlier", "←")}${button("right", "Later", "→")}${button("in", "Zoom in", "+")}${
    button("out", "Zoom out", "−")
  }${button("all", "All of the time range", "All")}${
    statistics.totalTrades === 0
      ? null
      : markup`${button("previous", "Previous trade", "‹ Trade")}${
        button("next", "Next trade", "Trade ›")
      }`
  }</div>
</div>
<div class="chart" id="chart" tabindex="0" role="application" aria-labelledby="chart-title" aria-describedby="chart-help chart-status" hidden>
<canvas id="plot"></canvas>
<canvas id="overlay"></canvas>
<div id="readout"></div>
<div id="tooltip" hidden></div>
</div>
<p id="chart-status" role="status" aria-live="polite"></p>
<p id="chart-help" class="help">Drag or arrow keys to move, + and − or Ctrl and the wheel to zoom, N and P for the next and the previous trade, Home for the whole range, Escape to close a trade.</p>
</section>
`;
}

function returns(run: ExportRun): Markup {
  const months = monthTable(run);
  const histogram = histogramChart(run);
  if (months === null && histogram === null) return markup``;
  return markup`<section aria-labelledby="returns-title">
<h2 id="returns-title">Returns</h2>
${months}${histogram}</section>
`;
}

function tradeList({ statistics: { totalTrades } }: ExportRun): Markup {
  if (totalTrades === 0) return markup``;
  return markup`<section id="trades" aria-labelledby="trades-title" hidden>
<h2 id="trades-title">Trades</h2>
${
    totalTrades <= TRADES_MAX
      ? null
      : markup`<p class="help">Chart and list hold the ${TRADES_MAX} trades that gained or lost most of ${totalTrades}.</p>
`
  }<div class="buttons pager" role="group" aria-label="Pages of trades">
<button type="button" data-page="previous" aria-label="Previous page">‹</button>
<span id="page-status" role="status"></span>
<button type="button" data-page="next" aria-label="Next page">›</button>
</div>
<div class="scroll" tabindex="0" role="region" aria-label="Trades of the pair">
<table><caption><span>Trades of <span id="trades-pair"></span>, as opened</span></caption>
<thead><tr><th scope="col">Trade</th><th scope="col">Side</th><th scope="col">Opened</th><th scope="col">Closed</th><th scope="col" class="num">Open rate</th><th scope="col" class="num">Close rate</th><th scope="col" class="num">Profit %</th><th scope="col" class="num">Profit</th><th scope="col">Enter tag</th><th scope="col">Exit reason</th></tr></thead>
<tbody id="trade-rows"></tbody></table></div>
</section>
`;
}
