import assert from "node:assert/strict";
import fc from "fast-check";
import {
  formatFixed,
  median,
  pairwiseSum,
  roundExact,
  roundHalfEven,
  roundScaled,
  segmentSum,
  standardDeviation,
} from "./numeric.ts";

/** The expected digits are those of numpy 2.4.6, bottleneck 1.6.0 and Python 3.11. */
const values = Float64Array.from(
  { length: 1000 },
  (_, i) => i * 2_654_435_761 % 4_294_967_296 / 4_294_967_296 - 0.5,
);

Deno.test("pairwiseSum() adds in numpy's order at every length where the order changes", () => {
  const sums = [3, 7, 8, 9, 127, 128, 129, 300, 1000].map((n) => pairwiseSum(values.slice(0, n)));
  assert.deepEqual(sums, [
    -0.6458980396855623,
    -0.5212862777989358,
    -0.695048370398581,
    -0.25077647622674704,
    -0.6100718413945287,
    -0.6197555214166641,
    -1.0114052146673203,
    -0.17569329915568233,
    -0.023607646115124226,
  ]);
});

Deno.test("segmentSum() adds as numpy's reduceat: the first, then the rest pairwise", () => {
  const sums = [1, 2, 9, 129, 300, 1000].map((n) => segmentSum(values.slice(0, n)));
  assert.deepEqual(sums, [
    -0.5,
    -0.38196601322852075,
    -0.25077647622674704,
    -1.0114052146673203,
    -0.17569329915568233,
    -0.023607646115124226,
  ]);
});

Deno.test("standardDeviation() agrees with bottleneck and is NaN when undefined", () => {
  assert.equal(standardDeviation(values.slice(0, 2), 0), 0.3090169933857396);
  assert.equal(standardDeviation(values.slice(0, 2), 1), 0.43701602304987);
  assert.equal(standardDeviation(values.slice(0, 300), 0), 0.28918250251445954);
  assert.equal(standardDeviation(values, 1), 0.28884910236542555);
  assert.ok(Number.isNaN(standardDeviation(values.slice(0, 1), 1)));
});

Deno.test("median() averages the two middle values and does not reorder its argument", () => {
  const unsorted = Float64Array.of(3, 1, 2, 10);
  assert.equal(median(unsorted), 2.5);
  assert.deepEqual([...unsorted], [3, 1, 2, 10]);
});

Deno.test("formatFixed() rounds the exact value, ties to even", () => {
  assert.equal(formatFixed(0.125, 2), "0.12");
  assert.equal(formatFixed(0.375, 2), "0.38");
  assert.equal(formatFixed(-0.125, 2), "-0.12");
  assert.equal(formatFixed(2.5, 0), "2");
  assert.equal(formatFixed(2.675, 2), "2.67");
  assert.equal(formatFixed(1e-7, 2), "0.00");
  assert.equal(roundExact(1.0625, 3), 1.062);
});

Deno.test("roundScaled() rounds the scaled product as numpy does, unlike exact rounding", () => {
  assert.equal(roundScaled(2.675, 2), 2.68);
  assert.equal(roundExact(2.675, 2), 2.67);
  assert.equal(roundScaled(-15.647213305, 2), -15.65);
  assert.equal(roundScaled(Infinity, 2), Infinity);
});

Deno.test("roundHalfEven() leaves integers and takes the nearest even number at a tie", () => {
  fc.assert(fc.property(fc.integer({ min: -1e9, max: 1e9 }), (n) => {
    assert.equal(roundHalfEven(n), n);
    assert.equal(Math.abs(roundHalfEven(n + 0.5) % 2), 0);
    assert.ok(Math.abs(roundHalfEven(n + 0.5) - (n + 0.5)) === 0.5);
  }));
});
