/** Recognises how a CSV file of candles is laid out. */

import { CandleFileError, quoteCell } from "./candle_file_error.ts";
import { findColumns, type NamedColumns } from "./column_names.ts";
import { parseTimestamp } from "../candles/timestamp.ts";

/**
 * - `header`: columns found by name, whatever stands above the header.
 * - `plain`: time, open, high, low, close[, volume] without a header.
 * - `binance`: Binance's kline archives, with or without a header.
 * - `lean`: LEAN's bars; minute files count from the midnight that their name gives.
 * - `lean_scaled`: the same with prices times 10,000, as LEAN keeps stocks.
 */
export const CSV_FORMATS = ["header", "plain", "binance", "lean", "lean_scaled"] as const;

export type CsvFormat = typeof CSV_FORMATS[number];

export interface CsvLayout extends NamedColumns {
  readonly format: CsvFormat;
  readonly delimiter: string;
  /** Lines before the first row of candles. */
  readonly headerLines: number;
  readonly columnCount: number;
  readonly priceScale: number;
}

export interface LayoutOptions {
  readonly fileName: string;
  readonly format?: CsvFormat;
  readonly midnightMs?: number;
  readonly priceScale?: number;
}

const DELIMITERS = [",", "\t", ";", "|"];

/** Banners above a header are one or two lines. */
const BANNER_LINES_MAX = 4;

/** Reads the layout off the first lines; throws a CandleFileError when it is none known. */
export function recogniseLayout(head: string, options: LayoutOptions): CsvLayout {
  const lines = head.split("\n").map((line) => line.replace(/\r$/, ""));
  for (const [index, line] of lines.slice(0, BANNER_LINES_MAX).entries()) {
    const delimiter = delimiterOf(line);
    const cells = splitCells(line, delimiter);
    const named = findColumns(cells, options.fileName);
    if (named) {
      const format = options.format ?? (isBinanceHeader(cells) ? "binance" : "header");
      const priceScale = scaleOf(format, options);
      const columnCount = cells.length;
      return { ...named, format, delimiter, headerLines: index + 1, columnCount, priceScale };
    }
    const format = positionalFormat(cells, options);
    if (format) {
      const volume = cells.length > 5 ? 5 : -1;
      const columns = { time: 0, open: 1, high: 2, low: 3, close: 4, volume };
      const priceScale = scaleOf(format, options);
      const columnCount = cells.length;
      return { ...columns, format, delimiter, headerLines: index, columnCount, priceScale };
    }
  }
  throw new CandleFileError(
    `Cannot read ${quoteCell(options.fileName)}: it is ${shapeProblem(lines)}`,
  );
}

/** Cells of one line, without the quotes that some programs put around each. */
export function splitCells(line: string, delimiter: string): string[] {
  const cells = line.split(delimiter);
  if (!line.includes('"')) return cells;
  return cells.map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}

function shapeProblem(lines: string[]): string {
  const first = lines.find((line) => line.trim() !== "") ?? "";
  if (first === "") return "empty";
  return `not a CSV file of candles: ${quoteCell(first)} is neither a header that names ` +
    `time, open, high, low and close nor a row of them`;
}

function delimiterOf(line: string): string {
  return DELIMITERS.find((delimiter) => line.split(delimiter).length >= 5) ?? ",";
}

function scaleOf(format: CsvFormat, options: LayoutOptions): number {
  return format === "lean_scaled" ? 1e-4 : options.priceScale ?? 1;
}

function isBinanceHeader(cells: string[]): boolean {
  return cells[0] === "open_time" && cells.includes("taker_buy_volume");
}

function positionalFormat(cells: string[], options: LayoutOptions): CsvFormat | undefined {
  const [time = ""] = cells;
  const numbers = cells.length >= 5 &&
    cells.slice(1, 5).every((cell) => cell.trim() !== "" && !Number.isNaN(Number(cell)));
  if (!numbers) return undefined;
  const readable = !Number.isNaN(parseTimestamp(time, options.midnightMs));
  if (!readable && /^\d{1,8}$/.test(time)) {
    throw new CandleFileError(
      `Cannot read ${quoteCell(options.fileName)}: its times count milliseconds since midnight ` +
        `and its name has no date such as 20221213`,
    );
  }
  if (!readable) return undefined;
  if (options.format) return options.format;
  if (/^\d{8} \d{2}:\d{2}$/.test(time) || Number(time) < 86_400_000) return "lean";
  if (cells.length >= 11) return "binance";
  if (cells.length <= 6) return "plain";
  throw new CandleFileError(
    `Cannot read ${quoteCell(options.fileName)}: it has ${cells.length} columns and no header; ` +
      `name its format: ${CSV_FORMATS.join(", ")}`,
  );
}
