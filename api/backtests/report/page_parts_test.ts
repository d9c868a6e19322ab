import assert from "node:assert/strict";
import fc from "fast-check";
import {
  addCandles,
  addLine,
  bucketStart,
  DAY_MS,
  emptyCandles,
  emptyLine,
  gridOver,
  WEEK_MS,
} from "./page/buckets.ts";
import { candleLevels, levelFor, rowsIn } from "./page/levels.ts";
import { timeTicks, trimmedNumber, valueTicks } from "./page/scales.ts";
import { clampView, panView, zoomView } from "./page/view.ts";
import { nextStep, stepFor, zoomSteps } from "./ladder.ts";

const MINUTE = 60_000;
const prices = fc.array(fc.double({ min: 1, max: 1e5, noNaN: true }), {
  minLength: 1,
  maxLength: 300,
});

function rowsOf(closes: readonly number[]) {
  const close = Float64Array.from(closes);
  const open = close.map((_, row) => close[row - 1] ?? close[0] ?? 0);
  return {
    date: close.map((_, row) => 1_700_000_000_000 + row * MINUTE),
    open,
    close,
    high: close.map((value, row) => Math.max(value, open[row] ?? 0) + 1),
    low: close.map((value, row) => Math.min(value, open[row] ?? 0) - 1),
    volume: close.map((_, row) => row % 7),
  };
}

function bucketed(closes: readonly number[], step: number) {
  const rows = rowsOf(closes);
  const grid = gridOver(rows.date[0] ?? 0, rows.date[rows.date.length - 1] ?? 0, step);
  const into = emptyCandles(grid);
  addCandles(into, rows, { from: 0, to: closes.length });
  return { rows, into };
}

Deno.test("addCandles() keeps the first open, the last close, every extreme and all volume", () => {
  fc.assert(fc.property(prices, fc.integer({ min: 1, max: 90 }), (closes, minutes) => {
    const { rows, into } = bucketed(closes, minutes * MINUTE);
    const known = into.close.filter((value) => !Number.isNaN(value));
    assert.equal(Math.max(...into.high.filter(Number.isFinite)), Math.max(...rows.high));
    assert.equal(Math.min(...into.low.filter(Number.isFinite)), Math.min(...rows.low));
    assert.equal(into.open.find(Number.isFinite), rows.open[0]);
    assert.equal(known[known.length - 1], rows.close[rows.close.length - 1]);
    const sum = (column: Float64Array) => column.reduce((a, b) => a + (b || 0), 0);
    assert.equal(sum(into.volume), sum(rows.volume));
  }));
});

Deno.test("addLine() keeps each bucket's least, largest and last value and passes over NaN", () => {
  const line = fc.array(fc.option(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { nil: NaN }), {
    minLength: 1,
    maxLength: 200,
  });
  fc.assert(fc.property(line, fc.integer({ min: 1, max: 30 }), (values, minutes) => {
    const last = Float64Array.from(values);
    const date = last.map((_, row) => row * MINUTE);
    const grid = gridOver(0, date[date.length - 1] ?? 0, minutes * MINUTE);
    const into = emptyLine(grid);
    addLine(into, grid, { date, min: last, max: last, last }, { from: 0, to: last.length });
    for (let at = 0; at < grid.count; at++) {
      const held = values.slice(at * minutes, (at + 1) * minutes).filter((x) => !Number.isNaN(x));
      const expected = held.length === 0
        ? [NaN, NaN, NaN]
        : [Math.min(...held), Math.max(...held), held[held.length - 1]];
      assert.deepEqual([into.min[at], into.max[at], into.last[at]].map(plus), expected.map(plus));
    }
  }));
});

/** 0 for -0. */
function plus(value: number | undefined): number {
  return (value ?? NaN) + 0;
}

Deno.test("candleLevels() holds at every level the extremes of the finest", () => {
  fc.assert(fc.property(prices, (closes) => {
    const { into } = bucketed(closes, MINUTE);
    const levels = candleLevels({ candles: into, lines: [] }, [MINUTE, 5 * MINUTE, DAY_MS]);
    assert.equal(levels.length, 3);
    for (const { candles } of levels) {
      assert.equal(
        Math.max(...candles.high.filter(Number.isFinite)),
        Math.max(...into.high.filter(Number.isFinite)),
      );
    }
  }));
});

Deno.test("bucketStart() begins weeks on Monday and days at midnight", () => {
  const wednesday = Date.UTC(2024, 0, 3, 15);
  assert.equal(bucketStart(wednesday, WEEK_MS), Date.UTC(2024, 0, 1));
  assert.equal(bucketStart(wednesday, DAY_MS), Date.UTC(2024, 0, 3));
});

Deno.test("stepFor() finds a usual length, a multiple of the timeframe, that leaves few rows", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(1, 3, 5, 7, 15, 60, 240, 1_440, 10_080),
      fc.integer({ min: 1, max: 5_000_000 }),
      fc.integer({ min: 100, max: 200_000 }),
      (minutes, rows, rowsMax) => {
        const frame = minutes * MINUTE;
        const step = stepFor(frame, rows * frame, rowsMax);
        assert.equal(step % frame, 0);
        assert.ok(rows * frame / step <= rowsMax);
        const steps = zoomSteps(step, rows * frame);
        for (const [index, each] of steps.entries()) {
          assert.equal(index === 0 ? each : each % (steps[index - 1] ?? 1), index === 0 ? step : 0);
        }
      },
    ),
  );
  assert.equal(nextStep(5 * MINUTE), 10 * MINUTE);
  assert.equal(stepFor(MINUTE, 1_000_000 * MINUTE, 70_000), 15 * MINUTE);
});

Deno.test("levelFor() takes the finest level that is coarse enough, else the coarsest", () => {
  const own = (step: number) => step;
  assert.equal(levelFor([1, 5, 60], own, 3), 5);
  assert.equal(levelFor([1, 5, 60], own, 1_000), 60);
  assert.deepEqual(rowsIn({ start: 0, step: 10, count: 100 }, { from: 105, to: 195 }), {
    from: 9,
    to: 21,
  });
});

const BOUNDS = { start: 0, end: 1_000_000, spanLeast: 500 };
const shares = fc.double({ min: -3, max: 3, noNaN: true });

Deno.test("views stay within their bounds whatever moves and zooms are made", () => {
  const moves = fc.array(
    fc.tuple(fc.boolean(), shares, fc.double({ min: 0, max: 1, noNaN: true })),
  );
  fc.assert(fc.property(moves, (made) => {
    let view = { from: 0, to: 1_000_000 };
    for (const [isZoom, share, place] of made) {
      const around = view.from + place * (view.to - view.from);
      view = isZoom
        ? zoomView(view, BOUNDS, Math.exp(share), around)
        : panView(view, BOUNDS, share);
      assert.ok(view.from >= -1e-6 && view.to <= 1_000_000 + 1e-6, JSON.stringify(view));
      assert.ok(view.to - view.from >= 500 - 1e-6, JSON.stringify(view));
    }
  }));
});

Deno.test("zoomView() leaves the time under the pointer where it is", () => {
  const view = { from: 200_000, to: 600_000 };
  const zoomed = zoomView(view, BOUNDS, 0.5, 300_000);
  assert.equal((300_000 - zoomed.from) / (zoomed.to - zoomed.from), 0.25);
  assert.deepEqual(clampView({ from: -5, to: 95 }, BOUNDS), { from: 0, to: 100 });
});

Deno.test("timeTicks() names days, clock times, months and years at round times", () => {
  const day = Date.UTC(2024, 4, 1);
  const labels = (to: number) => timeTicks({ from: day, to }, 8).map(({ label }) => label);
  assert.deepEqual(labels(day + DAY_MS).slice(0, 3), ["1 May", "03:00", "06:00"]);
  assert.deepEqual(labels(Date.UTC(2025, 4, 1)).slice(0, 4), ["Jul", "Oct", "2025", "Apr"]);
  fc.assert(fc.property(fc.integer({ min: 60_000, max: 2 ** 42 }), (span) => {
    assert.ok(timeTicks({ from: day, to: day + span }, 8).length <= 10);
  }));
});

Deno.test("valueTicks() gives round values within the range and as many decimals as they need", () => {
  assert.deepEqual(valueTicks(0.1, 0.9, 4).map(({ label }) => label), ["0.2", "0.4", "0.6", "0.8"]);
  assert.deepEqual(valueTicks(0, 1, 4).map(({ label }) => label), [
    "0.00",
    "0.25",
    "0.50",
    "0.75",
    "1.00",
  ]);
  assert.deepEqual(valueTicks(5, 5, 4), []);
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
      (min, span) => {
        for (const { value } of valueTicks(min, min + span, 5)) {
          assert.ok(value >= min - span * 1e-6 && value <= min + span * (1 + 1e-6));
        }
      },
    ),
  );
});

Deno.test("trimmedNumber() leaves no trailing zeros", () => {
  assert.equal(trimmedNumber(12.5, 4), "12.5");
  assert.equal(trimmedNumber(1200, -2), "1200");
  assert.equal(trimmedNumber(NaN, 2), "–");
});
