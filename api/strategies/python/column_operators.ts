/** Operators with a column on at least one side, lowered to kernels. */
import { DTYPE_NAMES, refuseDtype, toF64, toI64 } from "./casts.ts";
import { type Range, refuse } from "./refusal.ts";
import { addKernel, columnOf, graphOf, scalarOf, scalarType, type Session } from "./session.ts";
import type { BinaryOperator, CompareOperator, UnaryOperator } from "./syntax.ts";
import {
  type ColumnValue,
  type Dtype,
  isNumber,
  numberOf,
  typeName,
  type Value,
} from "./values.ts";

export function isColumnar(value: Value): boolean {
  return value.kind === "column" || value.kind === "frame";
}

export function columnUnary(
  session: Session,
  operator: UnaryOperator,
  value: Value,
  at: Range,
): ColumnValue {
  if (value.kind !== "column") return refuseOperands(operator, value, null, at);
  const apply = (kernel: string, dtype: Dtype) =>
    columnOf(addKernel(session, { kernel, inputs: [value], at }), dtype, {
      ...value,
      flag: false,
    });
  if (operator === "~" && value.dtype === "bool") return apply("not", "bool");
  if (operator === "-" && value.dtype === "f64") return apply("neg", "f64");
  if (operator === "-" && value.dtype === "i64") return apply("neg_int", "i64");
  if (operator === "+" && (value.dtype === "f64" || value.dtype === "i64")) return { ...value };
  return refuseDtype(value, `with "${operator}"`, at);
}

const ARITHMETIC: Partial<Record<BinaryOperator, string>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "//": "floordiv",
  "%": "mod",
  "**": "pow",
};
const LOGICAL: Partial<Record<BinaryOperator, string>> = { "&": "and", "|": "or", "^": "xor" };

export function columnBinary(
  session: Session,
  operator: BinaryOperator,
  left: Value,
  right: Value,
  at: Range,
): ColumnValue {
  const logical = LOGICAL[operator];
  if (logical !== undefined) return logicalOf(session, logical, left, right, at);
  const name = ARITHMETIC[operator];
  if (name === undefined) return refuseOperands(operator, left, right, at);
  const dtype = arithmeticDtype(operator, left, right, at);
  return dtype === "f64"
    ? floatArithmetic(session, name, left, right, at)
    : integerArithmetic(session, name, left, right, at);
}

/** What pandas computes in. Integers of 32 bits are widened; their products may not be. */
function arithmeticDtype(
  operator: BinaryOperator,
  left: Value,
  right: Value,
  at: Range,
): "f64" | "i64" {
  const kinds = [left, right].map((side) => sideType(side, operator, at));
  const columns = [left, right].filter((side) => side.kind === "column");
  if (kinds.every((kind) => kind === "bool")) refuseOperands(operator, left, right, at);
  if (columns.some((column) => column.dtype === "i32") && !kinds.includes("f64")) {
    const other = [left, right].find((side) => side.kind !== "column");
    const small = other === undefined ? operator !== "*" : isNumber(other) &&
      Math.abs(numberOf(other)) <= 100;
    if (!small) refuse("unsupported_operand", at, "Cannot prove that int32 does not overflow here");
  }
  if (kinds.includes("f64") || operator === "/") return "f64";
  if (operator === "**") {
    refuse(
      "unsupported_operand",
      at,
      'Cannot use "**" on whole numbers',
      "Convert with astype(float)",
    );
  }
  return "i64";
}

function sideType(side: Value, operator: string, at: Range): "f64" | "i64" | "bool" {
  if (side.kind === "column") {
    if (side.dtype === "f64" || side.dtype === "i64" || side.dtype === "bool") return side.dtype;
    if (side.dtype === "i32") return "i64";
    return refuseDtype(side, `with "${operator}"`, at);
  }
  switch (scalarType(side)) {
    case "float":
      return "f64";
    case "int":
      return "i64";
    case "bool":
      return "bool";
    case null:
      return refuseOperands(operator, side, null, at);
  }
}

function floatArithmetic(
  session: Session,
  name: string,
  left: Value,
  right: Value,
  at: Range,
): ColumnValue {
  if (left.kind === "column" && right.kind === "column") {
    const inputs = [toF64(session, left, at), toF64(session, right, at)];
    return columnOf(addKernel(session, { kernel: name, inputs, at }), "f64", joined(left, right));
  }
  const [column, scalar] = left.kind === "column" ? [left, right] : [right, left];
  if (column.kind !== "column") return refuseOperands(name, left, right, at);
  const commutes = name === "add" || name === "mul";
  const kernel = `${left.kind === "column" || commutes ? "" : "r"}${name}_const`;
  const inputs = [toF64(session, column, at)];
  const parameters = [scalarOf(session, scalar, at)];
  return columnOf(addKernel(session, { kernel, inputs, parameters, at }), "f64", plain(column));
}

function integerArithmetic(
  session: Session,
  name: string,
  left: Value,
  right: Value,
  at: Range,
): ColumnValue {
  if (left.kind === "column" && right.kind === "column") {
    if (name === "floordiv" || name === "mod") {
      refuse(
        "unsupported_operand",
        at,
        "Cannot divide whole numbers by a column of whole numbers",
        "Convert with astype(float)",
      );
    }
    const inputs = [toI64(session, left, at), toI64(session, right, at)];
    const kernel = `${name}_int`;
    return columnOf(addKernel(session, { kernel, inputs, at }), "i64", joined(left, right));
  }
  const [column, scalar] = left.kind === "column" ? [left, right] : [right, left];
  if (column.kind !== "column") return refuseOperands(name, left, right, at);
  const value = scalarOf(session, scalar, at);
  if (name === "floordiv" || name === "mod") {
    if (left.kind !== "column" || value.kind !== "const" || value.value === 0) {
      refuse("unsupported_operand", at, "Cannot divide whole numbers by this", "Use floats");
    }
  }
  const reversed = left.kind !== "column" && name === "sub" ? "r" : "";
  const kernel = `${reversed}${name}_int_const`;
  const inputs = [toI64(session, column, at)];
  return columnOf(
    addKernel(session, { kernel, inputs, parameters: [value], at }),
    "i64",
    plain(column),
  );
}

function logicalOf(
  session: Session,
  kernel: string,
  left: Value,
  right: Value,
  at: Range,
): ColumnValue {
  if (left.kind === "column" && right.kind === "column") {
    if (left.dtype === "bool" && right.dtype === "bool") {
      const ref = addKernel(session, { kernel, inputs: [left, right], at });
      return columnOf(ref, "bool", joined(left, right));
    }
    refuse(
      "unsupported_operand",
      at,
      `Cannot apply "${kernel}" to columns of type ${DTYPE_NAMES[left.dtype]} and ${
        DTYPE_NAMES[right.dtype]
      }`,
      "Compare them first, and put every comparison in parentheses",
    );
  }
  const [column, constant] = left.kind === "column" ? [left, right] : [right, left];
  if (column.kind === "column" && column.dtype === "bool" && constant.kind === "bool") {
    return withConstant(session, { kernel, column, constant: constant.value, at });
  }
  return refuseOperands(kernel, left, right, at);
}

function withConstant(
  session: Session,
  use: { kernel: string; column: ColumnValue; constant: boolean; at: Range },
): ColumnValue {
  const { kernel, column, constant, at } = use;
  const ref = graphOf(session, at).kernel({
    kernel: "const_bool",
    inputs: [],
    parameters: [{ kind: "const", value: Number(constant) }],
    series: column.series,
    span: session.lines.span(at),
  });
  const other = columnOf(ref, "bool", column);
  return columnOf(addKernel(session, { kernel, inputs: [column, other], at }), "bool", column);
}

const COMPARE: Partial<Record<CompareOperator, string>> = {
  "<": "lt",
  "<=": "le",
  ">": "gt",
  ">=": "ge",
  "==": "eq",
  "!=": "ne",
};
const MIRRORED: Readonly<Record<string, string>> = {
  lt: "gt",
  le: "ge",
  gt: "lt",
  ge: "le",
  eq: "eq",
  ne: "ne",
};

export function columnCompare(
  session: Session,
  operator: CompareOperator,
  left: Value,
  right: Value,
  at: Range,
): ColumnValue {
  const name = COMPARE[operator];
  if (name === undefined) return refuseOperands(operator, left, right, at);
  if (left.kind === "column" && right.kind === "column") {
    return compareColumns(session, name, left, right, at);
  }
  const [column, scalar] = left.kind === "column" ? [left, right] : [right, left];
  if (column.kind !== "column") return refuseOperands(operator, left, right, at);
  const kernel = left.kind === "column" ? name : MIRRORED[name] ?? name;
  return compareScalar(session, kernel, column, scalar, at);
}

function compareColumns(
  session: Session,
  name: string,
  left: ColumnValue,
  right: ColumnValue,
  at: Range,
): ColumnValue {
  const equality = name === "eq" || name === "ne";
  const compare = (suffix: string, inputs: readonly ColumnValue[]) =>
    columnOf(
      addKernel(session, { kernel: `${name}${suffix}`, inputs, at }),
      "bool",
      joined(left, right),
    );
  if (left.dtype === "bool" && right.dtype === "bool" && equality) {
    return compare("_bool", [left, right]);
  }
  const whole = (column: ColumnValue) => column.dtype === "i64" || column.dtype === "i32";
  if (whole(left) && whole(right)) {
    return compare("_int", [toI64(session, left, at), toI64(session, right, at)]);
  }
  const numeric = (column: ColumnValue) => column.dtype === "f64" || whole(column);
  if (!numeric(left) || !numeric(right)) return refuseOperands(name, left, right, at);
  return compare("", [toF64(session, left, at), toF64(session, right, at)]);
}

function compareScalar(
  session: Session,
  name: string,
  column: ColumnValue,
  scalar: Value,
  at: Range,
): ColumnValue {
  const compare = (suffix: string, input: ColumnValue, value: number | Value) =>
    columnOf(
      addKernel(session, {
        kernel: `${name}${suffix}_const`,
        inputs: [input],
        parameters: [typeof value === "number" ? value : scalarOf(session, value, at)],
        at,
      }),
      "bool",
      column,
    );
  if (column.dtype === "str" && scalar.kind === "str" && (name === "eq" || name === "ne")) {
    return compare("_tag", column, graphOf(session, at).code(scalar.value));
  }
  const type = scalarType(scalar);
  if (type === null) return refuseOperands(name, column, scalar, at);
  if (column.dtype === "f64") return compare("", column, scalar);
  if (column.dtype !== "i64" && column.dtype !== "i32" && column.dtype !== "bool") {
    return refuseDtype(column, "in a comparison with a number", at);
  }
  return type === "float"
    ? compare("", toF64(session, column, at), scalar)
    : compare("_int", toI64(session, column, at), scalar);
}

/** A result is a numpy array only when every column in it is one. */
export function joined(left: ColumnValue, right: ColumnValue) {
  return { series: left.series, array: left.array && right.array };
}

function plain(column: ColumnValue) {
  return { series: column.series, array: column.array };
}

function refuseOperands(operator: string, left: Value, right: Value | null, at: Range): never {
  refuse(
    "unsupported_operand",
    at,
    right === null
      ? `Cannot apply "${operator}" to ${typeName(left)}`
      : `Cannot apply "${operator}" to ${typeName(left)} and ${typeName(right)}`,
  );
}
