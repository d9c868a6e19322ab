import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeBlock, encodeBlock } from "./blocks.ts";
import { allocateCandles, type CandleColumns, concatCandles, viewCandles } from "./columns.ts";
import { fillGaps, findGaps } from "./gaps.ts";
import { mergeCandles } from "./merge.ts";
import { canResample, resampleCandles } from "./resample.ts";

const HOUR = 3_600_000;

/** Candles of [time, open, high, low, close, volume]. */
function candlesOf(rows: readonly (readonly number[])[]): CandleColumns {
  const candles = allocateCandles(rows.length);
  for (const [at, row] of rows.entries()) {
    const names = ["time", "open", "high", "low", "close", "volume"] as const;
    for (const [index, name] of names.entries()) candles[name][at] = row[index] ?? NaN;
  }
  return candles;
}

/** Hourly candles whose close is the price and whose other values follow from it. */
function hourly(prices: readonly [hour: number, price: number][], start = 0): CandleColumns {
  return candlesOf(prices.map(([h, p]) => [start + h * HOUR, p, p + 1, p - 1, p, 5]));
}

const anyCandles = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 40 })
  .chain((hours) =>
    fc.array(fc.integer({ min: 1, max: 3 }), { minLength: hours.length, maxLength: hours.length })
      .map((prices) => {
        const sorted = hours.toSorted((a, b) => a - b);
        return hourly(sorted.map((hour, index) => [hour, prices[index] ?? 1]));
      })
  );

Deno.test("decodeBlock() gives back the candles that encodeBlock() took", () => {
  fc.assert(fc.property(anyCandles, (candles) => {
    assert.deepEqual(decodeBlock(encodeBlock(candles)), candles);
  }));
});

Deno.test("decodeBlock() views aligned bytes and copies others", () => {
  const bytes = encodeBlock(hourly([[0, 10], [1, 11]]));
  assert.equal(decodeBlock(bytes).close.buffer, bytes.buffer);
  const shifted = new Uint8Array(bytes.length + 1).subarray(1);
  shifted.set(bytes);
  assert.deepEqual(decodeBlock(shifted), decodeBlock(bytes));
});

Deno.test("decodeBlock() refuses damaged bytes", () => {
  const bytes = encodeBlock(hourly([[0, 10]]));
  for (const damaged of [bytes.slice(0, 40), bytes.slice(0, -8), new Uint8Array(112)]) {
    assert.throws(() => decodeBlock(damaged), /Cannot decode a block/);
  }
});

Deno.test("fillGaps() repeats the close before with volume 0 and touches neither end", () => {
  const filled = fillGaps(hourly([[0, 10], [3, 13]]), { timeframe: "1h", session: "always" });
  assert.deepEqual(
    filled,
    candlesOf([
      [0, 10, 11, 9, 10, 5],
      [HOUR, 10, 10, 10, 10, 0],
      [2 * HOUR, 10, 10, 10, 10, 0],
      [3 * HOUR, 13, 14, 12, 13, 5],
    ]),
  );
});

Deno.test("fillGaps() answers the same columns when nothing is missing", () => {
  const candles = hourly([[0, 10], [1, 11], [2, 12]]);
  assert.equal(fillGaps(candles, { timeframe: "1h", session: "always" }), candles);
});

Deno.test("fillGaps() leaves funding rates as they are", () => {
  const candles = hourly([[0, 10], [8, 11]]);
  const rules = { timeframe: "1h", session: "always", candleType: "funding_rate" } as const;
  assert.equal(fillGaps(candles, rules), candles);
});

Deno.test("fillGaps() makes months of their own length", () => {
  const month = (index: number) => Date.UTC(2024, index, 1);
  const candles = candlesOf([[month(0), 1, 1, 1, 1, 1], [month(3), 2, 2, 2, 2, 2]]);
  const filled = fillGaps(candles, { timeframe: "1M", session: "always" });
  assert.deepEqual([...filled.time], [0, 1, 2, 3].map(month));
});

Deno.test("fillGaps() inserts no weekend candles for currencies", () => {
  const friday = Date.UTC(2024, 0, 5, 19);
  // Friday 19:00 to Sunday 23:00 lacks only Friday 20:00 and Sunday 22:00.
  const candles = hourly([[0, 10], [52, 11]], friday);
  const filled = fillGaps(candles, { timeframe: "1h", session: "fx_week" });
  assert.deepEqual([...filled.time], [0, 1, 51, 52].map((hour) => friday + hour * HOUR));
});

Deno.test("findGaps() tells a stock's missing hours from its nights and its holidays", () => {
  const monday = Date.UTC(2024, 0, 8, 14);
  const gaps = findGaps(hourly([[0, 1], [3, 2], [24, 3]], monday).time, {
    timeframe: "1h",
    session: "exchange_days",
  });
  assert.deepEqual(gaps, [{ from: monday + HOUR, to: monday + 2 * HOUR, missing: 2 }]);
  const day = 24 * HOUR;
  const daily = (...days: number[]) =>
    Float64Array.from(days, (n) => Date.UTC(2024, 0, 5) + n * day);
  const rules = { timeframe: "1d", session: "exchange_days" } as const;
  assert.deepEqual(findGaps(daily(0, 3, 5), rules), []);
  assert.equal(findGaps(daily(0, 12), rules)[0]?.missing, 7);
});

Deno.test("fillGaps() leaves no gap behind and keeps every candle", () => {
  fc.assert(fc.property(anyCandles, (candles) => {
    const rules = { timeframe: "1h", session: "always" } as const;
    const filled = fillGaps(candles, rules);
    assert.deepEqual(findGaps(filled.time, rules), []);
    const { duplicates } = mergeCandles(filled, candles);
    assert.equal(duplicates, candles.time.length);
  }));
});

Deno.test("mergeCandles() counts what is new, changed and known", () => {
  const merged = mergeCandles(
    hourly([[0, 10], [1, 11], [4, 14]]),
    hourly([[1, 11], [2, 12], [4, 15]]),
  );
  assert.deepEqual(merged.candles, hourly([[0, 10], [1, 11], [2, 12], [4, 15]]));
  assert.deepEqual([merged.inserted, merged.replaced, merged.duplicates], [1, 1, 1]);
});

Deno.test("mergeCandles() is repeatable and lets the incoming candle count", () => {
  fc.assert(fc.property(anyCandles, anyCandles, (existing, incoming) => {
    const once = mergeCandles(existing, incoming);
    assert.equal(once.inserted + once.replaced + once.duplicates, incoming.time.length);
    const twice = mergeCandles(once.candles, incoming);
    assert.deepEqual(twice.candles, once.candles);
    assert.equal(twice.duplicates, incoming.time.length);
  }));
});

Deno.test("resampleCandles() takes first, highest, lowest, last and sum, and drops a part", () => {
  const candles = hourly([[1, 10], [2, 14], [3, 12], [4, 20], [5, 21]]);
  assert.deepEqual(resampleCandles(candles, "1h", "4h"), candlesOf([[0, 10, 15, 9, 12, 15]]));
  const whole = hourly([[0, 10], [1, 11], [2, 12], [3, 13]]);
  assert.equal(resampleCandles(whole, "1h", "4h").time.length, 1);
  assert.equal(resampleCandles(hourly([]), "1h", "4h").time.length, 0);
});

Deno.test("canResample() wants whole candles", () => {
  assert.equal(canResample("5m", "1h"), true);
  assert.equal(canResample("1d", "1M"), true);
  assert.equal(canResample("1h", "1h"), false);
  assert.equal(canResample("4h", "6h"), false);
  assert.equal(canResample("1w", "1M"), false);
});

Deno.test("concatCandles() puts back together what viewCandles() cut", () => {
  fc.assert(fc.property(anyCandles, fc.nat(40), (candles, cut) => {
    const at = Math.min(cut, candles.time.length);
    const parts = [viewCandles(candles, 0, at), viewCandles(candles, at, candles.time.length)];
    assert.deepEqual(concatCandles(parts), candles);
  }));
});
