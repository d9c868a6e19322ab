/** Methods of pandas series, dataframes and rolling windows. */
import { bindArguments } from "./arguments.ts";
import { toF64, toI64 } from "./casts.ts";
import { columnBinary, columnCompare } from "./column_operators.ts";
import { type Range, refuse } from "./refusal.ts";
import {
  addKernel,
  type CallArguments,
  columnOf,
  needConstant,
  needInt,
  pin,
  raises,
  scalarOf,
  scalarType,
  type Session,
} from "./session.ts";
import type { BinaryOperator, CompareOperator } from "./syntax.ts";
import {
  type ColumnValue,
  type Dtype,
  type FrameValue,
  int,
  isNumber,
  numberOf,
  typeName,
  type Value,
  type WindowValue,
} from "./values.ts";

const COMPARISONS: Readonly<Record<string, CompareOperator>> = {
  gt: ">",
  ge: ">=",
  lt: "<",
  le: "<=",
  eq: "==",
  ne: "!=",
};
const ARITHMETIC: Readonly<Record<string, BinaryOperator>> = {
  add: "+",
  sub: "-",
  mul: "*",
  div: "/",
  truediv: "/",
  pow: "**",
};

type Method = (session: Session, self: ColumnValue, args: CallArguments) => Value;

const METHODS: Readonly<Record<string, Method>> = {
  shift,
  rolling,
  fillna,
  astype,
  clip,
  between,
  abs: (session, self, args) => {
    bindArguments("abs", [], args);
    return absolute(session, self, args.at);
  },
  copy: (_session, self, args) => {
    bindArguments("copy", ["deep"], args);
    return { ...self };
  },
  // Only a series of one row would become a number.
  squeeze: (_session, self, args) => {
    bindArguments("squeeze", [], args);
    return { ...self };
  },
  to_numpy: (_session, self, args) => {
    bindArguments("to_numpy", [], args);
    return { ...self, array: true };
  },
  ffill: floatMethod("ffill", "f64"),
  bfill: floatMethod("bfill", "f64"),
  isna: floatMethod("isna", "bool"),
  isnull: floatMethod("isna", "bool"),
  notna: floatMethod("notna", "bool"),
  notnull: floatMethod("notna", "bool"),
  diff: countMethod("diff", "periods", 1),
  pct_change: countMethod("pct_change", "periods", 1),
  round: countMethod("round", "decimals", 0),
};

export function columnMethod(
  session: Session,
  self: ColumnValue,
  name: string,
  args: CallArguments,
): Value {
  const { at } = args;
  const comparison = COMPARISONS[name];
  const arithmetic = ARITHMETIC[name];
  if (comparison !== undefined || arithmetic !== undefined) {
    const other = bindArguments(name, ["other"], args).need("other");
    return comparison === undefined
      ? columnBinary(session, arithmetic ?? "+", self, other, at)
      : columnCompare(session, comparison, self, other, at);
  }
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (method !== undefined) return method(session, self, args);
  refuse("unsupported_method", at, `Cannot call "${name}" on a column`, methodHint(name));
}

/** A method without arguments on floats. */
function floatMethod(kernel: string, dtype: Dtype): Method {
  return (session, self, args) => {
    bindArguments(kernel, [], args);
    return apply(session, kernel, floatOnly(self, kernel, args.at), dtype, args.at);
  };
}

/** A method on floats with one whole number. */
function countMethod(kernel: string, parameter: string, standard: number): Method {
  return (session, self, args) => {
    const { at } = args;
    const count = bindArguments(kernel, [parameter], args).get(parameter) ?? int(standard);
    const inputs = [floatOnly(self, kernel, at)];
    const parameters = [needInt(session, count, at)];
    return columnOf(addKernel(session, { kernel, inputs, parameters, at }), "f64", plain(self));
  };
}

function methodHint(name: string): string {
  if (["max", "min", "mean", "std", "sum", "median"].includes(name)) {
    return `A statistic of the whole column looks ahead; use rolling(window).${name}()`;
  }
  if (name === "apply" || name === "map") return "Write the rule with column operations";
  return "";
}

function plain(column: ColumnValue) {
  return { series: column.series, array: column.array };
}

function apply(
  session: Session,
  kernel: string,
  input: ColumnValue,
  dtype: Dtype,
  at: Range,
): ColumnValue {
  return columnOf(addKernel(session, { kernel, inputs: [input], at }), dtype, plain(input));
}

function floatOnly(column: ColumnValue, name: string, at: Range): ColumnValue {
  if (column.dtype === "f64") return column;
  refuse(
    "unsupported_method",
    at,
    `Cannot call "${name}" on a column of type ${column.dtype}`,
    "Convert with astype(float) first",
  );
}

export function absolute(session: Session, self: ColumnValue, at: Range): ColumnValue {
  if (self.dtype === "i64" || self.dtype === "i32") {
    return apply(session, "abs_int", toI64(session, self, at), "i64", at);
  }
  return apply(session, "abs", floatOnly(self, "abs", at), "f64", at);
}

function shift(session: Session, self: ColumnValue, args: CallArguments): ColumnValue {
  const { at } = args;
  const bound = bindArguments("shift", ["periods", "freq", "axis", "fill_value"], args);
  if (bound.get("freq") !== undefined || bound.get("axis") !== undefined) {
    refuse("unsupported_argument", at, 'Cannot use "freq" or "axis" of shift');
  }
  // `freq` stands second in pandas too, so that shift(1, 0) is no fill value.
  const periods = bound.get("periods") ?? int(1);
  if (scalarType(periods) !== "int") raises(at, "shift needs a whole number");
  // A slot's sign could turn a causal node into one that looks ahead, so the count is fixed.
  const count = needInt(session, periods, at);
  const fill = bound.get("fill_value");
  const use = (kernel: string, input: ColumnValue, dtype: Dtype, ...rest: number[]) =>
    columnOf(
      addKernel(session, { kernel, inputs: [input], parameters: [count, ...rest], at }),
      dtype,
      plain(self),
    );
  if (fill !== undefined) return shiftFilled(session, self, { fill, use, at });
  switch (self.dtype) {
    case "f64":
      return { ...use("shift", self, "f64"), flag: self.flag };
    case "i64":
    case "i32":
      return { ...use("shift", toF64(session, self, at), "f64"), flag: self.flag };
    case "bool":
      return { ...use("shift", toF64(session, self, at), "object"), flag: true };
    case "object":
      return { ...use("shift", self, "object"), flag: true };
    case "str":
      return use("shift_tag", self, "str");
    case "time":
      refuse("unsupported_method", at, "Cannot shift dates");
  }
}

interface Fill {
  readonly fill: Value;
  readonly at: Range;
  use(kernel: string, input: ColumnValue, dtype: Dtype, ...rest: number[]): ColumnValue;
}

function shiftFilled(session: Session, self: ColumnValue, { fill, use, at }: Fill): ColumnValue {
  const known = needConstant(session, fill, at);
  if (self.dtype === "bool" && known.kind === "bool") {
    return use("shift_bool_fill", self, "bool", Number(known.value));
  }
  if (self.dtype === "f64" && (known.kind === "int" || known.kind === "float")) {
    return use("shift_fill", self, "f64", known.value);
  }
  if (self.dtype === "i64" && known.kind === "int") {
    return use("shift_int_fill", self, "i64", known.value);
  }
  refuse("unsupported_argument", at, `Cannot fill with ${typeName(fill)}`);
}

function fillna(session: Session, self: ColumnValue, args: CallArguments): ColumnValue {
  const { at } = args;
  const value = bindArguments("fillna", ["value"], args).need("value");
  const input = floatOnly(self, "fillna", at);
  if (value.kind === "column") {
    const inputs = [input, floatOnly(value, "fillna", at)];
    return columnOf(addKernel(session, { kernel: "fillna", inputs, at }), "f64", plain(self));
  }
  const type = scalarType(value);
  if (type !== "int" && type !== "float") {
    refuse("unsupported_argument", at, `Cannot fill with ${typeName(value)}`);
  }
  const parameters = [scalarOf(session, value, at)];
  return columnOf(
    addKernel(session, { kernel: "fillna_const", inputs: [input], parameters, at }),
    "f64",
    plain(self),
  );
}

const INT_NAMES = new Set(["builtins.int", "int", "int64", "numpy.int64"]);
const FLOAT_NAMES = new Set(["builtins.float", "float", "float64", "numpy.float64"]);

function astype(session: Session, self: ColumnValue, args: CallArguments): ColumnValue {
  const { at } = args;
  const type = bindArguments("astype", ["dtype"], args).need("dtype");
  const name = type.kind === "external" ? type.path : type.kind === "str" ? type.value : "";
  if (FLOAT_NAMES.has(name)) return { ...toF64(session, self, at), flag: self.flag };
  // NaN has no whole number: pandas raises for it, so a float column is not taken.
  if (INT_NAMES.has(name) && self.dtype !== "f64") {
    return { ...toI64(session, self, at), flag: self.flag };
  }
  if ((name === "builtins.bool" || name === "bool") && self.dtype === "bool") return { ...self };
  refuse(
    "unsupported_argument",
    at,
    `Cannot convert a column of type ${self.dtype} with astype here`,
    "Compare it instead, such as dataframe['x'] > 0",
  );
}

/** pandas takes two bounds in either order. */
function clip(session: Session, self: ColumnValue, args: CallArguments): ColumnValue {
  const { at } = args;
  const bound = bindArguments("clip", ["lower", "upper"], args);
  const given = ["lower", "upper"].map((name) => {
    const value = bound.get(name);
    return value === undefined || value.kind === "none" ? null : value;
  });
  const [lower, upper] = given.every((value) => value !== null)
    ? given.flatMap((value) => value === null ? [] : [boundNumber(session, value, at)])
      .toSorted((x, y) => x - y)
    : given.map((value) => value === null ? NaN : scalarOf(session, value, at));
  const inputs = [floatOnly(self, "clip", at)];
  const parameters = [lower ?? NaN, upper ?? NaN];
  return columnOf(
    addKernel(session, { kernel: "clip", inputs, parameters, at }),
    "f64",
    plain(self),
  );
}

function boundNumber(session: Session, value: Value, at: Range): number {
  const known = needConstant(session, value, at);
  if (isNumber(known) && !Number.isNaN(numberOf(known))) return numberOf(known);
  refuse("unsupported_argument", at, `Cannot clip to ${typeName(value)}`);
}

function between(session: Session, self: ColumnValue, args: CallArguments): ColumnValue {
  const { at } = args;
  const bound = bindArguments("between", ["left", "right"], args);
  const above = columnCompare(session, ">=", self, bound.need("left"), at);
  const below = columnCompare(session, "<=", self, bound.need("right"), at);
  return columnBinary(session, "&", above, below, at);
}

function rolling(session: Session, self: ColumnValue, args: CallArguments): WindowValue {
  const { at } = args;
  const bound = bindArguments("rolling", ["window", "min_periods", "center"], args);
  const least = bound.get("min_periods");
  const counted = least !== undefined && least.kind !== "none";
  // Whether the minimum fits depends on the window's value.
  const window = counted ? pin(session, bound.need("window")) : bound.need("window");
  if (scalarType(window) !== "int") raises(at, "the window must be a whole number");
  const center = bound.get("center");
  if (center !== undefined && !(center.kind === "bool" && !center.value)) {
    refuse(
      "unsupported_argument",
      at,
      "Cannot centre a window: it looks ahead by half its length",
      "Remove center",
    );
  }
  const minPeriods = counted ? needInt(session, least, at) : -1;
  if (window.kind === "int" && minPeriods > window.value) {
    raises(at, "min_periods is larger than the window");
  }
  return { kind: "window", column: self, window, minPeriods };
}

export function windowMethod(
  session: Session,
  self: WindowValue,
  name: string,
  args: CallArguments,
): ColumnValue {
  const { at } = args;
  const kinds = ["mean", "sum", "min", "max", "std", "var", "count"];
  if (!kinds.includes(name)) {
    refuse("unsupported_method", at, `Cannot call "${name}" on a rolling window`);
  }
  const spread = name === "std" || name === "var";
  const bound = bindArguments(name, spread ? ["ddof"] : [], args);
  const ddof = spread ? [needInt(session, bound.get("ddof") ?? int(1), at)] : [];
  if (self.minPeriods === 0) {
    refuse("unsupported_argument", at, "Cannot use min_periods=0");
  }
  const window = scalarOf(session, self.window, at);
  // Counting asks for whole windows unless told otherwise, where its kernel takes 0 for none.
  const unset = name === "count" ? window : 0;
  const least = self.minPeriods < 0 ? unset : self.minPeriods;
  return columnOf(
    addKernel(session, {
      kernel: `rolling_${name}`,
      inputs: [toF64(session, self.column, at)],
      parameters: [window, least, ...ddof],
      at,
    }),
    "f64",
    { series: self.column.series },
  );
}

/** Methods of a dataframe that leave its rows alone. */
export function frameMethod(
  session: Session,
  self: FrameValue,
  name: string,
  args: CallArguments,
): Value {
  const { at } = args;
  switch (name) {
    case "copy":
      bindArguments("copy", ["deep"], args);
      session.budget.allocate(self.columns.size, at);
      return { ...self, columns: new Map(self.columns), writable: true };
    case "get": {
      const bound = bindArguments("get", ["key", "default"], args);
      const key = needConstant(session, bound.need("key"), at);
      if (key.kind !== "str") break;
      return self.columns.get(key.value) ?? bound.get("default") ?? { kind: "none" };
    }
  }
  refuse("unsupported_method", at, `Cannot call "${name}" on a dataframe`);
}
