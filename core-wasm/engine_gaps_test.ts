import assert from "node:assert/strict";
import { type CandleColumns, fillGaps } from "./engine_gaps.ts";

function columns(rows: number[][]): CandleColumns {
  const at = (index: number) => Float64Array.from(rows, (row) => row[index] ?? NaN);
  return { date: at(0), open: at(1), high: at(2), low: at(3), close: at(4), volume: at(5) };
}

function rowsOf(candles: CandleColumns): number[][] {
  const { date, open, high, low, close, volume } = candles;
  return Array.from(date, (when, i) =>
    [when, open, high, low, close, volume].map(
      (column) => typeof column === "number" ? column : column[i] ?? NaN,
    ));
}

Deno.test("fillGaps() answers columns without gaps as they are", () => {
  const candles = columns([[100, 1, 2, 1, 2, 5], [110, 2, 3, 2, 3, 5]]);
  assert.equal(fillGaps(candles, 10), candles);
  const empty = columns([]);
  assert.equal(fillGaps(empty, 10), empty);
});

Deno.test("fillGaps() repeats the last close with volume 0 in a gap", () => {
  const filled = fillGaps(columns([[100, 1, 4, 1, 3, 5], [130, 7, 8, 7, 7.5, 6]]), 10);
  assert.deepEqual(rowsOf(filled), [
    [100, 1, 4, 1, 3, 5],
    [110, 3, 3, 3, 3, 0],
    [120, 3, 3, 3, 3, 0],
    [130, 7, 8, 7, 7.5, 6],
  ]);
});

Deno.test("fillGaps() merges candles of one date", () => {
  const filled = fillGaps(
    columns([[0, 1, 4, 1, 3, 5], [0, 2, 9, 0.5, 2, 7], [10, 2, 2, 2, 2, 1]]),
    10,
  );
  assert.deepEqual(rowsOf(filled), [[0, 1, 9, 0.5, 2, 7], [10, 2, 2, 2, 2, 1]]);
});

Deno.test("fillGaps() drops candles off the grid and refuses dates before the first", () => {
  const filled = fillGaps(
    columns([[0, 1, 1, 1, 1, 1], [7, 5, 5, 5, 5, 5], [10, 2, 2, 2, 2, 1]]),
    10,
  );
  assert.deepEqual(rowsOf(filled), [[0, 1, 1, 1, 1, 1], [10, 2, 2, 2, 2, 1]]);
  assert.throws(() => fillGaps(columns([[10, 1, 1, 1, 1, 1], [0, 1, 1, 1, 1, 1]]), 10), /descends/);
  assert.throws(() => fillGaps(columns([]), 0), /timeframeMs is 0/);
});
