/**
 * Unpacks LZ4: frames, as Arrow files hold them, and bare blocks, as Parquet files do. The length
 * to come is always known, so that damaged data can neither fill the memory nor pass unnoticed.
 *
 * Source: the LZ4 frame format 1.6.4 and the LZ4 block format.
 */

const FRAME_MAGIC = 0x184d2204;
const STORED_BIT = 0x80000000;
const MATCH_BYTES_MIN = 4;

/** Throws a RangeError unless the frame unpacks to exactly `length` bytes. */
export function unpackLz4Frame(input: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  const flags = view.getUint8(4);
  if (view.getUint32(0, true) !== FRAME_MAGIC || flags >> 6 !== 1) throw damaged();
  const hasBlockChecksum = (flags & 0x10) !== 0;
  const hasContentSize = (flags & 0x08) !== 0;
  const hasDictionary = (flags & 0x01) !== 0;
  let at = 7 + (hasContentSize ? 8 : 0) + (hasDictionary ? 4 : 0);
  const output = new Uint8Array(length);
  let filled = 0;
  for (;;) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) break;
    const bytes = size & ~STORED_BIT;
    if (at + bytes > input.length) throw damaged();
    const block = input.subarray(at, at + bytes);
    if (size >= STORED_BIT) {
      if (filled + bytes > length) throw damaged();
      output.set(block, filled);
      filled += bytes;
    } else {
      // Blocks may refer to the ones before them.
      filled = unpackInto(block, output, filled);
    }
    at += bytes + (hasBlockChecksum ? 4 : 0);
  }
  if (filled !== length) throw damaged();
  return output;
}

/** Throws a RangeError unless the block unpacks to exactly `length` bytes. */
export function unpackLz4Block(input: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const output = new Uint8Array(length);
  if (unpackInto(input, output, 0) !== length) throw damaged();
  return output;
}

/** Appends to `output` from `start` on; answers where the next byte goes. */
function unpackInto(input: Uint8Array, output: Uint8Array, start: number): number {
  let [from, to] = [0, start];
  while (from < input.length) {
    const token = input[from++] ?? 0;
    let literals = token >> 4;
    if (literals === 15) [literals, from] = readLength(input, from, literals);
    if (from + literals > input.length || to + literals > output.length) throw damaged();
    for (let i = 0; i < literals; i++) output[to++] = input[from++] ?? 0;
    if (from === input.length) return to;
    if (from + 2 > input.length) throw damaged();
    const offset = (input[from] ?? 0) | ((input[from + 1] ?? 0) << 8);
    from += 2;
    let matched = token & 15;
    if (matched === 15) [matched, from] = readLength(input, from, matched);
    matched += MATCH_BYTES_MIN;
    if (offset === 0 || offset > to || to + matched > output.length) throw damaged();
    // Byte by byte: a match may reach into what it writes.
    for (let i = 0; i < matched; i++, to++) output[to] = output[to - offset] ?? 0;
  }
  return to;
}

function readLength(input: Uint8Array, from: number, start: number): [number, number] {
  let length = start;
  for (let at = from; at < input.length; at++) {
    const more = input[at] ?? 0;
    length += more;
    if (more !== 255) return [length, at + 1];
  }
  throw damaged();
}

function damaged(): RangeError {
  return new RangeError("LZ4 data is damaged");
}
