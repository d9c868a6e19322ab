/** The rows of a format that holds numbers, not text: numbered from 1, checked as a CSV's are. */

import type { CandleColumns } from "../candles/columns.ts";
import type { BadRowReason } from "./bad_rows.ts";
import type { CandleFileOptions, CandleFileReport, CandleFormat, ReadStep } from "./candle_file.ts";
import { CandleFileError, quoteCell } from "./candle_file_error.ts";
import { findGrid } from "./candle_grid.ts";
import { type CandleRow, CandleRows } from "./candle_rows.ts";
import { describeFileName } from "./file_name.ts";

/** Rows that decide the grid. */
const SAMPLE_ROWS = 1_000;

/** Rows checked between two turns of the event loop. */
const STRIDE_ROWS = 10_000;

type Waiting = { readonly row: CandleRow } | { readonly reason: BadRowReason };

/** Gathers rows into chunks; `drain` hands out the full ones. */
export class TableRows {
  readonly #options: CandleFileOptions;
  readonly #format: CandleFormat;
  readonly #chunks: CandleColumns[] = [];
  #waiting: Waiting[] = [];
  #started: { rows: CandleRows; report: Omit<CandleFileReport, "hasVolume" | Counted> } | undefined;
  #row = 0;

  constructor(options: CandleFileOptions, format: CandleFormat) {
    this.#options = options;
    this.#format = format;
  }

  /** Rows seen so far. */
  get count(): number {
    return this.#row + this.#waiting.length;
  }

  /** The row may be used again by the caller. */
  add(row: CandleRow): void {
    if (this.#started) return this.#started.rows.add(row, ++this.#row);
    this.#wait({ row: { ...row } });
  }

  reject(reason: BadRowReason): void {
    if (this.#started) return this.#started.rows.reject(++this.#row, reason);
    this.#wait({ reason });
  }

  /** Adds whole columns, and yields what filled in between. */
  *addColumns(
    { time, open, high, low, close, volume }: CandleColumns,
  ): Generator<ReadStep> {
    const row = { time: NaN, open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN };
    for (let at = 0; at < time.length; at++) {
      row.time = time[at] ?? NaN;
      row.open = open[at] ?? NaN;
      row.high = high[at] ?? NaN;
      row.low = low[at] ?? NaN;
      row.close = close[at] ?? NaN;
      row.volume = volume[at] ?? NaN;
      this.add(row);
      if (at % STRIDE_ROWS === STRIDE_ROWS - 1) yield { chunks: this.drain() };
    }
    yield { chunks: this.drain() };
  }

  /** The chunks that filled since the last call, in the order of the file. */
  drain(): CandleColumns[] {
    return this.#chunks.splice(0);
  }

  /** The last step. */
  end(hasVolume: boolean): ReadStep {
    const { rows, report } = this.#start();
    rows.end();
    const { accepted, duplicates, bad } = rows;
    return { chunks: this.drain(), report: { ...report, hasVolume, accepted, duplicates, bad } };
  }

  #wait(waiting: Waiting): void {
    this.#waiting.push(waiting);
    if (this.#waiting.length === SAMPLE_ROWS) this.#start();
  }

  #start() {
    if (this.#started) return this.#started;
    const { fileName } = this.#options;
    if (this.#waiting.length === 0) {
      throw new CandleFileError(`Cannot read ${quoteCell(fileName)}: it has no rows`);
    }
    const facts = describeFileName(fileName);
    const candleType = this.#options.candleType ?? facts.candleType ?? "spot";
    const timeframe = this.#options.timeframe ?? facts.timeframe;
    const times = this.#waiting.map((each) => "row" in each ? each.row.time : NaN)
      .filter((time) => !Number.isNaN(time));
    const grid = findGrid(times, fileName, { timeframe, candleType });
    const { offsetMs } = grid;
    const started = {
      rows: new CandleRows(grid, candleType, (chunk) => this.#chunks.push(chunk)),
      report: {
        ...{ format: this.#format, timeframe: grid.timeframe, candleType, offsetMs },
        descending: grid.direction < 0,
      },
    };
    this.#started = started;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const each of waiting) "row" in each ? this.add(each.row) : this.reject(each.reason);
    return started;
  }
}

type Counted = "accepted" | "duplicates" | "bad";
