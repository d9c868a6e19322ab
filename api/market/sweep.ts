/** Removes candles that nothing names any more. */

import { createCtx, type Ctx, type Platform } from "../platform/context.ts";
import { inTransaction } from "../platform/database/open.ts";
import * as candleStore from "./candle_store.ts";

/** An import that still runs has written blocks that no manifest names yet. */
const GRACE_MS = 3_600_000;

const BLOCKS_A_TRANSACTION = 50;

/** The sweep as a schedule, for the process that runs schedules. */
export function candleSweep() {
  return {
    kind: "market.sweep_candles",
    everyMs: GRACE_MS,
    run: async (platform: Platform, { signal }: { signal: AbortSignal }): Promise<void> => {
      const swept = await sweepCandles(createCtx(platform, { actor: null, signal }));
      if (swept.blocks > 0) platform.log.info("candle blocks were swept", { ...swept });
    },
  };
}

/**
 * Deletes revisions that are neither current nor pinned and blocks that no revision names, both
 * only an hour after they were last touched. A schedule calls it.
 */
export async function sweepCandles(ctx: Ctx): Promise<{ manifests: number; blocks: number }> {
  const before = ctx.clock.now() - GRACE_MS;
  const manifests = await inTransaction(
    ctx.db,
    (tx) => candleStore.deleteOldManifests(tx, before),
  );
  let blocks = 0;
  for (;;) {
    ctx.signal.throwIfAborted();
    const deleted = await inTransaction(ctx.db, async (tx) => {
      const hashes = await candleStore.listLooseBlocks(tx, before, BLOCKS_A_TRANSACTION);
      for (const hash of hashes) {
        await ctx.blobs.delete(hash, tx);
        await candleStore.deleteBlockRow(tx, hash);
      }
      return hashes.length;
    });
    blocks += deleted;
    if (deleted < BLOCKS_A_TRANSACTION) return { manifests, blocks };
  }
}
