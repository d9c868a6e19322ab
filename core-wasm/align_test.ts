import assert from "node:assert/strict";
import fc from "fast-check";
import {
  CoreMemory,
  interpolateRows,
  matchRows,
  type PlacedCandles,
  type PlacedColumn,
  readCoreModule,
  resampleCandles,
  smallestStepMs,
  takeRows,
} from "./mod.ts";

const core = new CoreMemory(await readCoreModule());
const MINUTE_MS = 60_000;
const NOON_MS = 1_700_049_600_000;

Deno.test("matchRows() repeats the last matched row when it fills", () => {
  assert.deepEqual(rowsOf([0, 5, 10, 15, 20], [5, 15], { fill: true }), [-1, 0, 0, 1, 1]);
});

Deno.test("matchRows() leaves rows without an equal key empty when it does not fill", () => {
  assert.deepEqual(rowsOf([0, 5, 10, 15, 20], [5, 15]), [-1, 0, -1, 1, -1]);
});

Deno.test("matchRows() adds the offset to every key", () => {
  assert.deepEqual(rowsOf([0, 5, 10, 15], [0, 10], { offsetMs: 5 }), [-1, 0, -1, 1]);
});

Deno.test("matchRows() loses a key that is no date of the frame", () => {
  assert.deepEqual(rowsOf([0, 5, 10, 15], [0, 7, 15], { fill: true }), [0, 0, 0, 2]);
});

Deno.test("matchRows() fills the start from the last key below the first match", () => {
  assert.deepEqual(rowsOf([0, 5, 10, 15], [-20, -3, 10], { fill: true }), [1, 1, 2, 2]);
  assert.deepEqual(rowsOf([0, 5, 10], [-20, -3], { fill: true }), [-1, -1, -1]);
});

Deno.test("matchRows() never looks at a later key once a row has matched", () => {
  const times = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 30 })
    .map((list) => list.sort((a, b) => a - b));
  fc.assert(fc.property(times, times, fc.boolean(), (dates, keys, fill) => {
    let hasMatched = false;
    for (const [index, row] of rowsOf(dates, keys, { fill }).entries()) {
      const date = dates[index] ?? NaN;
      hasMatched ||= keys.includes(date);
      if (keys.includes(date)) assert.equal(keys[row], date);
      else if (hasMatched && row >= 0) assert.ok((keys[row] ?? NaN) < date);
    }
  }));
});

Deno.test("takeRows() gives each type its own missing value", () => {
  core.scope(() => {
    const rows = core.loadColumn("i32", Int32Array.of(1, -1, 0));
    const taken = (column: PlacedColumn) => numbersOf(takeRows(core, column, rows));
    assert.deepEqual(taken(core.loadColumn("f64", Float64Array.of(1.5, 2.5))), [2.5, NaN, 1.5]);
    assert.deepEqual(taken(core.loadColumn("time", Float64Array.of(7, 8))), [8, NaN, 7]);
    assert.deepEqual(taken(core.loadColumn("int", BigInt64Array.of(3n, 4n))), [4, 0, 3]);
    assert.deepEqual(taken(core.loadColumn("i32", Int32Array.of(3, 4))), [4, 0, 3]);
    assert.deepEqual(taken(core.loadColumn("tag", Int32Array.of(3, 4))), [4, -1, 3]);
    assert.deepEqual(taken(core.loadColumn("bool", Uint8Array.of(0, 1))), [1, 0, 0]);
  });
});

Deno.test("resampleCandles() joins the candles of each interval and leaves empty ones out", () => {
  core.scope(() => {
    const minutes = [0, 5, 10, 15, 40, 45];
    const wide = resampleCandles(core, candlesAt(minutes), 15 * MINUTE_MS);
    const column = (name: keyof PlacedCandles) => numbersOf(wide[name]);
    assert.deepEqual(column("date").map((date) => (date - NOON_MS) / MINUTE_MS), [
      0,
      15,
      30,
      45,
    ]);
    assert.deepEqual(column("open"), [0, 3, 4, 5]);
    assert.deepEqual(column("high"), [12, 13, 14, 15]);
    assert.deepEqual(column("low"), [-10, -7, -6, -5]);
    assert.deepEqual(column("close"), [2.5, 3.5, 4.5, 5.5]);
    assert.deepEqual(column("volume"), [3, 1, 1, 1]);
  });
});

Deno.test("resampleCandles() counts intervals from the first date's midnight", () => {
  core.scope(() => {
    const wide = resampleCandles(core, candlesAt([0, 5]), 7 * MINUTE_MS);
    const dates = numbersOf(wide.date).map((date) => (date - NOON_MS) / MINUTE_MS);
    assert.deepEqual(dates, [-6, 1]);
  });
});

Deno.test("resampleCandles() keeps empty candles and dates them at their end when asked", () => {
  core.scope(() => {
    const wide = resampleCandles(core, candlesAt([0, 5, 40]), 15 * MINUTE_MS, {
      keep: "all",
      label: "right",
    });
    const minutes = numbersOf(wide.date).map((date) => (date - NOON_MS) / MINUTE_MS);
    assert.deepEqual(minutes, [15, 30, 45]);
    assert.deepEqual(numbersOf(wide.open), [0, NaN, 2]);
    assert.deepEqual(numbersOf(wide.volume), [2, 0, 1]);
  });
});

Deno.test("interpolateRows() draws lines between known values and nothing before the first", () => {
  core.scope(() => {
    const load = (...values: number[]) => core.loadColumn("f64", Float64Array.from(values));
    const time = (...values: number[]) => core.loadColumn("time", Float64Array.from(values));
    const series = { keys: time(0, 10, 20, 30, 40), values: load(NaN, 1, NaN, 3, NaN) };
    const found = interpolateRows(core, time(5, 10, 15, 20, 25, 33, 35, 40, 45), series, 5);
    assert.deepEqual(numbersOf(found), [NaN, 1, 1.5, 2, 2.5, NaN, 3, 3, NaN]);
    assert.throws(
      () => interpolateRows(core, time(5), series, 0),
      /Cannot interpolate: stepMs is 0, expected at least 1/,
    );
  });
});

Deno.test("resampleCandles() refuses an interval that is no time", () => {
  assert.throws(
    () => core.scope(() => resampleCandles(core, candlesAt([0]), 0)),
    /Cannot resample: intervalMs is 0, expected at least 1/,
  );
});

Deno.test("smallestStepMs() is NaN when there is no step", () => {
  core.scope(() => {
    const load = (...values: number[]) => core.loadColumn("time", Float64Array.from(values));
    assert.equal(smallestStepMs(core, load(10, 40, 50, 90)), 10);
    assert.equal(smallestStepMs(core, load(10)), NaN);
  });
});

function numbersOf(column: PlacedColumn): number[] {
  return Array.from(core.read(column) as Iterable<number | bigint>, Number);
}

function rowsOf(
  dates: readonly number[],
  keys: readonly number[],
  options: Parameters<typeof matchRows>[3] = {},
): number[] {
  return core.scope(() => {
    const place = (values: readonly number[]) => core.loadColumn("time", Float64Array.from(values));
    const rows = matchRows(core, place(dates), place(keys), options);
    return Array.from(core.read(rows) as Int32Array);
  });
}

/** The n-th candle opens at n, reaches 10 up and down, closes half above, and has volume 1. */
function candlesAt(minutes: readonly number[]): PlacedCandles {
  const place = (type: "f64" | "time", value: (index: number) => number) =>
    core.loadColumn(type, Float64Array.from(minutes, (_, index) => value(index)));
  return {
    date: place("time", (index) => NOON_MS + (minutes[index] ?? NaN) * MINUTE_MS),
    open: place("f64", (index) => index),
    high: place("f64", (index) => index + 10),
    low: place("f64", (index) => index - 10),
    close: place("f64", (index) => index + 0.5),
    volume: place("f64", () => 1),
  };
}
