/** Where an Arrow file's record batches keep the candle columns. */

import { Date as DateType } from "apache-arrow/fb/date";
import { DateUnit } from "apache-arrow/fb/date-unit";
import { Endianness } from "apache-arrow/fb/endianness";
import type { Field } from "apache-arrow/fb/field";
import { FloatingPoint } from "apache-arrow/fb/floating-point";
import { Int } from "apache-arrow/fb/int";
import { Precision } from "apache-arrow/fb/precision";
import type { Schema } from "apache-arrow/fb/schema";
import { TimeUnit as ArrowTimeUnit } from "apache-arrow/fb/time-unit";
import { Timestamp } from "apache-arrow/fb/timestamp";
import { Type } from "apache-arrow/fb/type";
import { CANDLE_COLUMNS, type CandleColumnName } from "../candles/columns.ts";
import { damagedArrow } from "./arrow_messages.ts";
import { CandleFileError, quoteCell } from "./candle_file_error.ts";
import type { NumberKind, TimeUnit } from "./number_columns.ts";
import { findTableColumns, type FoundColumn, type TableColumn } from "./table_columns.ts";

export interface ArrowColumn extends FoundColumn {
  /** Of the column's validity bitmap; its values follow. */
  readonly buffer: number;
}

export type ArrowColumns = Readonly<Partial<Record<CandleColumnName, ArrowColumn>>>;

const FIELDS_MAX = 1_000;

const TIME_UNITS: Readonly<Record<ArrowTimeUnit, TimeUnit>> = {
  [ArrowTimeUnit.SECOND]: "s",
  [ArrowTimeUnit.MILLISECOND]: "ms",
  [ArrowTimeUnit.MICROSECOND]: "us",
  [ArrowTimeUnit.NANOSECOND]: "ns",
};

/** How many buffers a column of a flat type has. */
const BUFFERS: Readonly<Partial<Record<Type, number>>> = {
  ...{ [Type.Null]: 0, [Type.Int]: 2, [Type.FloatingPoint]: 2, [Type.Bool]: 2, [Type.Decimal]: 2 },
  ...{ [Type.Date]: 2, [Type.Time]: 2, [Type.Timestamp]: 2, [Type.Interval]: 2 },
  ...{ [Type.Duration]: 2, [Type.FixedSizeBinary]: 2, [Type.Binary]: 3, [Type.Utf8]: 3 },
  ...{ [Type.LargeBinary]: 3, [Type.LargeUtf8]: 3 },
};

/** Throws a CandleFileError when the table has no candle columns or holds them beyond reach. */
export function readArrowSchema(schema: Schema, fileName: string): ArrowColumns {
  if (schema.endianness() !== Endianness.Little) {
    throw new CandleFileError(`Cannot read ${quoteCell(fileName)}: it is a big-endian Arrow file`);
  }
  const fields = listFields(schema, fileName);
  const found = findTableColumns(fields.map(describeField), fileName);
  const columns: Partial<Record<CandleColumnName, ArrowColumn>> = {};
  for (const name of CANDLE_COLUMNS) {
    const column = found[name];
    if (!column) continue;
    const before = fields.slice(0, column.index);
    const buffer = before.reduce((sum, field) => sum + buffersOf(field, fileName), 0);
    columns[name] = { ...column, buffer };
  }
  return columns;
}

function listFields(schema: Schema, fileName: string): Field[] {
  const count = schema.fieldsLength();
  if (count > FIELDS_MAX) {
    throw new CandleFileError(`Cannot read ${quoteCell(fileName)}: it has ${count} columns`);
  }
  return Array.from({ length: count }, (_, index) => {
    const field = schema.fields(index);
    if (!field) throw damagedArrow(fileName);
    return field;
  });
}

function describeField(field: Field): TableColumn {
  const type = Type[field.typeType()] ?? "of a later version";
  const isCoded = field.dictionary() !== null;
  return {
    name: field.name() ?? "",
    type: isCoded ? `Dictionary of ${type}` : type,
    ...(isCoded ? {} : numbersOf(field)),
  };
}

function numbersOf(field: Field): { kind?: NumberKind; unit?: TimeUnit } {
  switch (field.typeType()) {
    case Type.FloatingPoint: {
      const precision = field.type(new FloatingPoint())?.precision();
      if (precision === Precision.DOUBLE) return { kind: "f64" };
      return precision === Precision.SINGLE ? { kind: "f32" } : {};
    }
    case Type.Int: {
      const int: Int | null = field.type(new Int());
      const kinds = int?.isSigned() ? SIGNED : UNSIGNED;
      return { kind: kinds[int?.bitWidth() ?? 0] };
    }
    case Type.Timestamp: {
      const unit: ArrowTimeUnit = field.type(new Timestamp())?.unit();
      return { kind: "i64", unit: TIME_UNITS[unit] };
    }
    case Type.Date: {
      const unit = field.type(new DateType())?.unit();
      return unit === DateUnit.DAY ? { kind: "i32", unit: "day" } : { kind: "i64", unit: "ms" };
    }
    default:
      return {};
  }
}

const SIGNED: Readonly<Record<number, NumberKind>> = { 8: "i8", 16: "i16", 32: "i32", 64: "i64" };
const UNSIGNED: Readonly<Record<number, NumberKind>> = { 8: "u8", 16: "u16", 32: "u32", 64: "u64" };

function buffersOf(field: Field, fileName: string): number {
  const count = field.dictionary() === null ? BUFFERS[field.typeType()] : 2;
  if (count !== undefined) return count;
  throw new CandleFileError(
    `Cannot read ${quoteCell(fileName)}: its column ${quoteCell(field.name() ?? "")} of the type ` +
      `${quoteCell(Type[field.typeType()] ?? "unknown")} stands before the candles; leave it out`,
  );
}
