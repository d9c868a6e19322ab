import assert from "node:assert/strict";
import fc from "fast-check";
import { readHybrid } from "./rle.ts";

/** Packs as the format says: the lowest bit first, eight numbers a group. */
function packGroup(values: readonly number[], width: number): number[] {
  const bits = values.flatMap((value) =>
    Array.from({ length: width }, (_, bit) => Math.floor(value / 2 ** bit) % 2)
  );
  return Array.from(
    { length: width },
    (_, byte) =>
      bits.slice(byte * 8, byte * 8 + 8).reduce((sum, bit, at) => sum + bit * 2 ** at, 0),
  );
}

Deno.test("readHybrid() reads runs and packed groups of any width", () => {
  const width = fc.integer({ min: 1, max: 32 });
  fc.assert(fc.property(width, fc.infiniteStream(fc.nat()), (width, numbers) => {
    const next = () => (numbers.next().value ?? 0) % 2 ** width;
    const group = Array.from({ length: 8 }, next);
    const repeated = next();
    const little = Array.from(
      { length: (width + 7) >> 3 },
      (_, at) => Math.floor(repeated / 256 ** at) % 256,
    );
    const bytes = Uint8Array.from([3, ...packGroup(group, width), 5 * 2, ...little]);
    const expected = [...group, ...Array(5).fill(repeated)];
    assert.deepEqual([...readHybrid(bytes, width, 13)], expected);
    assert.deepEqual([...readHybrid(bytes, width, 10)], expected.slice(0, 10));
    assert.throws(() => readHybrid(bytes, width, 14), { name: "RangeError" });
  }));
});

Deno.test("readHybrid() spends nothing on a run of billions and refuses one of none", () => {
  const billions = Uint8Array.of(0xfe, 0xff, 0xff, 0xff, 0x0f, 1);
  assert.deepEqual([...readHybrid(billions, 1, 3)], [1, 1, 1]);
  assert.throws(() => readHybrid(Uint8Array.of(0, 1, 0, 1), 1, 3), { name: "RangeError" });
  assert.throws(() => readHybrid(new Uint8Array(9).fill(0xff), 1, 3), { name: "RangeError" });
  assert.deepEqual([...readHybrid(new Uint8Array(0), 0, 2)], [0, 0]);
});
