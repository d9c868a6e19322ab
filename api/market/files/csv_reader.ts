/** Reads a CSV file of candles piece by piece: text in, chunks of columns and a report out. */

import type { ByteReader } from "./byte_reader.ts";
import type { CandleFileOptions, CandleFileReport, ReadStep } from "./candle_file.ts";
import { CandleFileError, quoteCell } from "./candle_file_error.ts";
import { findGrid } from "./candle_grid.ts";
import { CandleRows } from "./candle_rows.ts";
import type { CandleColumns } from "../candles/columns.ts";
import { type CsvFormat, type CsvLayout, recogniseLayout, splitCells } from "./csv_layout.ts";
import { describeFileName } from "./file_name.ts";
import { parseTimestamp } from "../candles/timestamp.ts";
import { readText } from "./text_stream.ts";

export interface CsvReaderOptions extends CandleFileOptions {
  readonly format?: CsvFormat;
}

/** What is read before layout and grid are decided. */
const HEAD_CHARS = 64 * 1024;

/** No candle row is longer; a file without line ends must not fill the memory. */
const LINE_CHARS_MAX = 4 * 1024;

export async function* readCsv(
  bytes: ByteReader,
  options: CsvReaderOptions,
): AsyncGenerator<ReadStep> {
  const chunks: CandleColumns[] = [];
  const reader = new CsvReader(options, (chunk) => chunks.push(chunk));
  for await (const text of readText(bytes)) {
    reader.push(text);
    yield { chunks: chunks.splice(0) };
  }
  const report = reader.end();
  yield { chunks, report };
}

/**
 * Chunks go to `emit` as they fill: ascending inside, and in the order of the file (see
 * `descending`). Throws a CandleFileError for a file that is no candle file or ends inside a line.
 */
export class CsvReader {
  readonly #options: CsvReaderOptions;
  readonly #emit: (chunk: CandleColumns) => void;
  readonly #cells = { time: NaN, open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN };
  #text = "";
  #line = 0;
  #started: Started | undefined;

  constructor(options: CsvReaderOptions, emit: (chunk: CandleColumns) => void) {
    this.#options = options;
    this.#emit = emit;
  }

  push(text: string): void {
    this.#text = this.#text === "" ? text : this.#text + text;
    if (!this.#started && this.#text.length < HEAD_CHARS) return;
    this.#start();
    this.#readLines();
    if (this.#text.length > LINE_CHARS_MAX) {
      throw new CandleFileError(
        `Cannot read ${quoteCell(this.#options.fileName)}: line ${this.#line + 1} is longer than ` +
          `${LINE_CHARS_MAX} characters`,
      );
    }
  }

  end(): CandleFileReport {
    const { layout, rows, report } = this.#start();
    this.#readLines();
    const rest = this.#text.replace(/\r$/, "");
    if (rest.trim() !== "") {
      if (splitCells(rest, layout.delimiter).length < layout.columnCount) {
        throw new CandleFileError(
          `Cannot read ${quoteCell(this.#options.fileName)}: it ends inside line ` +
            `${this.#line + 1}, as a cut-off upload does`,
        );
      }
      this.#readLine(rest);
    }
    rows.end();
    return { ...report, accepted: rows.accepted, duplicates: rows.duplicates, bad: rows.bad };
  }

  #start(): Started {
    if (this.#started) return this.#started;
    this.#text = this.#text.replace(/^\uFEFF/, "");
    const facts = describeFileName(this.#options.fileName);
    const { midnightMs = NaN } = facts;
    const layout = recogniseLayout(this.#text, { ...facts, ...this.#options });
    const candleType = this.#options.candleType ?? facts.candleType ?? "spot";
    const timeframe = this.#options.timeframe ?? facts.timeframe;
    const times = sampleTimes(this.#text, layout, midnightMs);
    const grid = findGrid(times, this.#options.fileName, { timeframe, candleType });
    this.#started = {
      layout,
      midnightMs,
      rows: new CandleRows(grid, candleType, this.#emit),
      report: {
        format: layout.format,
        timeframe: grid.timeframe,
        candleType,
        offsetMs: grid.offsetMs,
        descending: grid.direction < 0,
        hasVolume: layout.volume >= 0,
      },
    };
    return this.#started;
  }

  /** Reads the whole lines of the text at hand and keeps what follows the last line end. */
  #readLines(): void {
    const text = this.#text;
    let from = 0;
    for (let to = text.indexOf("\n"); to >= 0; to = text.indexOf("\n", from)) {
      const end = to > from && text.charCodeAt(to - 1) === 13 ? to - 1 : to;
      this.#readLine(text.slice(from, end));
      from = to + 1;
    }
    this.#text = text.slice(from);
  }

  #readLine(text: string): void {
    const { layout, rows, midnightMs } = this.#start();
    const line = ++this.#line;
    if (line <= layout.headerLines || text === "") return;
    const cells = splitCells(text, layout.delimiter);
    if (cells.length !== layout.columnCount) return rows.reject(line, "column_count");
    const row = this.#cells;
    row.time = parseTimestamp(cells[layout.time] ?? "", midnightMs);
    row.open = price(cells[layout.open], layout);
    row.high = price(cells[layout.high], layout);
    row.low = price(cells[layout.low], layout);
    row.close = price(cells[layout.close], layout);
    row.volume = layout.volume < 0 ? NaN : numberOf(cells[layout.volume]);
    rows.add(row, line);
  }
}

/** What the head of the file decided. */
interface Started {
  readonly layout: CsvLayout;
  readonly rows: CandleRows;
  readonly midnightMs: number;
  readonly report: Omit<CandleFileReport, "accepted" | "duplicates" | "bad">;
}

function price(cell: string | undefined, layout: CsvLayout): number {
  const number = numberOf(cell);
  // Dividing by 10,000 rounds to the nearest double of the decimal; multiplying would not.
  return layout.priceScale === 1 ? number : number / (1 / layout.priceScale);
}

function numberOf(cell: string | undefined): number {
  return cell === undefined || cell === "" || cell === " " ? NaN : +cell;
}

function sampleTimes(head: string, layout: CsvLayout, midnightMs: number): number[] {
  const lines = head.split("\n");
  // The last may be cut off.
  if (lines.length > 1) lines.pop();
  return lines.slice(layout.headerLines)
    .map((line) => splitCells(line.replace(/\r$/, ""), layout.delimiter))
    .filter((cells) => cells.length === layout.columnCount)
    .map((cells) => parseTimestamp(cells[layout.time] ?? "", midnightMs))
    .filter((time) => !Number.isNaN(time));
}
