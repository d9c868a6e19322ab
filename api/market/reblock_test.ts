import assert from "node:assert/strict";
import fc from "fast-check";
import type { BlockRef } from "./candle_store.ts";
import { BLOCK_ROWS_MAX, encodeBlock } from "./candles/blocks.ts";
import { allocateCandles, type CandleColumns, viewCandles } from "./candles/columns.ts";
import { sha256Hex } from "../platform/encoding.ts";
import { type BlockPort, reblock } from "./reblock.ts";

const SLOTS = 45_000;

/** Blocks in memory. */
function createPort(): BlockPort & { readonly saved: Map<string, CandleColumns>; loads: number } {
  const saved = new Map<string, CandleColumns>();
  const port = {
    saved,
    loads: 0,
    load: (hash: string) => {
      port.loads++;
      const candles = saved.get(hash);
      if (!candles) throw new Error(`Block "${hash}" is unknown`);
      return Promise.resolve(candles);
    },
    save: (candles: CandleColumns): Promise<BlockRef> => {
      const { time } = candles;
      const hash = sha256Hex(encodeBlock(candles));
      saved.set(hash, candles);
      return Promise.resolve({
        hash,
        candleCount: time.length,
        firstMs: time[0] ?? NaN,
        lastMs: time[time.length - 1] ?? NaN,
        gaps: [],
      });
    },
  };
  return port;
}

/** Every `step`-th slot from `from` on, `count` of them, with a price of its own. */
function candlesAt({ from, count, step, price }: Piece): CandleColumns {
  const rows = Math.max(0, Math.min(count, Math.ceil((SLOTS - from) / step)));
  const candles = allocateCandles(rows);
  for (let row = 0; row < rows; row++) {
    candles.time[row] = (from + row * step) * 60_000;
    for (const name of ["open", "high", "low", "close", "volume"] as const) {
      candles[name][row] = price;
    }
  }
  return candles;
}

interface Piece {
  readonly from: number;
  readonly count: number;
  readonly step: number;
  readonly price: number;
}

async function* chunksOf(candles: CandleColumns): AsyncGenerator<CandleColumns> {
  for (let from = 0; from < candles.time.length; from += BLOCK_ROWS_MAX) {
    yield viewCandles(candles, from, Math.min(from + BLOCK_ROWS_MAX, candles.time.length));
  }
}

const piece = fc.record({
  from: fc.integer({ min: 0, max: SLOTS - 1 }),
  count: fc.integer({ min: 1, max: SLOTS }),
  step: fc.constantFrom(1, 1, 2, 7),
  price: fc.integer({ min: 1, max: 3 }),
});

Deno.test("reblock() holds what a plain array of slots would, in ordered blocks within bounds", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 5 }), async (pieces) => {
      const port = createPort();
      const slots = new Float64Array(SLOTS);
      let blocks: readonly BlockRef[] = [];
      for (const each of pieces) {
        const incoming = candlesAt(each);
        const expected = { inserted: 0, replaced: 0, duplicates: 0 };
        for (const time of incoming.time) {
          const slot = time / 60_000;
          const known = slots[slot];
          if (known === 0) expected.inserted++;
          else if (known === each.price) expected.duplicates++;
          else expected.replaced++;
          slots[slot] = each.price;
        }
        const { blocks: next, ...counts } = await reblock(blocks, chunksOf(incoming), port);
        assert.deepEqual(counts, expected);
        blocks = next;
      }
      let last = -1;
      for (const { hash, candleCount, firstMs } of blocks) {
        assert.ok(candleCount > 0 && candleCount <= BLOCK_ROWS_MAX);
        assert.ok(firstMs > last);
        const { time, close } = await port.load(hash);
        time.forEach((at, row) => {
          assert.equal(slots[at / 60_000], close[row]);
          slots[at / 60_000] = 0;
        });
        last = time[time.length - 1] ?? NaN;
      }
      assert.ok(slots.every((price) => price === 0));
    }),
    { numRuns: 25 },
  );
});

Deno.test("reblock() touches only the last block when candles are appended", async () => {
  const port = createPort();
  const first = candlesAt({ from: 0, count: 35_000, step: 1, price: 1 });
  const { blocks } = await reblock([], chunksOf(first), port);
  port.loads = 0;
  const more = candlesAt({ from: 35_000, count: 100, step: 1, price: 1 });
  const appended = await reblock(blocks, chunksOf(more), port);
  assert.equal(port.loads, 1);
  assert.deepEqual(appended.blocks.slice(0, 3), blocks.slice(0, 3));
  assert.equal(appended.blocks.length, 4);
  assert.equal(appended.blocks[3]?.candleCount, 5_100);
});
