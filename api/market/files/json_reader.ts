/** Candles as a JSON list of lists: `[[ms, open, high, low, close, volume], …]`. */

import { timestampOfNumber } from "../candles/timestamp.ts";
import type { CandleFileOptions, ReadStep } from "./candle_file.ts";
import { CandleFileError, quoteCell } from "./candle_file_error.ts";
import type { ByteReader } from "./byte_reader.ts";
import { TableRows } from "./table_rows.ts";
import { readText } from "./text_stream.ts";

/** No row is longer; a file without ends of rows must not fill the memory. */
const ROW_CHARS_MAX = 4 * 1024;

/** What follows the last row. */
const END = /^\s*\]\s*$/;

/** Parses whole rows as they arrive; the JSON text is never in memory as a whole. */
export async function* readJson(
  bytes: ByteReader,
  options: CandleFileOptions,
): AsyncGenerator<ReadStep> {
  const rows = new TableRows(options, "json");
  let text = "";
  let opened = false;
  let hasVolume = false;
  for await (const piece of readText(bytes)) {
    text += piece;
    if (!opened) {
      const start = /^\uFEFF?\s*\[/.exec(text);
      if (!start) continue;
      text = text.slice(start[0].length);
      opened = true;
    }
    const cut = text.lastIndexOf("],") + 1;
    const whole = parseRows(text.slice(0, cut), rows.count, options.fileName);
    for (const row of whole) hasVolume = addRow(rows, row) || hasVolume;
    // The comma after the last whole row goes with it.
    text = cut > 0 ? text.slice(cut + 1) : text;
    if (text.length > ROW_CHARS_MAX) throw damaged(rows.count, options.fileName);
    yield { chunks: rows.drain() };
  }
  const cut = text.lastIndexOf("]");
  const last = text.slice(0, Math.max(0, cut));
  if (!END.test(text.slice(cut)) || (last.trim() !== "" && !last.trimEnd().endsWith("]"))) {
    throw new CandleFileError(
      `Cannot read ${quoteCell(options.fileName)}: it ends inside row ${rows.count + 1}, as a ` +
        `cut-off upload does`,
    );
  }
  for (const row of parseRows(last, rows.count, options.fileName)) {
    hasVolume = addRow(rows, row) || hasVolume;
  }
  yield rows.end(hasVolume);
}

function parseRows(text: string, before: number, fileName: string): unknown[] {
  try {
    return JSON.parse(`[${text}]`);
  } catch (err) {
    if (!(err instanceof SyntaxError)) throw err;
    throw damaged(before, fileName, err);
  }
}

/** Whether the row has a volume. */
function addRow(rows: TableRows, row: unknown): boolean {
  if (!Array.isArray(row) || row.length < 5) {
    rows.reject("column_count");
    return false;
  }
  const [time, open, high, low, close, volume] = row.map(numberOf);
  rows.add({
    time: timestampOfNumber(time ?? NaN),
    open: open ?? NaN,
    high: high ?? NaN,
    low: low ?? NaN,
    close: close ?? NaN,
    volume: volume ?? NaN,
  });
  return row.length > 5;
}

/** Exchanges write prices as text, so as not to round them. */
function numberOf(cell: unknown): number {
  if (typeof cell === "number") return cell;
  return typeof cell === "string" && cell.trim() !== "" ? Number(cell) : NaN;
}

function damaged(before: number, fileName: string, cause?: unknown): CandleFileError {
  return new CandleFileError(
    `Cannot read ${quoteCell(fileName)}: what follows row ${before} is no list of ` +
      `[time, open, high, low, close, volume]`,
    { cause },
  );
}
