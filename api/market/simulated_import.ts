/** Loads the simulated market into the shared dataset. */

import type { Ctx } from "../platform/context.ts";
import { BLOCK_ROWS_MAX } from "./candles/blocks.ts";
import { viewCandles } from "./candles/columns.ts";
import { parsePair } from "./candles/pair.ts";
import { findWritableDataset, VENUE_DATASET } from "./datasets.ts";
import { noBadRows } from "./files/bad_rows.ts";
import { mergeUpload } from "./merge_upload.ts";
import { SIMULATED_SOURCE, type SimulatedSeries, simulateMarket } from "./simulated.ts";
import { saveBlock, type StagedUpload } from "./staging.ts";
import * as store from "./store.ts";

/**
 * Makes the simulated market and stores it in `venue`, on the default exchange and labelled as
 * simulated. Does nothing when a market of one of its symbols is already there. Admins only.
 */
export async function importSimulatedMarket(ctx: Ctx): Promise<{ imported: string[] }> {
  const dataset = await findWritableDataset(ctx, ctx.db, VENUE_DATASET);
  const exchange = ctx.settings.DEFAULT_EXCHANGE;
  const imported: string[] = [];
  const present = new Set<string>();
  for (const series of simulateMarket()) {
    const { pair, timeframe } = series;
    const parts = parsePair(pair);
    if (!parts) throw new Error(`"${pair}" is no pair`);
    const isNew = !imported.some((name) => name.startsWith(`${pair} `));
    if (isNew && await store.findMarket(ctx.db, dataset.id, exchange, pair)) present.add(pair);
    if (present.has(pair)) continue;
    await mergeUpload(ctx, {
      dataset,
      fileName: `${SIMULATED_SOURCE} ${pair} ${timeframe}`,
      target: { pair: parts, exchange, assetType: "crypto", source: SIMULATED_SOURCE },
      upload: await stageSeries(ctx, series),
    });
    imported.push(`${pair} ${timeframe}`);
  }
  return { imported };
}

async function stageSeries(ctx: Ctx, series: SimulatedSeries): Promise<StagedUpload> {
  const { candles, timeframe } = series;
  const rows = candles.time.length;
  const chunks: string[] = [];
  for (let from = 0; from < rows; from += BLOCK_ROWS_MAX) {
    const to = Math.min(from + BLOCK_ROWS_MAX, rows);
    chunks.push(await saveBlock(ctx, viewCandles(candles, from, to)));
  }
  const report = {
    ...{ format: "plain", candleType: "spot", offsetMs: 0, descending: false } as const,
    ...{ timeframe, hasVolume: true, accepted: rows, duplicates: 0, bad: noBadRows() },
  };
  return { report, chunks };
}
