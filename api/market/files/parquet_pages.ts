/**
 * One column chunk of a Parquet file, page by page: a page is read, checked, unpacked and decoded
 * before the next one is touched.
 *
 * Source: the Parquet format 2.11, "Data Pages" and "Encodings".
 */

import { parquetHeader } from "hyparquet/src/column.js";
import { snappyUncompress } from "hyparquet/src/snappy.js";
import { CandleFileError, quoteCell } from "./candle_file_error.ts";
import { type Codec, unpackBytes } from "./codecs.ts";
import { decodeNumbers, type Numbers, toPrices, toTimes } from "./number_columns.ts";
import { type ColumnChunk, damagedParquet, readingParquet } from "./parquet_schema.ts";
import { readHybrid } from "./rle.ts";
import type { StagedFile } from "./staged_file.ts";

type PageHeader = ReturnType<typeof parquetHeader>;

/** Of numbers; those of texts, with their longest values, are longer. */
const HEADER_BYTES_MAX = 4_096;
const PAGE_BYTES_MAX = 64 * 1024 ** 2;
const PAGE_VALUES_MAX = 4 * 1024 ** 2;

/** By the format's names; snappy comes with the library. */
const CODECS: Readonly<Record<string, Codec>> = {
  ...{ GZIP: "gzip", ZSTD: "zstd", LZ4_RAW: "lz4_block" },
};

interface Page {
  readonly header: PageHeader;
  readonly bytes: Uint8Array;
}

/** The values of each page, NaN where a row has none. Throws a CandleFileError. */
export async function* readPages(
  file: StagedFile,
  chunk: ColumnChunk,
  isTime: boolean,
): AsyncGenerator<Float64Array> {
  const { fileName } = file;
  let dictionary: Numbers | undefined;
  for (let at = chunk.start; at < chunk.end;) {
    const { header, bytes, next } = await readPage(file, chunk, at);
    at = next;
    if (header.type === "DICTIONARY_PAGE") {
      dictionary = readingParquet(fileName, () => readDictionary({ header, bytes }, chunk));
    } else if (header.type !== "INDEX_PAGE") {
      yield readingParquet(fileName, () => {
        const numbers = decodePage({ header, bytes }, chunk, dictionary, fileName);
        return isTime ? withTimes(numbers, chunk) : withPrices(numbers);
      });
    }
  }
}

async function readPage(
  file: StagedFile,
  { end }: ColumnChunk,
  at: number,
): Promise<Page & { next: number }> {
  const head = await file.read(at, Math.min(at + HEADER_BYTES_MAX, end));
  const reader = { view: new DataView(head.buffer), offset: 0 };
  const header = readingParquet(file.fileName, () => parquetHeader(reader));
  const { compressed_page_size, uncompressed_page_size } = header;
  const from = at + reader.offset;
  const left = end - from;
  if (!(isCount(compressed_page_size) && isCount(uncompressed_page_size))) {
    throw damagedParquet(file.fileName);
  }
  if (uncompressed_page_size > PAGE_BYTES_MAX) {
    throw refuse(file.fileName, `it declares a page of ${uncompressed_page_size} bytes`);
  }
  if (compressed_page_size > left) throw damagedParquet(file.fileName);
  const next = from + compressed_page_size;
  return { header, bytes: await file.read(from, next), next };
}

/** What damaged metadata holds can be of any type. */
function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

interface Decoded {
  readonly numbers: Numbers;
  /** For each row whether it has a value; undefined when all have. */
  readonly present: Uint32Array | undefined;
}

function decodePage(
  { header, bytes }: Page,
  chunk: ColumnChunk,
  dictionary: Numbers | undefined,
  fileName: string,
): Decoded {
  const { rows, encoding, levels, values } = header.type === "DATA_PAGE_V2"
    ? splitPageV2(header, bytes, chunk)
    : splitPageV1(header, bytes, chunk);
  const present = levels && readHybrid(levels, 1, rows);
  const count = present ? present.reduce((sum, each) => sum + each, 0) : rows;
  const isSparse = present !== undefined && count < rows;
  return {
    numbers: decodeValues(values, count, { encoding, chunk, dictionary, fileName }),
    present: isSparse ? present : undefined,
  };
}

function decodeValues(
  values: Uint8Array,
  count: number,
  { encoding, chunk, dictionary, fileName }: {
    encoding: string | undefined;
    chunk: ColumnChunk;
    dictionary: Numbers | undefined;
    fileName: string;
  },
): Numbers {
  switch (encoding) {
    case "PLAIN":
      return decodeNumbers(chunk.column.kind, values, count);
    case "PLAIN_DICTIONARY":
    case "RLE_DICTIONARY":
      return lookUp(values, count, dictionary);
    default:
      throw refuse(fileName, `it is encoded as ${encoding}; write it without special encodings`);
  }
}

interface SplitPage {
  readonly rows: number;
  readonly encoding: string | undefined;
  /** Definition levels without their length; undefined for a column that has none. */
  readonly levels: Uint8Array | undefined;
  readonly values: Uint8Array;
}

function splitPageV1(header: PageHeader, packed: Uint8Array, chunk: ColumnChunk): SplitPage {
  const { num_values: rows, encoding } = header.data_page_header ?? {};
  const bytes = unpackPage(packed, header.uncompressed_page_size, chunk.codec);
  const checked = checkedCount(rows);
  if (!chunk.column.isOptional) {
    return { rows: checked, encoding, levels: undefined, values: bytes };
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = 4 + view.getUint32(0, true);
  if (end > bytes.length) throw new RangeError("Levels are longer than their page");
  return { rows: checked, encoding, levels: bytes.subarray(4, end), values: bytes.subarray(end) };
}

function splitPageV2(header: PageHeader, packed: Uint8Array, chunk: ColumnChunk): SplitPage {
  const page = header.data_page_header_v2;
  if (!page) throw new RangeError("A page has no header of its own");
  const repetition = page.repetition_levels_byte_length ?? 0;
  const definition = page.definition_levels_byte_length ?? 0;
  const start = repetition + definition;
  if (!(isCount(repetition) && isCount(definition) && start <= packed.length)) {
    throw new RangeError("Levels are longer than their page");
  }
  const rest = packed.subarray(start);
  const restBytes = header.uncompressed_page_size - start;
  const values = page.is_compressed === false ? rest : unpackPage(rest, restBytes, chunk.codec);
  const levels = chunk.column.isOptional ? packed.subarray(repetition, start) : undefined;
  return { rows: checkedCount(page.num_values), encoding: page.encoding, levels, values };
}

function readDictionary({ header, bytes }: Page, { codec, column }: ColumnChunk): Numbers {
  const count = checkedCount(header.dictionary_page_header?.num_values);
  const values = unpackPage(bytes, header.uncompressed_page_size, codec);
  return decodeNumbers(column.kind, values, count);
}

function unpackPage(packed: Uint8Array, length: number, codec: string): Uint8Array {
  if (codec === "UNCOMPRESSED") return packed;
  const ours = CODECS[codec];
  if (ours) return length === 0 ? packed.subarray(0, 0) : unpackBytes(ours, packed, length);
  if (snappyLength(packed) !== length) throw new RangeError("Snappy data is of another length");
  const output = new Uint8Array(length);
  snappyUncompress(packed, output);
  return output;
}

/** What snappy data itself says that it unpacks to, in groups of seven bits. */
function snappyLength(packed: Uint8Array): number {
  let length = 0;
  for (let at = 0; at < 5; at++) {
    const byte = packed[at] ?? 0;
    length += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) break;
  }
  return length;
}

/** Indices into the dictionary, after a byte that says how many bits each has. */
function lookUp(values: Uint8Array, count: number, dictionary: Numbers | undefined): Numbers {
  if (!dictionary) throw new RangeError("A page refers to a dictionary that is not there");
  const width = values[0] ?? 0;
  if (width > 32) throw new RangeError(`Indices have ${width} bits`);
  const indices = readHybrid(values.subarray(1), width, count);
  const isBig = !(dictionary instanceof Float64Array);
  const looked = isBig ? new BigInt64Array(count) : new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const value = dictionary[indices[row] ?? 0];
    if (value === undefined) throw new RangeError("An index lies outside of the dictionary");
    looked[row] = value;
  }
  return looked;
}

function checkedCount(count: number | undefined): number {
  if (isCount(count) && count <= PAGE_VALUES_MAX) return count;
  throw new RangeError(`A page has ${count} values`);
}

function withTimes({ numbers, present }: Decoded, { column }: ColumnChunk): Float64Array {
  return spread(toTimes(numbers, column.unit), present);
}

function withPrices({ numbers, present }: Decoded): Float64Array {
  return spread(toPrices(numbers), present);
}

function spread(values: Float64Array, present: Uint32Array | undefined): Float64Array {
  if (!present) return values;
  let at = 0;
  return Float64Array.from(present, (isPresent) => isPresent ? values[at++] ?? NaN : NaN);
}

function refuse(fileName: string, what: string): CandleFileError {
  return new CandleFileError(`Cannot read ${quoteCell(fileName)}: ${what}`);
}
