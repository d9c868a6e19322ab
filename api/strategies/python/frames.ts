/** Reading and writing a dataframe's columns, with pandas' rules about dtypes. */
import { DTYPE_NAMES, toF64, toI64 } from "./casts.ts";
import { type Range, refuse } from "./refusal.ts";
import {
  addKernel,
  columnOf,
  graphOf,
  pin,
  raises,
  scalarOf,
  scalarType,
  type Session,
} from "./session.ts";
import {
  type ColumnValue,
  type FrameValue,
  isNumber,
  numberOf,
  typeName,
  type Value,
} from "./values.ts";

export function readColumn(frame: FrameValue, name: string, at: Range): ColumnValue {
  const column = frame.columns.get(name);
  // pandas makes a new series object at every read; names must not share one by accident.
  if (column !== undefined) return { ...column };
  refuse(
    "missing_column",
    at,
    `The dataframe has no column "${name}" here`,
    "Assign the column before it is read",
  );
}

/** `frame[name] = value` */
export function assignColumn(
  session: Session,
  frame: FrameValue,
  name: string,
  value: Value,
  at: Range,
): void {
  checkWritable(frame, at);
  session.budget.allocate(1, at);
  frame.columns.set(name, wholeColumn(session, frame, value, at));
}

function checkWritable(frame: FrameValue, at: Range): void {
  if (frame.writable) return;
  refuse("unsupported_statement", at, "Cannot write into a result dataframe", "Copy its columns");
}

/** A value as a whole column: another column, or one constant repeated. */
export function wholeColumn(
  session: Session,
  frame: FrameValue,
  value: Value,
  at: Range,
): ColumnValue {
  if (value.kind === "column") {
    if (value.series !== frame.series) {
      refuse(
        "unsupported_operand",
        at,
        "Cannot assign a column of another timeframe",
        "Use merge_informative_pair",
      );
    }
    return { ...value, array: false };
  }
  const series = frame.series;
  const make = (kernel: string, parameter: ReturnType<typeof scalarOf> | number) =>
    addKernel(session, { kernel, inputs: [], parameters: [parameter], series, at });
  if (value.kind === "str") {
    const code = graphOf(session, at).code(value.value);
    return columnOf(make("const_tag", code), "str", { series });
  }
  const type = scalarType(value);
  if (type === null) {
    refuse("unsupported_operand", at, `Cannot make a column of ${typeName(value)}`);
  }
  const flag = isFlag(value);
  const scalar = scalarOf(session, value, at);
  if (type === "float") return columnOf(make("const", scalar), "f64", { series, flag });
  if (type === "int") return columnOf(make("const_int", scalar), "i64", { series, flag });
  return columnOf(make("const_bool", scalar), "bool", { series });
}

function isFlag(value: Value): boolean {
  if (!isNumber(value)) return false;
  const known = numberOf(value);
  return known === 0 || known === 1 || Number.isNaN(known);
}

/** Which rows `.loc[rows, …]` names. */
export type RowKey =
  | { readonly kind: "mask"; readonly mask: ColumnValue }
  | { readonly kind: "none" }
  | { readonly kind: "all" };

export function rowKeyOf(frame: FrameValue, key: Value, at: Range): RowKey {
  if (key.kind === "column") {
    if (key.dtype === "bool" && key.series === frame.series) return { kind: "mask", mask: key };
    refuse(
      "unsupported_argument",
      at,
      `Cannot select rows with a column of type ${DTYPE_NAMES[key.dtype]}`,
      "Write a comparison that gives true or false for each candle",
    );
  }
  if ((key.kind === "tuple" || key.kind === "list") && key.items.length === 0) {
    return { kind: "none" };
  }
  if (
    key.kind === "slice" && key.start.kind === "none" && key.stop.kind === "none" &&
    key.step.kind === "none"
  ) return { kind: "all" };
  refuse(
    "unsupported_argument",
    at,
    `Cannot select rows with ${typeName(key)}`,
    "Use a mask, such as dataframe['rsi'] < 30",
  );
}

/** `frame.loc[rows, columns] = value` */
export function assignLocated(
  session: Session,
  frame: FrameValue,
  index: Value,
  value: Value,
  at: Range,
): void {
  checkWritable(frame, at);
  const [rows, columns, more] = index.kind === "tuple" ? index.items : [];
  if (rows === undefined || columns === undefined || more !== undefined) {
    refuse(
      "unsupported_statement",
      at,
      "Cannot assign to rows without naming the columns",
      "Write dataframe.loc[mask, 'column'] = value",
    );
  }
  const key = rowKeyOf(frame, rows, at);
  const names = columnNames(columns, at);
  const values = spread(names, columns.kind !== "str", value, at);
  for (const [i, name] of names.entries()) {
    const part = pinFloats(session, values[i] ?? value);
    session.budget.allocate(1, at);
    frame.columns.set(name, locatedColumn(session, frame, { name, key, value: part, at }));
  }
}

function columnNames(columns: Value, at: Range): string[] {
  const items = columns.kind === "list" || columns.kind === "tuple" ? columns.items : [columns];
  const names = items.map((item) =>
    item.kind === "str" ? item.value : refuse(
      "unsupported_argument",
      at,
      `Cannot use ${typeName(item)} as a column's name`,
    )
  );
  if (new Set(names).size < names.length) raises(at, "a column is named twice");
  return names;
}

function spread(names: readonly string[], many: boolean, value: Value, at: Range): Value[] {
  if (value.kind !== "tuple" && value.kind !== "list") return names.map(() => value);
  if (!many || value.items.length !== names.length) {
    raises(at, `${value.items.length} values for ${names.length} columns`);
  }
  return value.items;
}

/** Whether a float fits a column of whole numbers depends on its value. */
function pinFloats(session: Session, value: Value): Value {
  return scalarType(value) === "float" ? pin(session, value) : value;
}

interface Located {
  readonly name: string;
  readonly key: RowKey;
  readonly value: Value;
  readonly at: Range;
}

function locatedColumn(session: Session, frame: FrameValue, use: Located): ColumnValue {
  const { name, key, value, at } = use;
  const old = frame.columns.get(name);
  if (key.kind === "all" && value.kind === "none") {
    refuse("unsupported_operand", at, "Cannot assign None to every row", "Assign np.nan");
  }
  if (old === undefined && key.kind === "all") return wholeColumn(session, frame, value, at);
  if (old === undefined) return freshColumn(session, frame, key, value, at);
  if (key.kind === "none") return old;
  const mask = key.kind === "mask" ? key.mask : constantMask(session, frame, at);
  return value.kind === "column"
    ? overlayColumn(session, old, mask, value, at)
    : overlayScalar(session, old, mask, value, at);
}

function constantMask(session: Session, frame: FrameValue, at: Range): ColumnValue {
  return wholeColumn(session, frame, { kind: "bool", value: true }, at);
}

/** A column that did not exist: missing where the mask is false. */
function freshColumn(
  session: Session,
  frame: FrameValue,
  key: RowKey,
  value: Value,
  at: Range,
): ColumnValue {
  const missing = wholeColumn(session, frame, { kind: "float", value: NaN }, at);
  if (value.kind === "column") {
    if (key.kind !== "mask") {
      refuse("unsupported_operand", at, "Cannot assign a column to no rows");
    }
    if (value.dtype === "bool") {
      refuse("unsupported_operand", at, "Cannot assign true and false to some rows only");
    }
    return overlayColumn(session, missing, key.mask, value, at);
  }
  if (value.kind === "str") {
    const none = addKernel(session, {
      kernel: "const_tag",
      inputs: [],
      parameters: [-1],
      series: frame.series,
      at,
    });
    const tags = columnOf(none, "str", { series: frame.series });
    if (key.kind !== "mask") refuse("unsupported_operand", at, "Cannot assign text to no rows");
    return overlayScalar(session, tags, key.mask, value, at);
  }
  if (value.kind === "none") {
    refuse("unsupported_operand", at, "Cannot begin a column with None", "Assign np.nan");
  }
  const isBool = scalarType(value) === "bool";
  const start: ColumnValue = isBool ? { ...missing, dtype: "object" } : missing;
  if (key.kind !== "mask") {
    if (scalarType(value) === null || isBool) {
      refuse("unsupported_operand", at, `Cannot assign ${typeName(value)} to no rows`);
    }
    return start;
  }
  return overlayScalar(session, start, key.mask, value, at);
}

function overlayColumn(
  session: Session,
  old: ColumnValue,
  mask: ColumnValue,
  value: ColumnValue,
  at: Range,
): ColumnValue {
  const numeric = value.dtype === "f64" || value.dtype === "i64" || value.dtype === "i32";
  const make = (kernel: string, a: ColumnValue, b: ColumnValue) =>
    columnOf(addKernel(session, { kernel, inputs: [mask, a, b], at }), b.dtype, {
      series: old.series,
      flag: a.flag && b.flag,
    });
  if (old.dtype === "f64" && numeric) return make("where", toF64(session, value, at), old);
  if (old.dtype === "i64" && value.dtype === "i64") return make("where_int", value, old);
  if (old.dtype === "bool" && value.dtype === "bool") return make("where_bool", value, old);
  if (old.dtype === "str" && value.dtype === "str") return make("where_tag", value, old);
  refuse(
    "unsupported_operand",
    at,
    `Cannot assign values of type ${DTYPE_NAMES[value.dtype]} into a column of type ${
      DTYPE_NAMES[old.dtype]
    }`,
    "Convert with astype() first",
  );
}

function overlayScalar(
  session: Session,
  old: ColumnValue,
  mask: ColumnValue,
  value: Value,
  at: Range,
): ColumnValue {
  const flag = old.flag && isFlag(value);
  const make = (kernel: string, parameter: ReturnType<typeof scalarOf> | number, base = old) =>
    columnOf(
      addKernel(session, { kernel, inputs: [mask, base], parameters: [parameter], at }),
      base.dtype,
      { series: old.series, flag },
    );
  const type = scalarType(value);
  const isNan = value.kind === "float" && Number.isNaN(value.value);
  switch (old.dtype) {
    case "f64":
      if (value.kind === "none") return make("where_const", NaN);
      if (type === "int" || type === "float") {
        return make("where_const", scalarOf(session, value, at));
      }
      break;
    case "i64":
    case "i32":
      if (isNan) return make("where_const", NaN, toF64(session, old, at));
      if (type === "int" || (value.kind === "float" && Number.isInteger(value.value))) {
        return make("where_int_const", scalarOf(session, value, at), toI64(session, old, at));
      }
      break;
    case "bool":
      if (type === "bool") return make("where_bool_const", scalarOf(session, value, at));
      break;
    case "object":
      if (type === "bool" || isFlag(value)) {
        return make("where_const", scalarOf(session, value, at));
      }
      break;
    case "str":
      if (value.kind === "str") {
        return make("where_tag_const", graphOf(session, at).code(value.value));
      }
      if (value.kind === "none" || isNan) return make("where_tag_const", -1);
      break;
    case "time":
      break;
  }
  raises(
    at,
    `${typeName(value)} does not fit a column of type ${DTYPE_NAMES[old.dtype]}`,
    "Convert the column, or assign a value of its type",
  );
}
