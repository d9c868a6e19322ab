/** Comparisons, logic, choosing and casts, row by row. */
import type { KernelRow } from "../kernel.ts";
import { kernelRow, of, real, type RowSpec } from "./row.ts";

const F64 = of("f64", "a");
const F64_PAIR = of("f64", "a", "b");
const INT = of("int", "a");
const INT_PAIR = of("int", "a", "b");
const BOOL = of("bool", "a");
const BOOL_PAIR = of("bool", "a", "b");
const TAG = of("tag", "a");
const CONDITION = of("bool", "condition");
const VALUE = [real("value", 0)];
const COMPARISON = "Comparison";
const LOGIC = "Logic";
const CHOICE = "Choice";
const CAST = "Cast";

function column(name: string, spec: RowSpec): KernelRow {
  return kernelRow("column", name, spec);
}

export const COLUMN_LOGIC: readonly KernelRow[] = [
  column("lt", {
    group: COMPARISON,
    inputs: F64_PAIR,
    outputs: of("bool", "out"),
    summary: "a < b",
  }),
  column("lt_const", {
    group: COMPARISON,
    inputs: F64,
    outputs: of("bool", "out"),
    parameters: VALUE,
    summary: "a < value",
  }),
  column("lt_int", {
    group: COMPARISON,
    inputs: INT_PAIR,
    outputs: of("bool", "out"),
    summary: "a < b of whole numbers",
  }),
  column("lt_int_const", {
    group: COMPARISON,
    inputs: INT,
    outputs: of("bool", "out"),
    parameters: VALUE,
    summary: "a < value of whole numbers",
  }),
  column("le", {
    group: COMPARISON,
    inputs: F64_PAIR,
    outputs: of("bool", "out"),
    summary: "a <= b",
  }),
  column("le_const", {
    group: COMPARISON,
    inputs: F64,
    outputs: of("bool", "out"),
    parameters: VALUE,
    summary: "a <= value",
  }),
  column("le_int", {
    group: COMPARISON,
    inputs: INT_PAIR,
    outputs: of("bool", "out"),
    summary: "a <= b of whole numbers",
  }),
  column("le_int_const", {
    group: COMPARISON,
    inputs: INT,
    outputs: of("bool", "out"),
    parameters: VALUE,
    summary: "a <= value of whole numbers",
  }),
  column("gt", {
    group: COMPARISON,
    inputs: F64_PAIR,
    outputs: of("bool", "out"),
    summary: "a > b",
  }),
  column("gt_const", {
    group: COMPARISON,
    inputs: F64,
    outputs: of("bool", "out"),
    parameters: VALUE,
    summary: "a > value",
  }),
  column("gt_int", {
    group: COMPARISON,
    inputs: INT_PAIR,
    outputs: of("bool", "out"),
    summary: "a > b of whole numbers",
  }),
  column("gt_int_const", {
    group: COMPARISON,
    inputs: INT,
    outputs: of("bool", "out"),
    parameters: VALUE,
    summary: "a > value of whole numbers",
  }),
  column("ge", {
    group: COMPARISON,
    inputs: F64_PAIR,
    outputs: of("bool", "out"),
    summary: "a >= b",
  }),
  column("ge_const", {
    group: COMPARISON,
    inputs: F64,
    outputs: of("bool", "out"),
    parameters: VALUE,
    summary: "a >= value",
  }),
  column("ge_int", {
    group: COMPARISON,
    inputs: INT_PAIR,
    outputs: of("bool", "out"),
    summary: "a >= b of whole numbers",
  }),
  column("ge_int_const", {
    group: COMPARISON,
    inputs: INT,
    outputs: of("bool", "out"),
    parameters: VALUE,
    summary: "a >= value of whole numbers",
  }),
  column("eq", {
    group: COMPARISON,
    inputs: F64_PAIR,
    outputs: of("bool", "out"),
    summary: "a == b",
  }),
  column("eq_const", {
    group: COMPARISON,
    inputs: F64,
    outputs: of("bool", "out"),
    parameters: VALUE,
    summary: "a == value",
  }),
  column("eq_int", {
    group: COMPARISON,
    inputs: INT_PAIR,
    outputs: of("bool", "out"),
    summary: "a == b of whole numbers",
  }),
  column("eq_int_const", {
    group: COMPARISON,
    inputs: INT,
    outputs: of("bool", "out"),
    parameters: VALUE,
    summary: "a == value of whole numbers",
  }),
  column("ne", {
    group: COMPARISON,
    inputs: F64_PAIR,
    outputs: of("bool", "out"),
    summary: "a != b",
  }),
  column("ne_const", {
    group: COMPARISON,
    inputs: F64,
    outputs: of("bool", "out"),
    parameters: VALUE,
    summary: "a != value",
  }),
  column("ne_int", {
    group: COMPARISON,
    inputs: INT_PAIR,
    outputs: of("bool", "out"),
    summary: "a != b of whole numbers",
  }),
  column("ne_int_const", {
    group: COMPARISON,
    inputs: INT,
    outputs: of("bool", "out"),
    parameters: VALUE,
    summary: "a != value of whole numbers",
  }),
  column("eq_bool", {
    group: COMPARISON,
    inputs: BOOL_PAIR,
    outputs: of("bool", "out"),
    summary: "a == b",
  }),
  column("ne_bool", {
    group: COMPARISON,
    inputs: BOOL_PAIR,
    outputs: of("bool", "out"),
    summary: "a != b",
  }),
  column("eq_tag_const", {
    group: COMPARISON,
    inputs: TAG,
    outputs: of("bool", "out"),
    parameters: VALUE,
    summary: "The tag is that of code value",
  }),
  column("ne_tag_const", {
    group: COMPARISON,
    inputs: TAG,
    outputs: of("bool", "out"),
    parameters: VALUE,
    summary: "The tag is not that of code value",
  }),
  column("isna", {
    group: COMPARISON,
    inputs: F64,
    outputs: of("bool", "out"),
    summary: "a is missing",
  }),
  column("notna", {
    group: COMPARISON,
    inputs: F64,
    outputs: of("bool", "out"),
    summary: "a is not missing",
  }),
  column("isinf", {
    group: COMPARISON,
    inputs: F64,
    outputs: of("bool", "out"),
    summary: "a is infinite",
  }),
  column("isfinite", {
    group: COMPARISON,
    inputs: F64,
    outputs: of("bool", "out"),
    summary: "a is a finite number",
  }),
  column("and", {
    group: LOGIC,
    inputs: BOOL_PAIR,
    outputs: of("bool", "out"),
    summary: "a and b",
  }),
  column("or", { group: LOGIC, inputs: BOOL_PAIR, outputs: of("bool", "out"), summary: "a or b" }),
  column("xor", {
    group: LOGIC,
    inputs: BOOL_PAIR,
    outputs: of("bool", "out"),
    summary: "a xor b",
  }),
  column("not", { group: LOGIC, inputs: BOOL, outputs: of("bool", "out"), summary: "Not a" }),
  column("where", {
    group: CHOICE,
    inputs: [...CONDITION, ...of("f64", "a", "b")],
    outputs: of("f64", "out"),
    summary: "a where the condition holds, else b",
  }),
  column("where_const", {
    group: CHOICE,
    inputs: [...CONDITION, ...of("f64", "a")],
    outputs: of("f64", "out"),
    parameters: VALUE,
    summary: "value where the condition holds, else a",
  }),
  column("const", {
    group: CHOICE,
    inputs: [],
    outputs: of("f64", "out"),
    parameters: VALUE,
    summary: "value in every row",
  }),
  column("where_int", {
    group: CHOICE,
    inputs: [...CONDITION, ...of("int", "a", "b")],
    outputs: of("int", "out"),
    summary: "a where the condition holds, else b",
  }),
  column("where_int_const", {
    group: CHOICE,
    inputs: [...CONDITION, ...of("int", "a")],
    outputs: of("int", "out"),
    parameters: VALUE,
    summary: "value where the condition holds, else a",
  }),
  column("const_int", {
    group: CHOICE,
    inputs: [],
    outputs: of("int", "out"),
    parameters: VALUE,
    summary: "value in every row",
  }),
  column("where_bool", {
    group: CHOICE,
    inputs: [...CONDITION, ...of("bool", "a", "b")],
    outputs: of("bool", "out"),
    summary: "a where the condition holds, else b",
  }),
  column("where_bool_const", {
    group: CHOICE,
    inputs: [...CONDITION, ...of("bool", "a")],
    outputs: of("bool", "out"),
    parameters: VALUE,
    summary: "value where the condition holds, else a",
  }),
  column("const_bool", {
    group: CHOICE,
    inputs: [],
    outputs: of("bool", "out"),
    parameters: VALUE,
    summary: "value in every row",
  }),
  column("where_tag", {
    group: CHOICE,
    inputs: [...CONDITION, ...of("tag", "a", "b")],
    outputs: of("tag", "out"),
    summary: "a where the condition holds, else b",
  }),
  column("where_tag_const", {
    group: CHOICE,
    inputs: [...CONDITION, ...of("tag", "a")],
    outputs: of("tag", "out"),
    parameters: VALUE,
    summary: "value where the condition holds, else a",
  }),
  column("const_tag", {
    group: CHOICE,
    inputs: [],
    outputs: of("tag", "out"),
    parameters: VALUE,
    summary: "value in every row",
  }),
  column("f64_of_int", {
    group: CAST,
    inputs: of("int", "a"),
    outputs: of("f64", "out"),
    summary: "Whole number to number",
  }),
  column("f64_of_i32", {
    group: CAST,
    inputs: of("i32", "a"),
    outputs: of("f64", "out"),
    summary: "Small whole number to number",
  }),
  column("f64_of_bool", {
    group: CAST,
    inputs: of("bool", "a"),
    outputs: of("f64", "out"),
    summary: "0 or 1",
  }),
  column("int_of_f64", {
    group: CAST,
    inputs: of("f64", "a"),
    outputs: of("int", "out"),
    summary: "Number without its fraction to whole number",
  }),
  column("int_of_bool", {
    group: CAST,
    inputs: of("bool", "a"),
    outputs: of("int", "out"),
    summary: "0 or 1",
  }),
  column("int_of_i32", {
    group: CAST,
    inputs: of("i32", "a"),
    outputs: of("int", "out"),
    summary: "Small to full whole number",
  }),
  column("bool_of_f64", {
    group: CAST,
    inputs: of("f64", "a"),
    outputs: of("bool", "out"),
    summary: "Not zero; NaN is true",
  }),
  column("bool_of_int", {
    group: CAST,
    inputs: of("int", "a"),
    outputs: of("bool", "out"),
    summary: "Not zero",
  }),
];
