import assert from "node:assert/strict";
import { twoSidedP } from "./student_t.ts";

Deno.test("twoSidedP() agrees with scipy 1.17.1 to 13 digits from one to 100,000 degrees", () => {
  const expected: [t: number, degrees: number, p: number][] = [
    [0.1, 1, 0.936548965138893],
    [2, 1, 0.2951672353008665],
    [0.5, 3, 0.651447964848151],
    [2.1, 30, 0.04424247126232353],
    [40, 12, 3.851229580772032e-14],
    [1.5, 5000, 0.13367753985321568],
    [9, 100_000, 2.295409005023148e-19],
  ];
  for (const [t, degrees, p] of expected) {
    const actual = twoSidedP(t, degrees);
    assert.ok(Math.abs(actual - p) <= 1e-13 * p, `t ${t}, ${degrees}: ${actual}, not ${p}`);
    assert.equal(twoSidedP(-t, degrees), actual);
  }
});

Deno.test("twoSidedP() is 1 at zero and 0 at infinity", () => {
  assert.equal(twoSidedP(0, 5), 1);
  assert.equal(twoSidedP(Infinity, 5), 0);
});
