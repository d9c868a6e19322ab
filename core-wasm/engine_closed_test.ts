import assert from "node:assert/strict";
import fc from "fast-check";
import { readCases, runOfCase } from "./engine_cases.ts";
import { closeGaps } from "./engine_closed.ts";
import { runEngine } from "./engine.ts";
import type { EngineConfig, EnginePair, EngineRun, TradeResult } from "./engine_types.ts";
import { CoreMemory, readCoreModule } from "./memory.ts";

const module = await readCoreModule();
const cases = await readCases(new URL("testdata/engine/random_level1.json.gz", import.meta.url));

/** Rules that look at prices and signals alone, so that only the order of candles matters. */
function timeless(config: EngineConfig): EngineConfig {
  return { ...config, minimalRoi: [], unfilledEntryTimeoutMs: null, unfilledExitTimeoutMs: null };
}

/** The same rows with holes of `hole` candles after every `open` of them. */
function spread(pair: EnginePair, timeframeMs: number, open: number, hole: number): EnginePair {
  const first = pair.date[0] ?? 0;
  const date = pair.date.map((_, row) => {
    const holes = Math.floor(row / open) * hole;
    return first + (row + holes) * timeframeMs;
  });
  return { ...pair, date };
}

/** What does not depend on the dates. */
function pricesOf(trades: readonly TradeResult[]) {
  return trades.map(({ openRate, closeRate, amount, profitAbs, exitReason, minRate, maxRate }) => ({
    openRate,
    closeRate,
    amount,
    profitAbs,
    exitReason,
    minRate,
    maxRate,
  }));
}

/** Ticks are deduced per calendar month, so moved dates may change them: one tick for all. */
function coarse(run: EngineRun): EngineRun {
  const round = (column: Float64Array) => column.map((value) => Math.round(value));
  return {
    ...run,
    config: timeless(run.config),
    pairs: run.pairs.map((pair) => ({
      ...pair,
      market: { ...pair.market, pricePrecision: 1, precisionMode: "tick_size" as const },
      open: round(pair.open.map((value) => value * 1000)),
      high: round(pair.high.map((value) => value * 1000)),
      low: round(pair.low.map((value) => value * 1000)),
      close: round(pair.close.map((value) => value * 1000)),
    })),
  };
}

Deno.test("A market that closes trades as one whose candles follow each other", () => {
  const pick = fc.constantFrom(...cases);
  let traded = 0;
  fc.assert(
    fc.property(pick, fc.integer({ min: 3, max: 40 }), fc.integer({ min: 1, max: 60 }), (
      one,
      open,
      hole,
    ) => {
      const run = coarse(runOfCase(one));
      const [first] = run.pairs;
      assert.ok(first);
      const { timeframeMs } = run.config;
      const core = new CoreMemory(module);
      const plain = runEngine(core, { ...run, pairs: [first] });
      const shut = closeGaps(spread(first, timeframeMs, open, hole), timeframeMs);
      const closing = runEngine(core, { ...run, pairs: [shut] });
      assert.deepEqual(pricesOf(closing.trades), pricesOf(plain.trades));
      assert.equal(closing.finalBalance, plain.finalBalance);
      traded += plain.trades.length;
    }),
    { numRuns: 60 },
  );
  assert.ok(traded > 100, `${traded} trades were compared`);
});

Deno.test("closeGaps() answers a pair without holes as it is", () => {
  const [one] = cases;
  assert.ok(one);
  const run = runOfCase(one);
  const [pair] = run.pairs;
  assert.ok(pair);
  assert.equal(closeGaps(pair, run.config.timeframeMs), pair);
});

Deno.test("closeGaps() keeps the trimmed rows and carries the last signals over the hole", () => {
  const [one] = cases;
  assert.ok(one);
  const run = runOfCase(one);
  const [pair] = run.pairs;
  assert.ok(pair);
  const { timeframeMs } = run.config;
  const shut = closeGaps({ ...spread(pair, timeframeMs, 5, 2), trimRows: 6 }, timeframeMs);
  assert.equal(shut.trimRows, 8);
  assert.deepEqual([...(shut.closed ?? []).slice(3, 9)], [0, 0, 1, 1, 0, 0]);
  assert.equal(shut.enterLong[6], pair.enterLong[4]);
  assert.equal(shut.open[5], pair.close[4]);
  assert.equal(shut.open[7], pair.open[5]);
});
