/** A stream laid down so that any part of it can be read: in memory when small, else in a file. */

import { CandleFileError, quoteCell } from "./candle_file_error.ts";
import { type ByteReader, endsEarly, joinBytes } from "./byte_reader.ts";

export interface StagedFile extends AsyncDisposable {
  readonly fileName: string;
  readonly byteLength: number;
  /** Bytes `from` to `to` (exclusive), in memory of their own. Throws a CandleFileError outside. */
  read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>>;
}

const IN_MEMORY_BYTES_MAX = 8 * 1024 ** 2;

/** An upload is bounded by a setting; what a gzip file unpacks to is bounded here. */
const STAGED_BYTES_MAX = 1024 ** 3;

/** The temporary file has no name while it is in use, so that a killed process leaves none. */
export async function stageFile(source: ByteReader): Promise<StagedFile> {
  const { fileName } = source;
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  let file: Deno.FsFile | undefined;
  try {
    for await (const piece of source.rest()) {
      bytes += piece.length;
      if (bytes > STAGED_BYTES_MAX) {
        throw new CandleFileError(`Cannot read ${quoteCell(fileName)}: it is larger than 1 GiB`);
      }
      pieces.push(piece);
      if (bytes <= IN_MEMORY_BYTES_MAX) continue;
      file ??= await openNameless();
      for (const waiting of pieces.splice(0)) await writeAll(file, waiting);
    }
  } catch (err) {
    file?.close();
    throw err;
  }
  return file ? onDisk(file, bytes, fileName) : inMemory(joinBytes(pieces, bytes), fileName);
}

function inMemory(bytes: Uint8Array<ArrayBuffer>, fileName: string): StagedFile {
  return {
    fileName,
    byteLength: bytes.length,
    read: (from, to) =>
      isInside(from, to, bytes.length)
        ? Promise.resolve(bytes.slice(from, to))
        : Promise.reject(endsEarly(fileName)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function onDisk(file: Deno.FsFile, byteLength: number, fileName: string): StagedFile {
  return {
    fileName,
    byteLength,
    read: async (from, to) => {
      if (!isInside(from, to, byteLength)) throw endsEarly(fileName);
      await file.seek(from, Deno.SeekMode.Start);
      const bytes = new Uint8Array(to - from);
      for (let at = 0; at < bytes.length;) {
        const count = await file.read(bytes.subarray(at));
        if (count === null) throw endsEarly(fileName);
        at += count;
      }
      return bytes;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(file.close()),
  };
}

function isInside(from: number, to: number, byteLength: number): boolean {
  return from >= 0 && from <= to && to <= byteLength;
}

async function openNameless(): Promise<Deno.FsFile> {
  const path = await Deno.makeTempFile({ prefix: "candlewick-" });
  const file = await Deno.open(path, { read: true, write: true });
  await Deno.remove(path);
  return file;
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}
