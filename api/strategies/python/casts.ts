/** Changes of a column's dtype, as pandas makes them on its way into an operation. */
import { type Range, refuse } from "./refusal.ts";
import { addKernel, columnOf, type Session } from "./session.ts";
import type { ColumnValue, Dtype } from "./values.ts";

export const DTYPE_NAMES: Readonly<Record<Dtype, string>> = {
  f64: "float64",
  i64: "int64",
  i32: "int32",
  bool: "bool",
  str: "str",
  time: "datetime64",
  object: "object",
};

const TO_F64: Partial<Record<Dtype, string>> = {
  i64: "f64_of_int",
  i32: "f64_of_i32",
  bool: "f64_of_bool",
};
const TO_I64: Partial<Record<Dtype, string>> = { i32: "int_of_i32", bool: "int_of_bool" };

export function toF64(session: Session, column: ColumnValue, at: Range): ColumnValue {
  if (column.dtype === "f64") return column;
  const kernel = TO_F64[column.dtype] ?? refuseDtype(column, "as numbers", at);
  return columnOf(addKernel(session, { kernel, inputs: [column], at }), "f64", column);
}

export function toI64(session: Session, column: ColumnValue, at: Range): ColumnValue {
  if (column.dtype === "i64") return column;
  const kernel = TO_I64[column.dtype] ?? refuseDtype(column, "as whole numbers", at);
  return columnOf(addKernel(session, { kernel, inputs: [column], at }), "i64", column);
}

export function refuseDtype(column: ColumnValue, use: string, at: Range): never {
  refuse(
    "unsupported_operand",
    at,
    `Cannot use a column of type ${DTYPE_NAMES[column.dtype]} ${use}`,
  );
}
