/** Running values, groups, replacing and statistics of the whole column. */
import type { KernelRow } from "../kernel.ts";
import { integer, kernelRow, of, real, type RowSpec } from "./row.ts";

const A = of("f64", "a");
const INT = of("int", "a");
const PAIR = of("f64", "a", "b");
const KEYED = [...of("int", "key"), ...A];
const OUT = of("f64", "out");
const INT_OUT = of("int", "out");
const BOOL_OUT = of("bool", "out");
const DDOF = integer("ddof", 1, 0, 2 ** 31 - 1);
const FLAG_MAX = 1;
const RUNNING = "Running values";
const GROUPS = "Groups";
const REPLACING = "Missing values";
const WHOLE = "Whole column";

export const COLUMN_RUNNING: readonly KernelRow[] = [
  running("cumsum", A, "Sum so far"),
  running("cumprod", A, "Product so far"),
  running("cummax", A, "Largest value so far"),
  running("cummin", A, "Smallest value so far"),
  running("cumsum_int", INT, "Sum so far"),
  running("cummax_int", INT, "Largest value so far"),
  running("cummin_int", INT, "Smallest value so far"),
  column("row_number", { group: RUNNING, inputs: [], outputs: INT_OUT, summary: "0, 1, 2, …" }),
  column("replace", {
    group: REPLACING,
    inputs: A,
    outputs: OUT,
    parameters: [real("from", 0), real("value", NaN)],
    summary: "a, or value where a is from; from NaN means what is missing",
  }),
  column("clip_lower", {
    group: REPLACING,
    inputs: PAIR,
    outputs: OUT,
    summary: "a, but not below b",
  }),
  column("clip_upper", {
    group: REPLACING,
    inputs: PAIR,
    outputs: OUT,
    summary: "a, but not above b",
  }),
  column("isclose", {
    group: "Comparison",
    inputs: PAIR,
    outputs: BOOL_OUT,
    parameters: [real("rtol", 1e-5), real("atol", 1e-8), integer("equal_nan", 0, 0, FLAG_MAX)],
    summary: "a differs from b by at most atol + rtol |b|",
  }),
  ahead("interpolate", {
    group: REPLACING,
    inputs: A,
    outputs: OUT,
    summary: "Straight lines between known values",
  }),
  ahead("roll", {
    group: "Moving",
    inputs: A,
    outputs: OUT,
    parameters: [integer("periods", 1, -(2 ** 31 - 1), 2 ** 31 - 1)],
    summary: "Rows moved on, those that fall out coming in at the start",
  }),
  column("f64_of_time", {
    group: "Cast",
    inputs: of("time", "a"),
    outputs: OUT,
    summary: "Milliseconds since 1970",
  }),
  column("time_of_f64", {
    group: "Cast",
    inputs: A,
    outputs: of("time", "out"),
    summary: "The date so many milliseconds after 1970",
  }),
  grouped("cumcount", of("int", "key"), INT_OUT, "Rows of the group so far, from 0"),
  grouped("cumsum", KEYED, OUT, "Sum of the group so far"),
  grouped("cummax", KEYED, OUT, "Largest value of the group so far"),
  grouped("cummin", KEYED, OUT, "Smallest value of the group so far"),
  grouped("first", KEYED, OUT, "First value of the group"),
  grouped("shift", KEYED, OUT, "Value of the group's row before"),
  ahead("group_whole", {
    group: GROUPS,
    inputs: KEYED,
    outputs: OUT,
    parameters: [choice("statistic", ["sum", "mean", "min", "max", "last"])],
    scratch: groupBytes,
    summary: "One statistic of the whole group",
  }),
  whole("sum", [], (length) => 8 * length),
  whole("mean", [], (length) => 8 * length),
  whole("var", [DDOF]),
  whole("std", [DDOF]),
  whole("min"),
  whole("max"),
  whole("quantile", [real("quantile", 0.5, 0, 1)], (length) => 8 * length),
  ahead("whole_count", {
    group: WHOLE,
    inputs: A,
    outputs: INT_OUT,
    summary: "Number of values of the column",
  }),
  ahead("whole_any", {
    group: WHOLE,
    inputs: of("bool", "a"),
    outputs: BOOL_OUT,
    summary: "Any row of the column",
  }),
  ahead("whole_all", {
    group: WHOLE,
    inputs: of("bool", "a"),
    outputs: BOOL_OUT,
    summary: "Every row of the column",
  }),
  ahead("rank", {
    group: WHOLE,
    inputs: A,
    outputs: OUT,
    parameters: [
      choice("method", ["average", "min", "max", "first", "dense"]),
      integer("ascending", 1, 0, FLAG_MAX),
      integer("pct", 0, 0, FLAG_MAX),
    ],
    scratch: (length) => 8 * length,
    summary: "Rank in the whole column",
  }),
];

function column(name: string, spec: RowSpec): KernelRow {
  return kernelRow("column", name, spec);
}

function ahead(name: string, spec: RowSpec): KernelRow {
  return column(name, { ...spec, ahead: () => Infinity });
}

function running(name: string, inputs: RowSpec["inputs"], summary: string): KernelRow {
  const outputs = inputs === INT ? INT_OUT : OUT;
  return column(name, { group: RUNNING, inputs, outputs, unstable: true, summary });
}

function grouped(
  name: string,
  inputs: RowSpec["inputs"],
  outputs: RowSpec["outputs"],
  summary: string,
): KernelRow {
  return column(`group_${name}`, {
    group: GROUPS,
    inputs,
    outputs,
    unstable: true,
    scratch: groupBytes,
    summary,
  });
}

function whole(
  name: string,
  parameters: RowSpec["parameters"] = [],
  scratch: (length: number) => number = () => 0,
): KernelRow {
  return ahead(`whole_${name}`, {
    group: WHOLE,
    inputs: A,
    outputs: OUT,
    parameters,
    scratch,
    summary: `The column's ${name}, of what is not missing`,
  });
}

/** A row's group and its slot among a power of two, and three numbers a group. */
function groupBytes(length: number): number {
  const slots = 2 ** (33 - Math.clz32(Math.max(1, length)));
  return 4 * length + 4 * slots + 8 + 24 * length;
}

function choice(name: string, names: readonly string[]) {
  const choices = Object.fromEntries(names.map((each, index) => [each, index]));
  return { name, type: "choice", default: 0, min: 0, max: names.length - 1, choices } as const;
}
