/** What every reader of a candle file takes and tells, whatever the format. */

import type { CandleColumns, CandleType } from "../candles/columns.ts";
import type { BadRows } from "./bad_rows.ts";
import { CSV_FORMATS } from "./csv_layout.ts";

/**
 * The layouts of CSV, and the formats that are no text of lines: `json` is a list of lists as
 * freqtrade and exchanges write it, `feather` an Arrow IPC file, `parquet` says itself.
 */
export const CANDLE_FORMATS = [...CSV_FORMATS, "json", "feather", "parquet"] as const;

export type CandleFormat = typeof CANDLE_FORMATS[number];

/** What a series can be written as. */
export const EXPORT_FORMATS = ["csv", "feather"] as const;

export type ExportFormat = typeof EXPORT_FORMATS[number];

/** What the user says about a file; it beats what the file's name says. */
export interface CandleFileOptions {
  readonly fileName: string;
  readonly format?: CandleFormat;
  readonly timeframe?: string;
  readonly candleType?: CandleType;
}

/** A piece of work on a file. */
export interface ReadStep {
  /** What filled, often nothing: ascending inside, in the order of the file, 10,000 rows at most. */
  readonly chunks: readonly CandleColumns[];
  /** With the last step. */
  readonly report?: CandleFileReport;
}

export interface CandleFileReport {
  readonly format: CandleFormat;
  readonly timeframe: string;
  readonly candleType: CandleType;
  /** Of candle opens from whole steps since the epoch, milliseconds. */
  readonly offsetMs: number;
  /** Whether the newest chunk came first. */
  readonly descending: boolean;
  readonly hasVolume: boolean;
  readonly accepted: number;
  /** Rows that repeat the one before them exactly. */
  readonly duplicates: number;
  readonly bad: BadRows;
}
