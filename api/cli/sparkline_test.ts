import assert from "node:assert/strict";
import fc from "fast-check";
import { sparkline } from "./sparkline.ts";

Deno.test("sparkline() draws the lowest and highest values as the lowest and highest bars", () => {
  assert.equal(sparkline(Float64Array.of(1, 2, 3, 8), 10), "▁▂▃█");
});

Deno.test("sparkline() draws a flat or empty series without a division by zero", () => {
  assert.equal(sparkline(Float64Array.of(5, 5, 5), 10), "▁▁▁");
  assert.equal(sparkline(new Float64Array(), 10), "");
  assert.equal(sparkline(Float64Array.of(0, Number.MIN_VALUE), 10), "▁█");
});

Deno.test("sparkline() draws one bar per value up to its width, whatever the values", () => {
  fc.assert(fc.property(
    fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 300 }),
    fc.integer({ min: 1, max: 80 }),
    (values, width) => {
      const line = sparkline(Float64Array.from(values), width);
      assert.equal([...line].length, Math.min(width, values.length));
      assert.match(line, /^[▁▂▃▄▅▆▇█]+$/);
    },
  ));
});
