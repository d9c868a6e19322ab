/** The six candle columns of a table: where they stand and what numbers they hold. */

import { CANDLE_COLUMNS, type CandleColumnName } from "../candles/columns.ts";
import { CandleFileError, quoteCell } from "./candle_file_error.ts";
import { findColumns } from "./column_names.ts";
import type { NumberKind, TimeUnit } from "./number_columns.ts";

/** A column of the file, as its schema describes it. */
export interface TableColumn {
  readonly name: string;
  /** The type as the format calls it, for messages. */
  readonly type: string;
  /** Undefined for what holds no numbers. */
  readonly kind?: NumberKind;
  /** Of a time; plain numbers have none. */
  readonly unit?: TimeUnit;
}

export interface FoundColumn {
  /** Among the table's columns. */
  readonly index: number;
  readonly kind: NumberKind;
  readonly unit: TimeUnit;
}

export type FoundColumns = Readonly<Partial<Record<CandleColumnName, FoundColumn>>>;

/** Throws a CandleFileError when a column is missing or of a type that holds no such numbers. */
export function findTableColumns(columns: readonly TableColumn[], fileName: string): FoundColumns {
  const names = columns.map(({ name }) => name);
  const places = findColumns(names, fileName);
  if (!places) {
    throw new CandleFileError(
      `Cannot read ${quoteCell(fileName)}: its columns ${quoteCell(names.join(","))} are not ` +
        `time, open, high, low and close`,
    );
  }
  const found: Partial<Record<CandleColumnName, FoundColumn>> = {};
  for (const name of CANDLE_COLUMNS) {
    const column = columns[places[name]];
    if (column) found[name] = { index: places[name], ...numbersOf(column, name, fileName) };
  }
  return found;
}

function numbersOf(
  { name, type, kind, unit }: TableColumn,
  as: CandleColumnName,
  fileName: string,
) {
  // A price is no time, and a time of day or a fraction of a second no open.
  if (kind !== undefined && (as === "time" || unit === undefined)) {
    return { kind, unit: unit ?? "by_size" };
  }
  throw new CandleFileError(
    `Cannot read ${quoteCell(fileName)}: its column ${quoteCell(name)} has the type ` +
      `${quoteCell(type)}, expected ${as === "time" ? "times" : "numbers"}`,
  );
}
