/** Reading and writing POSIX tar (ustar): one entry after another, so no size is too large. */

const BLOCK = 512;
const SIZE_AT = 124;
const SIZE_LENGTH = 12;
const CHECKSUM_AT = 148;
const CHECKSUM_LENGTH = 8;
/** The largest size that eleven octal digits tell. */
const OCTAL_SIZE_MAX = 8 ** 11 - 1;

type Bytes = Uint8Array<ArrayBuffer>;

export interface TarEntry {
  readonly name: string;
  readonly size: number;
  /** Has to be read to its end before the next entry is asked for. */
  readonly content: AsyncIterable<Bytes>;
}

/** The bytes before an entry's content. */
export function tarHeader(name: string, size: number, modifiedAt: number): Bytes {
  const header = new Uint8Array(BLOCK);
  writeText(header, 0, name);
  writeText(header, 100, "0000600\0");
  writeText(header, 108, "0000000\0");
  writeText(header, 116, "0000000\0");
  writeSize(header, size);
  writeText(header, 136, `${Math.floor(modifiedAt / 1000).toString(8).padStart(11, "0")}\0`);
  writeText(header, 156, "0");
  writeText(header, 257, "ustar\0" + "00");
  writeText(header, CHECKSUM_AT, `${checksumOf(header).toString(8).padStart(6, "0")}\0 `);
  return header;
}

/** The zeros after an entry's content. */
export function tarPadding(size: number): Bytes {
  return new Uint8Array((BLOCK - size % BLOCK) % BLOCK);
}

/** The zeros after the last entry. */
export function tarEnd(): Bytes {
  return new Uint8Array(2 * BLOCK);
}

/** @throws RangeError for bytes that are no tar, and for one that ends too early. */
export async function* readTar(stream: ReadableStream<Bytes>): AsyncGenerator<TarEntry> {
  const reader = new BlockReader(stream.getReader());
  try {
    for (;;) {
      const header = await reader.exactly(BLOCK);
      if (header.every(isZero)) return await reader.restIsZero();
      const { name, size } = parseHeader(header);
      yield { name, size, content: reader.upTo(size) };
      refuseContent(await reader.exactly((BLOCK - size % BLOCK) % BLOCK));
    }
  } finally {
    await reader.close();
  }
}

class BlockReader {
  readonly #reader: ReadableStreamDefaultReader<Bytes>;
  #rest: Bytes = new Uint8Array(0);

  constructor(reader: ReadableStreamDefaultReader<Bytes>) {
    this.#reader = reader;
  }

  async exactly(length: number): Promise<Bytes> {
    const bytes = new Uint8Array(length);
    let at = 0;
    for await (const chunk of this.upTo(length)) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }

  async *upTo(length: number): AsyncGenerator<Bytes> {
    for (let left = length; left > 0;) {
      if (this.#rest.length === 0) {
        const { done, value } = await this.#reader.read();
        if (done) throw new RangeError("it ends too early");
        this.#rest = value;
      }
      const chunk = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(chunk.length);
      left -= chunk.length;
      yield chunk;
    }
  }

  /** @throws RangeError when something follows the end. */
  async restIsZero(): Promise<void> {
    for (let chunk: Bytes | undefined = this.#rest; chunk !== undefined;) {
      refuseContent(chunk);
      chunk = (await this.#reader.read()).value;
    }
  }

  async close(): Promise<void> {
    await this.#reader.cancel();
  }
}

function isZero(byte: number): boolean {
  return byte === 0;
}

function refuseContent(bytes: Bytes): void {
  if (!bytes.every(isZero)) throw new RangeError("it has bytes that belong to no entry");
}

function parseHeader(header: Bytes): { name: string; size: number } {
  const told = parseInt(readText(header, CHECKSUM_AT, CHECKSUM_LENGTH), 8);
  if (told !== checksumOf(header)) throw new RangeError("it has no readable entry");
  return { name: readText(header, 0, 100), size: readSize(header) };
}

/** The sum of all bytes, the field itself counted as spaces. */
function checksumOf(header: Bytes): number {
  return header.reduce((sum, byte, at) => {
    const isField = at >= CHECKSUM_AT && at < CHECKSUM_AT + CHECKSUM_LENGTH;
    return sum + (isField ? 32 : byte);
  }, 0);
}

/** Octal as ever, and as big-endian binary beyond what that can tell. */
function writeSize(header: Bytes, size: number): void {
  if (size <= OCTAL_SIZE_MAX) {
    writeText(header, SIZE_AT, `${size.toString(8).padStart(11, "0")}\0`);
    return;
  }
  header[SIZE_AT] = 0x80;
  new DataView(header.buffer).setBigUint64(SIZE_AT + 4, BigInt(size));
}

function readSize(header: Bytes): number {
  if (header[SIZE_AT] !== 0x80) return parseInt(readText(header, SIZE_AT, SIZE_LENGTH), 8);
  return Number(new DataView(header.buffer, header.byteOffset).getBigUint64(SIZE_AT + 4));
}

function writeText(header: Bytes, at: number, text: string): void {
  header.set(new TextEncoder().encode(text), at);
}

function readText(header: Bytes, at: number, length: number): string {
  return new TextDecoder().decode(header.subarray(at, at + length)).replace(/\0.*$/s, "").trim();
}
