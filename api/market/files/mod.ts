/**
 * Candle files to columns: CSV in any known layout, JSON, feather (Arrow IPC) and Parquet; CSV and
 * JSON also in gzip, any of them in a zip archive. A file's first bytes tell which it is.
 *
 * Sources: freqtrade's candle files of every format, LEAN, Binance's archives, CryptoDataDownload, data frames saved
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
} from "./candle_files.ts";
export {
  CANDLE_FORMATS,
  type CandleFileOptions,
  type CandleFileReport,
  type CandleFormat,
  type ReadStep,
} from "./candle_file.ts";
export { readCandles, readCandleStream } from "./candle_reader.ts";
export { describeFileName, type FileNameFacts } from "./file_name.ts";
