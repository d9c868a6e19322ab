/** The distribution of the trades' profits as a drawing and as a table. */
import type { ExportRun } from "../export/mod.ts";
import { formatFixed } from "../statistics/mod.ts";
import { type Bin, binProfits } from "./histogram.ts";
import { type Markup, markup } from "./markup.ts";
import { renderTable } from "./table.ts";

const WIDTH = 720;
const HEIGHT = 220;
const BOTTOM = 30;
const TOP = 22;
const TICKS_EVERY_PX = 80;

export function histogramChart({ result: { trades } }: ExportRun): Markup | null {
  const bins = binProfits(Float64Array.from(trades, (trade) => trade.profitRatio));
  if (bins.length === 0) return null;
  const most = bins.reduce((held, bin) => bin.count > held.count ? bin : held);
  const label = `Histogram of the profit of ${trades.length} trades in ${bins.length} steps; ` +
    `most, ${most.count}, are from ${percent(most.from)} to ${percent(most.to)} %`;
  return markup`<figure>
<svg class="histogram" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
${drawBins(bins, most.count)}</svg>
<figcaption>Trades by profit in percent</figcaption>
</figure>
<details><summary>Distribution as a table</summary>
${
    renderTable({
      caption: "Trades by profit",
      names: 1,
      head: ["Profit from % to %", "Trades"],
      rows: bins.map((bin) => [`${percent(bin.from)} … ${percent(bin.to)}`, String(bin.count)]),
    })
  }</details>
`;
}

function drawBins(bins: readonly Bin[], most: number): Markup[] {
  const width = WIDTH / bins.length;
  const every = Math.max(1, Math.round(TICKS_EVERY_PX / width));
  const height = HEIGHT - BOTTOM - TOP;
  return bins.map(({ from, to, count }, index) => {
    const x = index * width;
    const tall = count === 0 ? 0 : Math.max(1, count / most * height);
    const tone = from + to > 0 ? "pos" : "neg";
    const bar = markup`<rect class="${tone}" x="${fixed(x + 1)}" y="${
      fixed(TOP + height - tall)
    }" width="${fixed(width - 2)}" height="${fixed(tall)}"><title>${percent(from)} to ${
      percent(to)
    } %: ${count}</title></rect>
`;
    const isZero = Math.abs(from) < 1e-12;
    const zero = isZero
      ? markup`<line class="zero" x1="${fixed(x)}" y1="${TOP}" x2="${fixed(x)}" y2="${
        TOP + height
      }"/>`
      : null;
    const tick = index % every === 0 && x < WIDTH - TICKS_EVERY_PX / 2
      ? markup`<text x="${fixed(x)}" y="${HEIGHT - 8}">${percent(from)}</text>
`
      : null;
    const counted = count === most
      ? markup`<text class="count" x="${fixed(x + width / 2)}" y="${TOP - 5}">${count}</text>
`
      : null;
    return markup`${bar}${zero}${tick}${counted}`;
  });
}

function percent(ratio: number): string {
  const text = formatFixed(ratio * 100, 2);
  return text === "-0.00" ? "0.00" : text;
}

function fixed(pixels: number): string {
  return String(Math.round(pixels * 100) / 100);
}
