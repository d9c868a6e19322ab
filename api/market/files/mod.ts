/**
 * Candle files: CSV in any known layout, also gzipped, to columns.
 *
 * Sources: freqtrade's CSV export, LEAN, Binance's archives, CryptoDataDownload, data frames saved
 * with or without a row index; timestamps in s, ms, µs, ns, RFC 3339 or compact dates.
 *
 * @module
 */
export { type BadRow, type BadRowReason, type BadRows } from "./bad_rows.ts";
export { CandleFileError } from "./candle_file_error.ts";
export {
  type CandleFile,
  type CandleFilesOptions,
  listCandleFiles,
  readCandleFile,
  readCandleFiles,
  readCandleStream,
} from "./candle_files.ts";
export { CSV_FORMATS, type CsvFormat } from "./csv_layout.ts";
export { CsvReader, type CsvReaderOptions, type CsvReport } from "./csv_reader.ts";
export { describeFileName, type FileNameFacts } from "./file_name.ts";
