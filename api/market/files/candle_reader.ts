/** Reads a candle file of any known format, told apart by its first bytes and not by its name. */

import { type CandleColumns, concatCandles } from "../candles/columns.ts";
import { ByteReader } from "./byte_reader.ts";
import type { CandleFileOptions, CandleFileReport, ReadStep } from "./candle_file.ts";
import { CandleFileError, quoteCell } from "./candle_file_error.ts";
import { CSV_FORMATS, type CsvFormat } from "./csv_layout.ts";
import { readCsv } from "./csv_reader.ts";
import { readJson } from "./json_reader.ts";
import { unwrap } from "./unpack.ts";

type Kind = "csv" | "json" | "feather" | "parquet";

/** Enough for a byte order mark, blanks and the first sign. */
const HEAD_BYTES = 64;

/**
 * Reads step by step; between two steps others may have their turn. Throws a CandleFileError for a
 * file that cannot be read; what the source throws passes through. The libraries of a format are
 * loaded when a file of it is met.
 */
export async function* readCandles(
  source: AsyncIterable<Uint8Array>,
  options: CandleFileOptions,
): AsyncGenerator<ReadStep> {
  await using packed = new ByteReader(source, options.fileName);
  await using bytes = await unwrap(packed);
  const kind = kindOf(await bytes.peek(HEAD_BYTES), options.fileName);
  switch (kind) {
    case "csv":
      yield* readCsv(bytes, { ...options, format: csvFormat(options) });
      break;
    case "json":
      checkFormat(options, kind);
      yield* readJson(bytes, options);
      break;
    case "feather": {
      checkFormat(options, kind);
      const { readFeather } = await import("./feather_reader.ts");
      yield* readFeather(bytes, options);
      break;
    }
    case "parquet": {
      checkFormat(options, kind);
      const { readParquet } = await import("./parquet_reader.ts");
      yield* readParquet(bytes, options);
      break;
    }
  }
}

/** Reads a whole file into memory; `fileName` may be a path. */
export async function readCandleStream(
  source: AsyncIterable<Uint8Array>,
  options: CandleFileOptions,
): Promise<{ candles: CandleColumns; report: CandleFileReport }> {
  const all: CandleColumns[] = [];
  let read: CandleFileReport | undefined;
  for await (const { chunks, report } of readCandles(source, options)) {
    all.push(...chunks);
    read = report;
  }
  if (!read) throw new Error("A candle reader ended without a report");
  if (read.descending) all.reverse();
  return { candles: concatCandles(all), report: read };
}

function kindOf(head: Uint8Array, fileName: string): Kind {
  const text = new TextDecoder("latin1").decode(head);
  if (text.startsWith("ARROW1")) return "feather";
  if (text.startsWith("PAR1")) return "parquet";
  if (text.startsWith("FEA1")) {
    throw new CandleFileError(
      `Cannot read ${quoteCell(fileName)}: it is Feather of version 1; save it as version 2`,
    );
  }
  return /^(\xef\xbb\xbf)?\s*\[/.test(text) ? "json" : "csv";
}

/** Only a CSV file leaves a choice. */
function checkFormat({ format, fileName }: CandleFileOptions, kind: Kind): void {
  if (format === undefined || format === kind) return;
  throw new CandleFileError(`Cannot read ${quoteCell(fileName)} as ${format}: it is ${kind}`);
}

function csvFormat({ format, fileName }: CandleFileOptions): CsvFormat | undefined {
  const csv = CSV_FORMATS.find((each) => each === format);
  if (format === undefined || csv !== undefined) return csv;
  throw new CandleFileError(`Cannot read ${quoteCell(fileName)}: it is no ${format} file`);
}
