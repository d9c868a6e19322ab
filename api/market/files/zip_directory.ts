/**
 * Finds the one file of a zip archive through its central directory, the only place that can be
 * trusted for sizes: an archive that is cut off has none.
 */

import { CandleFileError, quoteCell } from "./candle_file_error.ts";
import type { StagedFile } from "./staged_file.ts";

export interface ZipEntry {
  readonly isDeflated: boolean;
  readonly crc: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** Where the packed bytes begin. */
  readonly start: number;
}

const END_BYTES = 22;
const COMMENT_BYTES_MAX = 0xffff;
const FILE_BYTES = 46;
const LOCAL_BYTES = 30;

const END_MARK = 0x06054b50;
const FILE_MARK = 0x02014b50;
const LOCAL_MARK = 0x04034b50;

const STORED = 0;
const DEFLATED = 8;

/** An exchange's archive lists a file or two. */
const DIRECTORY_BYTES_MAX = 1024 ** 2;

/** Candles as text shrink to a tenth; a bomb shrinks to a thousandth. */
const RATIO_MAX = 200;
const RATIO_FREE_BYTES = 64 * 1024 ** 2;

/** Throws a CandleFileError for an archive of another number of files, locked, or a bomb. */
export async function findOnlyEntry(archive: StagedFile): Promise<ZipEntry> {
  const { fileName } = archive;
  const directory = await readDirectory(archive);
  const files = listFiles(directory, fileName);
  const [file] = files;
  if (!file || files.length > 1) {
    throw refuse(fileName, `it holds ${files.length} files; an archive of one is read`);
  }
  if (file.isLocked) throw refuse(fileName, "its file is encrypted");
  if (file.method !== STORED && file.method !== DEFLATED) {
    throw refuse(fileName, `its file is packed by method ${file.method}, not by deflate`);
  }
  const { packedBytes, unpackedBytes } = file;
  if (unpackedBytes > Math.max(RATIO_FREE_BYTES, packedBytes * RATIO_MAX)) {
    throw refuse(fileName, `its ${packedBytes} bytes unpack to ${unpackedBytes}`);
  }
  const local = viewOf(await archive.read(file.offset, file.offset + LOCAL_BYTES));
  if (local.getUint32(0, true) !== LOCAL_MARK) throw refuse(fileName, DAMAGED);
  const start = file.offset + LOCAL_BYTES + local.getUint16(26, true) + local.getUint16(28, true);
  return { isDeflated: file.method === DEFLATED, crc: file.crc, packedBytes, unpackedBytes, start };
}

const DAMAGED = "its zip data is damaged or cut off";

async function readDirectory(archive: StagedFile): Promise<Uint8Array> {
  const { byteLength, fileName } = archive;
  const tailStart = Math.max(0, byteLength - END_BYTES - COMMENT_BYTES_MAX);
  const tail = viewOf(await archive.read(tailStart, byteLength));
  let at = tail.byteLength - END_BYTES;
  while (at >= 0 && tail.getUint32(at, true) !== END_MARK) at--;
  if (at < 0) throw refuse(fileName, DAMAGED);
  const bytes = tail.getUint32(at + 12, true);
  const start = tail.getUint32(at + 16, true);
  if (start === 0xffffffff) throw refuse(fileName, "it is a ZIP64 archive");
  if (bytes > DIRECTORY_BYTES_MAX) throw refuse(fileName, "it lists too many files");
  if (start + bytes > tailStart + at) throw refuse(fileName, DAMAGED);
  return await archive.read(start, start + bytes);
}

interface ListedFile {
  readonly isLocked: boolean;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly offset: number;
}

/** The files, without folders and the copies that macOS adds. */
function listFiles(directory: Uint8Array, fileName: string): ListedFile[] {
  const view = viewOf(directory);
  const files: ListedFile[] = [];
  for (let at = 0; at < view.byteLength;) {
    if (at + FILE_BYTES > view.byteLength || view.getUint32(at, true) !== FILE_MARK) {
      throw refuse(fileName, DAMAGED);
    }
    const nameBytes = view.getUint16(at + 28, true);
    const nameStart = at + FILE_BYTES;
    const name = new TextDecoder().decode(directory.subarray(nameStart, nameStart + nameBytes));
    if (!name.endsWith("/") && !name.startsWith("__MACOSX/")) {
      files.push({
        isLocked: (view.getUint16(at + 8, true) & 1) === 1,
        method: view.getUint16(at + 10, true),
        crc: view.getUint32(at + 16, true),
        packedBytes: view.getUint32(at + 20, true),
        unpackedBytes: view.getUint32(at + 24, true),
        offset: view.getUint32(at + 42, true),
      });
    }
    at = nameStart + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return files;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function refuse(fileName: string, what: string): CandleFileError {
  return new CandleFileError(`Cannot read ${quoteCell(fileName)}: ${what}`);
}
