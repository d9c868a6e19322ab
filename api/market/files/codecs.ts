/** Unpacks what columns are packed with, never to more than was declared. */

import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { unpackLz4Block, unpackLz4Frame } from "./lz4.ts";

export type Codec = "zstd" | "gzip" | "lz4_frame" | "lz4_block";

/** Throws an Error unless the data unpacks to exactly `length` bytes. */
export function unpackBytes(codec: Codec, input: Uint8Array, length: number): Uint8Array {
  const output = unpackWith(codec, input, length);
  if (output.length !== length) {
    throw new RangeError(`${output.length} bytes came out of ${codec} data of ${length}`);
  }
  // A Buffer's `slice` does not copy as that of plain bytes does.
  return new Uint8Array(output.buffer, output.byteOffset, output.byteLength);
}

function unpackWith(codec: Codec, input: Uint8Array, length: number): Uint8Array {
  // The limit of the runtime's own decoders must be positive.
  const bound = { maxOutputLength: Math.max(1, length) };
  switch (codec) {
    case "zstd":
      return zstdDecompressSync(input, bound);
    case "gzip":
      return gunzipSync(input, bound);
    case "lz4_frame":
      return unpackLz4Frame(input, length);
    case "lz4_block":
      return unpackLz4Block(input, length);
  }
}
