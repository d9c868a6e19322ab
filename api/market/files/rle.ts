/**
 * Parquet's hybrid of run lengths and packed bits, decoded within the count that is expected:
 * a run of billions in a few bytes costs nothing.
 */

/** Throws a RangeError when the bytes end before `count` numbers of `width` bits. */
export function readHybrid(bytes: Uint8Array, width: number, count: number): Uint32Array {
  const output = new Uint32Array(count);
  if (width === 0) return output;
  const runBytes = (width + 7) >> 3;
  let [at, filled] = [0, 0];
  while (filled < count) {
    let [header, shift] = [0, 0];
    for (;;) {
      const byte = byteAt(bytes, at++);
      header += (byte & 0x7f) * 2 ** shift;
      shift += 7;
      if (byte < 0x80) break;
      if (shift > 35) throw damaged();
    }
    const half = Math.floor(header / 2);
    if (header % 2 === 0) {
      const value = readLittle(bytes, at, runBytes);
      at += runBytes;
      const end = Math.min(count, filled + half);
      output.fill(value, filled, end);
      filled = end;
    } else {
      // Groups of eight numbers, each of `width` bytes.
      const packed = bytes.subarray(at, at + half * width);
      const wanted = Math.min(count - filled, half * 8);
      unpackBits(packed, width, output.subarray(filled, filled + wanted));
      at += packed.length;
      filled += wanted;
    }
    if (half === 0) throw damaged();
  }
  return output;
}

function unpackBits(bytes: Uint8Array, width: number, output: Uint32Array): void {
  if (bytes.length * 8 < output.length * width) throw damaged();
  let [bits, held, at] = [0, 0, 0];
  const mask = 2 ** width;
  for (let i = 0; i < output.length; i++) {
    // Sums, not shifts: up to 39 bits are held.
    while (held < width) {
      bits += (bytes[at++] ?? 0) * 2 ** held;
      held += 8;
    }
    output[i] = bits % mask;
    bits = Math.floor(bits / mask);
    held -= width;
  }
}

function readLittle(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = 0; i < count; i++) value += byteAt(bytes, at + i) * 2 ** (8 * i);
  return value;
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw damaged();
  return byte;
}

function damaged(): RangeError {
  return new RangeError("Run lengths are damaged");
}
