/** A series' gaps as reports show them. */

import { toRfc3339 } from "../platform/clock.ts";
import type { BlockRef } from "./candle_store.ts";
import { type Gap, gapBetween, type GapRules } from "./candles/gaps.ts";

const GAPS_LISTED_MAX = 100;

export interface GapReport {
  readonly missing: number;
  readonly gaps: { readonly from: string; readonly to: string; readonly missing: number }[];
}

/** Counts what is missing inside and between the blocks and lists the first gaps. */
export function describeGaps(blocks: readonly BlockRef[], rules: GapRules): GapReport {
  let missing = 0;
  const listed: Gap[] = [];
  for (const gap of allGaps(blocks, rules)) {
    missing += gap.missing;
    if (listed.length < GAPS_LISTED_MAX) listed.push(gap);
  }
  const gaps = listed.map(({ from, to, missing }) => ({
    from: toRfc3339(from),
    to: toRfc3339(to),
    missing,
  }));
  return { missing, gaps };
}

function* allGaps(blocks: readonly BlockRef[], rules: GapRules): Generator<Gap> {
  for (const [index, block] of blocks.entries()) {
    const previous = blocks[index - 1];
    const between = previous && gapBetween(previous.lastMs, block.firstMs, rules);
    if (between) yield between;
    yield* block.gaps;
  }
}
