import assert from "node:assert/strict";
import fc from "fast-check";
import { callKernel, CoreMemory, type KernelRow, KERNELS, readCoreModule } from "./mod.ts";
import { patternCandles } from "./tools/pattern_candles.ts";
import { type Candles, randomNumbers } from "./tools/random_series.ts";

const ROWS = 600;
const PRICES = ["open", "high", "low", "close"] as const;
const core = new CoreMemory(await readCoreModule());
const patterns = KERNELS.filter((row) => row.group === "Pattern Recognition");

Deno.test("no pattern changes on earlier candles when candles are appended", () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 0, max: ROWS }), (seed, rows) => {
      const candles = candlesOf(seed);
      const prefix = mapPrices(candles, (column) => column.slice(0, rows));
      for (const row of patterns) {
        assert.deepEqual(compute(row, prefix), compute(row, candles).slice(0, rows), row.name);
      }
    }),
    { numRuns: 25 },
  );
});

Deno.test("no pattern changes when every price is multiplied by a power of two", () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: -30, max: 30 }), (seed, power) => {
      const candles = candlesOf(seed);
      const scaled = mapPrices(candles, (column) => column.map((price) => price * 2 ** power));
      for (const row of patterns) {
        assert.deepEqual(compute(row, scaled), compute(row, candles), row.name);
      }
    }),
    { numRuns: 25 },
  );
});

Deno.test("patterns on their candles occur in most columns, so the laws above have something to hold", () => {
  const candles = candlesOf(1);
  const silent = patterns.filter((row) => compute(row, candles).every((value) => value === 0));
  assert.ok(silent.length < patterns.length / 2, silent.map(({ name }) => name).join(" "));
});

function candlesOf(seed: number): Candles {
  const random = randomNumbers(seed);
  return patternCandles(random, { length: ROWS, start: 60, tick: 0.05, size: 12, runs: 0.65 });
}

function mapPrices(candles: Candles, change: (column: Float64Array) => Float64Array): Candles {
  const { open, high, low, close, volume } = candles;
  return { open: change(open), high: change(high), low: change(low), close: change(close), volume };
}

function compute(row: KernelRow, candles: Candles): Int32Array {
  return core.scope(() => {
    const inputs = PRICES.map((name) => core.loadColumn("f64", candles[name]));
    const parameters = row.parameters.map((parameter) => parameter.default);
    const [column] = callKernel(core, row, inputs, parameters);
    assert.ok(column);
    return core.read(column) as Int32Array;
  });
}
