import assert from "node:assert/strict";
import { formatTimerange, parseTimerange } from "./timerange.ts";

const utc = Date.UTC;

Deno.test("parseTimerange() reads freqtrade's forms on either side", () => {
  assert.deepEqual(parseTimerange(""), {});
  assert.deepEqual(parseTimerange("20240101-"), { start: utc(2024, 0, 1), stop: undefined });
  assert.deepEqual(parseTimerange("-20240103"), { start: undefined, stop: utc(2024, 0, 3) });
  assert.deepEqual(parseTimerange("20240101T0930-20240101T093015"), {
    start: utc(2024, 0, 1, 9, 30),
    stop: utc(2024, 0, 1, 9, 30, 15),
  });
  assert.deepEqual(parseTimerange("1704067200-1704067200999"), {
    start: utc(2024, 0, 1),
    stop: utc(2024, 0, 1),
  });
});

Deno.test("parseTimerange() quotes what it cannot read", () => {
  for (const text of ["20240101", "-", "2024-01-01", "202401-", "20241301-", "20240102-20240101"]) {
    assert.throws(() => parseTimerange(text), new RegExp(`timerange "${text}"`));
  }
});

Deno.test("formatTimerange() writes what parseTimerange() reads", () => {
  for (const text of ["20240101-20240201", "20240101T0930-", "-20240101T093015"]) {
    assert.equal(formatTimerange(parseTimerange(text)), text);
  }
});
