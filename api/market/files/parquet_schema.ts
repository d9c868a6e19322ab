/** Which column chunks of a Parquet file hold the candle columns; every declared size is checked. */

import { parquetMetadata } from "hyparquet/src/metadata.js";
import { CANDLE_COLUMNS, type CandleColumnName } from "../candles/columns.ts";
import { CandleFileError, quoteCell } from "./candle_file_error.ts";
import type { NumberKind, TimeUnit } from "./number_columns.ts";
import type { StagedFile } from "./staged_file.ts";
import { findTableColumns, type FoundColumn, type TableColumn } from "./table_columns.ts";
import { UNPACKED_BYTES_MAX } from "./unpack.ts";

type Metadata = ReturnType<typeof parquetMetadata>;
type SchemaElement = Metadata["schema"][number];
type RowGroup = Metadata["row_groups"][number];

export interface ParquetColumn extends FoundColumn {
  /** Rows without a value are possible. */
  readonly isOptional: boolean;
}

export interface ColumnChunk {
  readonly column: ParquetColumn;
  readonly codec: string;
  readonly start: number;
  readonly end: number;
}

export interface ParquetGroup {
  readonly rows: number;
  readonly chunks: Readonly<Partial<Record<CandleColumnName, ColumnChunk>>>;
}

export const PARQUET_CODECS = ["UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"];

/** "PAR1" at both ends, and the length of the metadata before the last. */
const START_BYTES = 4;
const END_BYTES = 8;
const METADATA_BYTES_MAX = 8 * 1024 ** 2;

/** Numbers in the metadata end within ten bytes; a run of this many is made to be slow. */
const LONG_NUMBER_BYTES = 4_096;

/** Times of a candle each differ, so that even the best packed rows take some bits. */
const ROWS_A_BYTE_MAX = 8;

/** Columns of numbers shrink to a tenth at best. */
const RATIO_MAX = 200;
const RATIO_FREE_BYTES = 64 * 1024 ** 2;

/** Throws a CandleFileError for what is damaged, has no candle columns or declares too much. */
export async function readParquetGroups(file: StagedFile): Promise<ParquetGroup[]> {
  const { fileName } = file;
  const metadata = await readMetadata(file);
  return readingParquet(fileName, () => {
    checkTotals(metadata, file);
    const columns = findParquetColumns(metadata, fileName);
    return metadata.row_groups.map((group) => toGroup(group, columns, file));
  });
}

/** Runs what reads foreign bytes; whatever they make it throw means that they are damaged. */
export function readingParquet<T>(fileName: string, read: () => T): T {
  try {
    return read();
  } catch (err) {
    throw err instanceof CandleFileError ? err : damagedParquet(fileName, err);
  }
}

export function damagedParquet(fileName: string, cause?: unknown): CandleFileError {
  return refuse(fileName, "its Parquet data is damaged or cut off", cause);
}

async function readMetadata(file: StagedFile): Promise<Metadata> {
  const { byteLength, fileName } = file;
  if (byteLength < START_BYTES + END_BYTES) throw damagedParquet(fileName);
  const end = await file.read(byteLength - END_BYTES, byteLength);
  const bytes = new DataView(end.buffer).getUint32(0, true);
  const magic = new TextDecoder().decode(end.subarray(4));
  if (magic === "PARE") throw refuse(fileName, "it is encrypted");
  if (magic !== "PAR1" || bytes > byteLength - START_BYTES - END_BYTES) {
    throw damagedParquet(fileName);
  }
  if (bytes > METADATA_BYTES_MAX) throw refuse(fileName, `its metadata are ${bytes} bytes`);
  const tail = await file.read(byteLength - END_BYTES - bytes, byteLength);
  if (hasLongNumber(tail)) throw damagedParquet(fileName);
  return readingParquet(fileName, () => parquetMetadata(tail, { geoparquet: false }));
}

/** The library takes square time for a number that does not end. */
function hasLongNumber(bytes: Uint8Array): boolean {
  let run = 0;
  for (const byte of bytes) {
    run = byte >= 0x80 ? run + 1 : 0;
    if (run === LONG_NUMBER_BYTES) return true;
  }
  return false;
}

function checkTotals({ num_rows, row_groups }: Metadata, file: StagedFile): void {
  const { byteLength, fileName } = file;
  const rows = row_groups.reduce((sum, group) => sum + group.num_rows, 0n);
  const bytes = row_groups.reduce((sum, group) => sum + group.total_byte_size, 0n);
  if (rows !== num_rows || row_groups.some(({ num_rows }) => num_rows < 0n)) {
    throw damagedParquet(fileName);
  }
  const bytesMax = Math.min(UNPACKED_BYTES_MAX, Math.max(RATIO_FREE_BYTES, byteLength * RATIO_MAX));
  if (bytes > bytesMax || rows > byteLength * ROWS_A_BYTE_MAX) {
    throw refuse(fileName, `its ${byteLength} bytes declare ${rows} rows of ${bytes} bytes`);
  }
}

function findParquetColumns(
  { schema }: Metadata,
  fileName: string,
): Partial<Record<CandleColumnName, ParquetColumn>> {
  const [root, ...elements] = schema;
  if (!root || elements.some((element) => (element.num_children ?? 0) > 0)) {
    throw refuse(fileName, "it has nested columns; leave them out");
  }
  const found = findTableColumns(elements.map(describe), fileName);
  const columns: Partial<Record<CandleColumnName, ParquetColumn>> = {};
  for (const name of CANDLE_COLUMNS) {
    const column = found[name];
    if (!column) continue;
    const repetition = elements[column.index]?.repetition_type;
    if (repetition === "REPEATED") {
      throw refuse(fileName, `its column ${quoteCell(name)} is a list`);
    }
    columns[name] = { ...column, isOptional: repetition === "OPTIONAL" };
  }
  return columns;
}

function describe(element: SchemaElement): TableColumn {
  const { name, type = "", converted_type, logical_type } = element;
  const meaning = logical_type?.type ?? converted_type;
  return {
    name,
    type: meaning ? `${type} (${meaning})` : type,
    ...numbersOf(element),
  };
}

function numbersOf(
  { type, converted_type, logical_type }: SchemaElement,
): { kind?: NumberKind; unit?: TimeUnit } {
  if (type === "DOUBLE") return { kind: "f64" };
  if (type === "FLOAT") return { kind: "f32" };
  if (type !== "INT64" && type !== "INT32") return {};
  const kind = type === "INT64" ? "i64" : "i32";
  if (logical_type?.type === "TIMESTAMP") return { kind, unit: TIMESTAMP_UNITS[logical_type.unit] };
  if (converted_type === "TIMESTAMP_MILLIS") return { kind, unit: "ms" };
  if (converted_type === "TIMESTAMP_MICROS") return { kind, unit: "us" };
  if (converted_type === "DATE" || logical_type?.type === "DATE") return { kind, unit: "day" };
  const isPlain = (converted_type ?? "INT").includes("INT") &&
    (logical_type?.type ?? "INTEGER") === "INTEGER";
  return isPlain ? { kind } : {};
}

const TIMESTAMP_UNITS = { MILLIS: "ms", MICROS: "us", NANOS: "ns" } as const;

function toGroup(
  group: RowGroup,
  columns: Partial<Record<CandleColumnName, ParquetColumn>>,
  file: StagedFile,
): ParquetGroup {
  const chunks: Partial<Record<CandleColumnName, ColumnChunk>> = {};
  for (const name of CANDLE_COLUMNS) {
    const column = columns[name];
    if (!column) continue;
    const chunk = group.columns[column.index];
    const data = chunk?.meta_data;
    if (!data || chunk.file_path) throw damagedParquet(file.fileName);
    if (data.num_values !== group.num_rows) throw damagedParquet(file.fileName);
    const start = Number(data.dictionary_page_offset || data.data_page_offset);
    const end = start + Number(data.total_compressed_size);
    if (!(start >= START_BYTES && end >= start && end <= file.byteLength - END_BYTES)) {
      throw damagedParquet(file.fileName);
    }
    if (!PARQUET_CODECS.includes(data.codec)) {
      throw refuse(file.fileName, `its columns are packed by ${data.codec}; use snappy or zstd`);
    }
    chunks[name] = { column, codec: data.codec, start, end };
  }
  return { rows: Number(group.num_rows), chunks };
}

function refuse(fileName: string, what: string, cause?: unknown): CandleFileError {
  return new CandleFileError(`Cannot read ${quoteCell(fileName)}: ${what}`, { cause });
}
