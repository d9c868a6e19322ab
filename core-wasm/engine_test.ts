import assert from "node:assert/strict";
import fc from "fast-check";
import { createEngine, runEngine } from "./engine.ts";
import { differencesOf, type EngineCase, readCases, runOfCase } from "./engine_cases.ts";
import type { EngineRun } from "./engine_types.ts";
import { CoreMemory, readCoreModule } from "./memory.ts";

const module = await readCoreModule();
const rules = await goldens("rules.json.gz");

function goldens(name: string): Promise<EngineCase[]> {
  return readCases(new URL(`testdata/engine/${name}`, import.meta.url));
}

function ruleNamed(name: string): EngineCase {
  const found = rules.find((rule) => rule.name === name);
  assert(found, `no case "${name}"`);
  return found;
}

Deno.test("runEngine() trades as freqtrade when one rule decides", async (t) => {
  for (const rule of rules) {
    await t.step(rule.name, () => {
      const result = runEngine(new CoreMemory(module), runOfCase(rule));
      assert.deepEqual(differencesOf(result, rule), []);
    });
  }
});

for (const name of ["random_level1.json.gz", "random_level2.json.gz"]) {
  Deno.test(`runEngine() trades as freqtrade in the generated cases of ${name}`, async (t) => {
    for (const random of await goldens(name)) {
      await t.step(random.name, () => {
        const result = runEngine(new CoreMemory(module), runOfCase(random));
        assert.deepEqual(differencesOf(result, random), []);
      });
    }
  });
}

Deno.test("step() and restore() in a new core never change the result", () => {
  const cases = ["shared slots and wallet", "exits time out", "trailing positive"].map(ruleNamed);
  fc.assert(
    fc.property(
      fc.constantFrom(...cases),
      fc.array(fc.record({ steps: fc.nat(40), move: fc.boolean() }), { maxLength: 12 }),
      (rule, slices) => {
        const run = runOfCase(rule);
        let engine = createEngine(new CoreMemory(module), run);
        for (const { steps, move } of slices) {
          engine.step(steps);
          if (!move) continue;
          const bytes = engine.snapshot();
          const core = new CoreMemory(module);
          core.allocate(steps * 16);
          engine = createEngine(core, run);
          engine.restore(bytes);
        }
        while (!engine.step(97).done);
        assert.deepEqual(differencesOf(engine.result(), rule), []);
      },
    ),
    { numRuns: 40 },
  );
});

Deno.test("the fast paths change no result", () => {
  fc.assert(
    fc.property(randomRun, (run) => {
      const full = createEngine(new CoreMemory(module), run, { fullPath: true });
      while (!full.step(1e9).done);
      assert.deepEqual(runEngine(new CoreMemory(module), run), full.result());
    }),
    { numRuns: 150 },
  );
});

const ratio = fc.integer({ min: 1, max: 60 }).map((thousandths) => thousandths / 1000);
const settings = fc.record({
  stoploss: ratio.map((value) => -value),
  trailingStop: fc.boolean(),
  trailingStopPositive: fc.option(ratio),
  trailingStopPositiveOffset: fc.oneof(fc.constant(0), ratio),
  trailingOnlyOffsetIsReached: fc.boolean(),
  minimalRoi: fc.oneof(
    fc.constant([]),
    ratio.map((value) => [{ minutes: 0, value }]),
    fc.tuple(ratio, fc.integer({ min: 1, max: 90 }), fc.constantFrom(-1, 0, 0.002))
      .map(([value, minutes, later]) => [{ minutes: 0, value }, { minutes, value: later }]),
  ),
  useExitSignal: fc.boolean(),
  exitProfitOnly: fc.boolean(),
  maxOpenTrades: fc.integer({ min: 1, max: 4 }),
});
/** Settings of every kind on the candles and signals of a golden. */
const randomRun = fc.tuple(
  fc.constantFrom("shared slots and wallet", "startup and time range", "trades left open", "tags"),
  settings,
).map(([name, change]) => {
  const run = runOfCase(ruleNamed(name));
  return { ...run, config: { ...run.config, ...change } };
});

Deno.test("runEngine() answers the same bytes twice and gives its memory back", () => {
  const core = new CoreMemory(module);
  const run = runOfCase(ruleNamed("no slot limit"));
  const mark = core.mark();
  const first = runEngine(core, run);
  assert.equal(core.mark(), mark);
  assert.deepEqual(runEngine(core, run), first);
});

Deno.test("step() reports time and progress up to the last candle", () => {
  const rule = ruleNamed("stop");
  const run = runOfCase(rule);
  const engine = createEngine(new CoreMemory(module), run);
  const start = rule.pairs[0]?.start ?? 0;
  const some = engine.step(10);
  assert.deepEqual(some, {
    done: false,
    time: start + 10 * 300_000,
    progress: 10 / 239,
  });
  assert.throws(() => engine.result(), /run is not done/);
  assert.equal(engine.step(1e9).progress, 1);
  assert.throws(() => engine.step(-1), /maxSteps is -1/);
});

Deno.test("runEngine() grows its tables when trades outnumber them", () => {
  const run = busyRun(4000);
  const result = runEngine(new CoreMemory(module), run);
  assert.ok(result.trades.length > 1100, `${result.trades.length} trades`);
  assert.equal(
    result.finalBalance,
    result.trades.reduce((sum, trade) => sum + trade.profitAbs, 0) + 1000,
  );
});

Deno.test("runEngine() fails with a message when the run has more trades than tradesMax", () => {
  const run = busyRun(4000);
  const bounded = { ...run, config: { ...run.config, tradesMax: 100 } };
  assert.throws(() => runEngine(new CoreMemory(module), bounded), /"config.tradesMax" is 100/);
});

Deno.test("a trade left open is closed even when its rounded rate lies outside the last candle", () => {
  const run = busyRun(40);
  const pairs = run.pairs.map((pair) => ({
    ...pair,
    market: { ...pair.market, pricePrecision: 7 },
    high: pair.high.fill(100),
    low: pair.low.fill(100),
  }));
  const { trades, finalBalance, counters } = runEngine(new CoreMemory(module), { ...run, pairs });
  assert.equal(trades.length, 1);
  assert.equal(trades[0]?.exitReason, "force_exit");
  assert.equal(trades[0]?.closeRate, 98);
  assert.equal(finalBalance, 1000 + (trades[0]?.profitAbs ?? NaN));
  assert.equal(counters.canceledExitOrders, 0);
});

/** Enters on every candle and is stopped within it. */
function busyRun(rows: number): EngineRun {
  const base = runOfCase(ruleNamed("low equals the stop"));
  const pair = base.pairs[0];
  assert(pair);
  const constant = (value: number) => new Float64Array(rows).fill(value);
  return {
    ...base,
    config: { ...base.config, stakeAmount: 10, feeRate: 0 },
    pairs: [{
      ...pair,
      date: constant(0).map((_, i) => (pair.date[0] ?? 0) + i * 300_000),
      open: constant(100),
      high: constant(100.5),
      low: constant(97.9),
      close: constant(100),
      volume: constant(1),
      enterLong: new Uint8Array(rows).fill(1),
      exitLong: new Uint8Array(rows),
      enterShort: new Uint8Array(rows),
      exitShort: new Uint8Array(rows),
    }],
  };
}

Deno.test("restore() refuses bytes that are no snapshot of the run", () => {
  const engine = createEngine(new CoreMemory(module), runOfCase(ruleNamed("stop")));
  const other = createEngine(new CoreMemory(module), runOfCase(ruleNamed("trailing")));
  assert.throws(() => engine.restore(other.snapshot()), /belongs to another run/);
  assert.throws(() => engine.restore(new Uint8Array(7)), /no snapshot of this version/);
  assert.throws(() => engine.restore(engine.snapshot().subarray(1)), /no snapshot/);
});
