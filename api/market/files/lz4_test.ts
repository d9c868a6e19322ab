import assert from "node:assert/strict";
import { unpackLz4Block, unpackLz4Frame } from "./lz4.ts";

/** "ab", then eight bytes from two back, then "cd" as the last literals. */
const BLOCK = Uint8Array.of(0x24, 0x61, 0x62, 2, 0, 0x20, 0x63, 0x64);
const TEXT = "ababababab" + "cd";

function frameOf(blocks: readonly Uint8Array[], flags = 0x40): Uint8Array {
  const bytes = [0x04, 0x22, 0x4d, 0x18, flags, 0x40, 0];
  for (const block of blocks) bytes.push(block.length, 0, 0, 0, ...block);
  return Uint8Array.from([...bytes, 0, 0, 0, 0]);
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

Deno.test("unpackLz4Block() copies literals and matches that reach into what they write", () => {
  assert.equal(textOf(unpackLz4Block(BLOCK, TEXT.length)), TEXT);
  const run = Uint8Array.of(0x1f, 0x61, 1, 0, 255, 10, 0x10, 0x62);
  assert.equal(textOf(unpackLz4Block(run, 286)), "a".repeat(285) + "b");
});

Deno.test("unpackLz4Frame() lets a block refer to the one before it", () => {
  // Four bytes from four back, of the block before, and one literal.
  const second = Uint8Array.of(0x00, 4, 0, 0x10, 0x65);
  const unpacked = unpackLz4Frame(frameOf([BLOCK, second]), TEXT.length + 5);
  assert.equal(textOf(unpacked), TEXT + "abcd" + "e");
});

Deno.test("LZ4 data that lies about its length, reaches too far or is cut off is refused", () => {
  const damaged = { name: "RangeError" };
  assert.throws(() => unpackLz4Block(BLOCK, TEXT.length - 1), damaged);
  assert.throws(() => unpackLz4Block(BLOCK, TEXT.length + 1), damaged);
  assert.throws(() => unpackLz4Block(Uint8Array.of(0x10, 0x61, 2, 0, 0x10, 0x61), 6), damaged);
  assert.throws(() => unpackLz4Block(Uint8Array.of(0xf0, 255, 255), 1_000), damaged);
  for (let length = 0; length < BLOCK.length; length++) {
    assert.throws(() => unpackLz4Block(BLOCK.subarray(0, length), TEXT.length), damaged);
    const frame = frameOf([BLOCK]);
    assert.throws(() => unpackLz4Frame(frame.subarray(0, 7 + length), TEXT.length), damaged);
  }
  assert.throws(() => unpackLz4Frame(frameOf([BLOCK], 0x80), TEXT.length), damaged);
});
