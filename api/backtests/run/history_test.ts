import assert from "node:assert/strict";
import fc from "fast-check";
import { cutHistory } from "./history.ts";

const MINUTE = 60_000;

function candlesAt(dates: readonly number[]) {
  const column = Float64Array.from(dates);
  return { date: column, open: column, high: column, low: column, close: column, volume: column };
}

function rule(start: number | null, stop: number | null, startupCandles = 0) {
  return { range: { start, stop }, timeframeMs: MINUTE, startupCandles };
}

Deno.test("cutHistory() keeps both ends and the candles wanted before the start", () => {
  const candles = candlesAt([0, 1, 2, 3, 4, 5].map((minute) => minute * MINUTE));
  const datesOf = (
    ...args: Parameters<typeof rule>
  ) => [...cutHistory(candles, rule(...args)).date];
  assert.deepEqual(datesOf(3 * MINUTE, 4 * MINUTE), [3 * MINUTE, 4 * MINUTE]);
  assert.deepEqual(datesOf(3 * MINUTE, 4 * MINUTE, 2), [1, 2, 3, 4].map((m) => m * MINUTE));
  assert.deepEqual(datesOf(null, null), [...candles.date]);
  assert.deepEqual(datesOf(9 * MINUTE, null), []);
});

Deno.test("cutHistory() keeps exactly the candles a filter would keep", () => {
  const dates = fc.uniqueArray(fc.nat(200), { maxLength: 60 }).map((list) =>
    list.sort((a, b) => a - b).map((minute) => minute * MINUTE)
  );
  const end = fc.option(fc.nat(200).map((minute) => minute * MINUTE));
  fc.assert(fc.property(dates, end, end, fc.nat(20), (list, start, stop, startup) => {
    const first = start === null ? -Infinity : start - startup * MINUTE;
    const kept = list.filter((date) => date >= first && date <= (stop ?? Infinity));
    assert.deepEqual([...cutHistory(candlesAt(list), rule(start, stop, startup)).date], kept);
  }));
});
