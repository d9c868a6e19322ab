/** Takes a candle file out of its gzip or zip wrapping; one layer, bounded. */

import { crc32 } from "node:zlib";
import { ByteReader } from "./byte_reader.ts";
import { CandleFileError, quoteCell } from "./candle_file_error.ts";
import { type StagedFile, stageFile } from "./staged_file.ts";
import { findOnlyEntry, type ZipEntry } from "./zip_directory.ts";

/** What a packed file may unpack to; a small archive can hold endless zeros. */
export const UNPACKED_BYTES_MAX = 4 * 1024 ** 3;

const PIECE_BYTES = 64 * 1024;

export type Wrapping = "gzip" | "zip";

export function wrappingOf(head: Uint8Array): Wrapping | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return "gzip";
  // "PK" and 3, 4 before a file, 5, 6 in an archive of none.
  const isZip = head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);
  return isZip ? "zip" : undefined;
}

/** The same file without its wrapping; what is in no wrapping comes back as it is. */
export async function unwrap(packed: ByteReader): Promise<ByteReader> {
  const { fileName } = packed;
  const wrapping = wrappingOf(await packed.peek(4));
  if (!wrapping) return packed;
  const bytes = wrapping === "gzip" ? unpackGzip(packed) : unpackZip(packed);
  const unpacked = new ByteReader(bytes, fileName);
  if (!wrappingOf(await unpacked.peek(4))) return unpacked;
  await unpacked[Symbol.asyncDispose]();
  throw new CandleFileError(
    `Cannot read ${quoteCell(fileName)}: it holds another archive; unpack it first`,
  );
}

async function* unpackGzip(packed: ByteReader): AsyncGenerator<Uint8Array> {
  const { fileName } = packed;
  let bytes = 0;
  for await (const piece of inflate(packed.rest(), "gzip", fileName)) {
    bytes += piece.length;
    if (bytes > UNPACKED_BYTES_MAX) throw tooLarge(fileName);
    yield piece;
  }
}

async function* unpackZip(packed: ByteReader): AsyncGenerator<Uint8Array> {
  const { fileName } = packed;
  await using archive = await stageFile(packed);
  const entry = await findOnlyEntry(archive);
  if (entry.unpackedBytes > UNPACKED_BYTES_MAX) throw tooLarge(fileName);
  const stored = readEntry(archive, entry);
  const pieces = entry.isDeflated ? inflate(stored, "deflate-raw", fileName) : stored;
  let [bytes, sum] = [0, 0];
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > entry.unpackedBytes) break;
    sum = crc32(piece, sum);
    yield piece;
  }
  if (bytes !== entry.unpackedBytes || sum !== entry.crc) throw damaged(fileName, "zip");
}

async function* readEntry(
  archive: StagedFile,
  { start, packedBytes }: ZipEntry,
): AsyncGenerator<Uint8Array> {
  const end = start + packedBytes;
  for (let at = start; at < end; at += PIECE_BYTES) {
    yield await archive.read(at, Math.min(at + PIECE_BYTES, end));
  }
}

async function* inflate(
  pieces: AsyncGenerator<Uint8Array>,
  format: "gzip" | "deflate-raw",
  fileName: string,
): AsyncGenerator<Uint8Array> {
  let failure: { readonly cause: unknown } | undefined;
  async function* watched(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    try {
      for await (const piece of pieces) yield owned(piece);
    } catch (err) {
      failure = { cause: err };
      throw err;
    }
  }
  try {
    yield* ReadableStream.from(watched()).pipeThrough(new DecompressionStream(format));
  } catch (err) {
    // What the source did not throw, the packed data made the runtime throw.
    if (failure) throw failure.cause;
    throw damaged(fileName, format === "gzip" ? "gzip" : "zip", err);
  }
}

/** The runtime's streams take bytes of memory that is not shared, which the type alone denies. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer, byteOffset, byteLength)
    : bytes.slice();
}

function damaged(fileName: string, wrapping: Wrapping, cause?: unknown): CandleFileError {
  return new CandleFileError(
    `Cannot read ${quoteCell(fileName)}: its ${wrapping} data is damaged or cut off`,
    { cause },
  );
}

function tooLarge(fileName: string): CandleFileError {
  return new CandleFileError(`Cannot read ${quoteCell(fileName)}: it unpacks to over 4 GiB`);
}
