/** Finds the candle columns of a table by their names. */

import { CandleFileError, quoteCell } from "./candle_file_error.ts";

export interface NamedColumns {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** -1 when there is none. */
  readonly volume: number;
}

const TIME_NAMES = [
  ...["timestamp_ms", "open_time", "open time", "opentime", "timestamp", "unix", "datetime"],
  // pandas' own name of an index that has none.
  ...["date", "time", "gmt time", "local time", "__index_level_0__"],
];

/** What spreadsheets and data frames write above a column of row labels. */
const INDEX_NAMES = ["", "index", "unnamed: 0"];

/**
 * Undefined when these are no names of candle columns at all. Throws a CandleFileError when some
 * of them are and others are missing.
 */
export function findColumns(names: readonly string[], fileName: string): NamedColumns | undefined {
  const plain = names.map((name) => name.trim().toLowerCase().replace(/^<(.*)>$/, "$1"));
  const at = (name: string) => plain.indexOf(name);
  const prices = { open: at("open"), high: at("high"), low: at("low"), close: at("close") };
  const missing = Object.entries(prices).filter(([, index]) => index < 0).map(([name]) => name);
  if (missing.length > 2) return undefined;
  const byName = TIME_NAMES.map(at).find((index) => index >= 0);
  const time = byName ?? (INDEX_NAMES.includes(plain[0] ?? "?") ? 0 : -1);
  if (time < 0) missing.unshift("time");
  if (missing.length > 0) {
    throw new CandleFileError(
      `Cannot read ${quoteCell(fileName)}: its header ${quoteCell(names.join(","))} ` +
        `has no column for ${missing.join(", ")}`,
    );
  }
  const volume = plain.findIndex((name) => /^vol(ume)?\b|^volume/.test(name));
  return { time, ...prices, volume };
}
