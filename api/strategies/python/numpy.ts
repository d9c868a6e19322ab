/** The elementwise functions of numpy that strategies use. */
import { bindArguments } from "./arguments.ts";
import { toF64 } from "./casts.ts";
import { absolute } from "./column_methods.ts";
import { columnBinary, joined } from "./column_operators.ts";
import { wholeColumn } from "./frames.ts";
import { type Range, refuse } from "./refusal.ts";
import {
  addKernel,
  type CallArguments,
  columnOf,
  scalarOf,
  scalarType,
  type Session,
} from "./session.ts";
import {
  type ColumnValue,
  float,
  type FrameValue,
  isNumber,
  numberOf,
  typeName,
  type Value,
} from "./values.ts";

const UNARY = new Set(["sqrt", "exp", "log", "log10", "log2", "tanh", "floor", "ceil"]);

export function callNumpy(session: Session, name: string, args: CallArguments): Value {
  const { at } = args;
  switch (name) {
    case "where": {
      const bound = bindArguments("where", ["condition", "x", "y"], args);
      return where(session, bound.need("condition"), [bound.need("x"), bound.need("y")], at);
    }
    case "abs":
    case "absolute": {
      const x = bindArguments(name, ["x"], args).need("x");
      return x.kind === "column" ? absolute(session, x, at) : refuseNumpy(name, x, at);
    }
    case "maximum":
    case "minimum": {
      const bound = bindArguments(name, ["x1", "x2"], args);
      return extreme(session, name, bound.need("x1"), bound.need("x2"), at);
    }
    case "nan_to_num": {
      const x = bindArguments(name, ["x"], args).need("x");
      if (x.kind !== "column" || x.dtype !== "f64") return refuseNumpy(name, x, at);
      const parameters = [0, Number.MAX_VALUE, -Number.MAX_VALUE];
      const ref = addKernel(session, { kernel: "nan_to_num", inputs: [x], parameters, at });
      return columnOf(ref, "f64", { series: x.series, array: true });
    }
    case "isnan": {
      const x = bindArguments(name, ["x"], args).need("x");
      if (x.kind !== "column" || x.dtype !== "f64") return refuseNumpy(name, x, at);
      return columnOf(addKernel(session, { kernel: "isna", inputs: [x], at }), "bool", x);
    }
    case "logical_and":
    case "logical_or": {
      const bound = bindArguments(name, ["x1", "x2"], args);
      const operator = name === "logical_and" ? "&" : "|";
      return columnBinary(session, operator, bound.need("x1"), bound.need("x2"), at);
    }
  }
  if (!UNARY.has(name)) refuse("unsupported_call", at, `Cannot call numpy's "${name}"`);
  const x = bindArguments(name, ["x"], args).need("x");
  if (name === "sqrt" && isNumber(x)) return float(Math.sqrt(numberOf(x)));
  // Of truth values numpy makes half floats.
  if (x.kind !== "column" || x.dtype === "bool") return refuseNumpy(name, x, at);
  if ((name === "floor" || name === "ceil") && x.dtype !== "f64") {
    return x.dtype === "i64" ? { ...x } : refuseNumpy(name, x, at);
  }
  const inputs = [toF64(session, x, at)];
  return columnOf(addKernel(session, { kernel: name, inputs, at }), "f64", {
    series: x.series,
    array: x.array,
  });
}

function refuseNumpy(name: string, value: Value, at: Range): never {
  refuse("unsupported_argument", at, `Cannot call numpy's "${name}" on ${typeName(value)}`);
}

/** Both branches as columns of one type, chosen row by row; the answer is a numpy array. */
function where(
  session: Session,
  condition: Value,
  branches: readonly [Value, Value],
  at: Range,
): ColumnValue {
  if (condition.kind !== "column" || condition.dtype !== "bool") {
    return refuseNumpy("where", condition, at);
  }
  const like: FrameValue = {
    kind: "frame",
    columns: new Map(),
    series: condition.series,
    writable: false,
  };
  const [x, y] = branches.map((branch) => wholeColumn(session, like, branch, at));
  if (x === undefined || y === undefined) return refuseNumpy("where", condition, at);
  const make = (kernel: string, a: ColumnValue, b: ColumnValue): ColumnValue =>
    columnOf(addKernel(session, { kernel, inputs: [condition, a, b], at }), a.dtype, {
      series: condition.series,
      array: true,
      flag: a.flag && b.flag,
    });
  if (x.dtype === y.dtype) {
    const kernels = { i64: "where_int", bool: "where_bool", str: "where_tag", f64: "where" };
    const kernel = (kernels as Partial<Record<string, string>>)[x.dtype];
    if (kernel !== undefined) return make(kernel, x, y);
  }
  const numeric = (column: ColumnValue) => ["f64", "i64", "i32"].includes(column.dtype);
  if (!numeric(x) || !numeric(y)) return refuseNumpy("where", branches[numeric(x) ? 1 : 0], at);
  const asFloat = (column: ColumnValue) => ({ ...toF64(session, column, at), flag: column.flag });
  return make("where", asFloat(x), asFloat(y));
}

function extreme(
  session: Session,
  name: string,
  first: Value,
  second: Value,
  at: Range,
): ColumnValue {
  if (first.kind === "column" && second.kind === "column") {
    const inputs = [floatOnly(name, first, at), floatOnly(name, second, at)];
    return columnOf(addKernel(session, { kernel: name, inputs, at }), "f64", joined(first, second));
  }
  const [column, scalar] = first.kind === "column" ? [first, second] : [second, first];
  if (column.kind !== "column" || scalarType(scalar) === null) return refuseNumpy(name, scalar, at);
  const parameters = [scalarOf(session, scalar, at)];
  const inputs = [floatOnly(name, column, at)];
  return columnOf(addKernel(session, { kernel: `${name}_const`, inputs, parameters, at }), "f64", {
    series: column.series,
    array: column.array,
  });
}

function floatOnly(name: string, column: ColumnValue, at: Range): ColumnValue {
  return column.dtype === "f64" ? column : refuseNumpy(name, column, at);
}
