import assert from "node:assert/strict";
import fc from "fast-check";
import {
  callKernel,
  type ColumnArray,
  CoreMemory,
  findKernel,
  type KernelRow,
  KERNELS,
  readCoreModule,
} from "./mod.ts";
import { asType, inputNames, randomColumns, randomParameters } from "./tools/column_cases.ts";
import { randomNumbers } from "./tools/random_series.ts";

const core = new CoreMemory(await readCoreModule());
const DAY_MS = 86_400_000;

/** Values whose sums and halves are exact, some of them missing, many of them equal. */
const eighths = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: -80, max: 80 }).map((value) => value / 8) },
    { weight: 1, arbitrary: fc.constant(NaN) },
  ),
  { minLength: 1, maxLength: 60 },
).map((values) => Float64Array.from(values));

const windows = fc.integer({ min: 1, max: 12 });

Deno.test("windows grow with their values when those are doubled", () => {
  const powers: Readonly<Record<string, number>> = {
    mean: 1,
    sum: 1,
    min: 1,
    max: 1,
    median: 1,
    std: 1,
    var: 2,
    skew: 0,
    kurt: 0,
    count: 0,
  };
  fc.assert(fc.property(eighths, windows, (values, window) => {
    for (const [name, power] of Object.entries(powers)) {
      const rest = ["std", "var"].includes(name) ? [1] : [];
      const once = run(`rolling_${name}`, [values], [window, 1, ...rest]);
      const twice = run(`rolling_${name}`, [values.map((value) => 2 * value)], [
        window,
        1,
        ...rest,
      ]);
      assert.deepEqual(twice, once.map((value) => value * 2 ** power), name);
    }
  }));
});

Deno.test("order statistics move with their values when all move by the same", () => {
  fc.assert(fc.property(eighths, windows, fc.integer({ min: -9, max: 9 }), (values, window, by) => {
    const moved = values.map((value) => value + by);
    for (const name of ["min", "max", "median"]) {
      const before = run(`rolling_${name}`, [values], [window, 1]);
      const after = run(`rolling_${name}`, [moved], [window, 1]);
      assert.deepEqual(after, before.map((value) => value + by), name);
    }
    const rank = (column: Float64Array) => run("rolling_rank", [column], [window, 1, 0, 1, 0]);
    assert.deepEqual(rank(moved), rank(values));
  }));
});

Deno.test("rolling_median is the middle of the sorted window, also of wide ones", () => {
  const property = fc.property(
    fc.nat(),
    fc.constantFrom(3, 40, 511, 512, 513, 700),
    (seed, window) => {
      const random = randomNumbers(seed);
      const values = Float64Array.from({ length: 1600 }, () => Math.floor(50 * random()));
      const found = run("rolling_median", [values], [window, 1]);
      for (let i = 0; i < values.length; i += 97) {
        assert.equal(found[i], middleOf(values.slice(Math.max(0, i - window + 1), i + 1)));
      }
    },
  );
  fc.assert(property, { numRuns: 12 });
});

Deno.test("rolling_sum does not drift over a million rows", () => {
  const random = randomNumbers(5);
  const values = Float64Array.from({ length: 1_000_000 }, () => 1e6 * random() - 3e5);
  const found = run("rolling_sum", [values], [20, 0]);
  const last = values.slice(-20).reduce((total, value) => total + value, 0);
  assert.ok(Math.abs((found.at(-1) ?? NaN) - last) < 1e-8);
});

Deno.test("expanding windows equal rolling ones that hold every row", () => {
  fc.assert(fc.property(eighths, (values) => {
    for (const name of ["mean", "sum", "min", "max", "median", "count", "skew", "kurt"]) {
      const rolling = run(`rolling_${name}`, [values], [values.length, 1]);
      assert.deepEqual(run(`expanding_${name}`, [values], [1]), rolling, name);
    }
  }));
});

Deno.test("a window that ends later looks ahead by as many rows, and no further", () => {
  const row = findKernel("rolling_mean_at");
  assert.ok(row);
  assert.equal(row.ahead([5, 0, 2]), 2);
  assert.equal(row.ahead([5, 0, -1]), 0);
  fc.assert(fc.property(eighths, windows, fc.nat({ max: 6 }), (values, window, end) => {
    const whole = run("rolling_mean_at", [values], [window, 1, end]);
    const known = Math.max(0, values.length - end - 1);
    const cut = run("rolling_mean_at", [values.slice(0, values.length - 1)], [window, 1, end]);
    assert.deepEqual(cut.slice(0, known), whole.slice(0, known));
  }));
});

Deno.test("whole-column statistics, backward fills and negative shifts are marked as looking ahead", () => {
  const expected: readonly (readonly [string, readonly number[], number])[] = [
    ["bfill", [], Infinity],
    ["interpolate", [], Infinity],
    ["whole_mean", [], Infinity],
    ["rank", [0, 1, 0], Infinity],
    ["group_whole", [0], Infinity],
    ["ta_kst", [10, 15, 20, 30, 10, 10, 10, 15, 9], Infinity],
    ["shift", [-3], 3],
    ["shift", [3], 0],
    ["cumsum", [], 0],
    ["group_cumsum", [], 0],
  ];
  for (const [name, parameters, rows] of expected) {
    assert.equal(findKernel(name)?.ahead(parameters), rows, name);
  }
});

/** These can lack a value later, or earlier than they say: 0 / 0, one side only, groups, cut-offs. */
const UNSAID: ReadonlySet<string> = new Set([
  "finta_adx",
  "finta_mfi",
  "group_shift",
  "pandas_ta_supertrend",
  "ta_stochrsi",
  "technical_vfi",
]);

Deno.test("every lookback is the number of rows before all outputs have a value", () => {
  const random = randomNumbers(3);
  const { walk } = randomColumns(random);
  assert.ok(walk);
  const whole: Readonly<Record<string, Float64Array>> = {
    ...walk,
    sparse: walk.open ?? new Float64Array(),
  };
  const problems: string[] = [];
  for (const row of KERNELS) {
    const isSaid = row.family !== "talib" && row.inputs.length > 0 && !UNSAID.has(row.name);
    if (!isSaid || row.outputs.every(({ type }) => type !== "f64")) continue;
    for (let round = 0; round < 4; round++) {
      const parameters = randomParameters(row, random, round);
      const inputs = inputNames(row, whole, () => 0, 0).map(([name, type]) =>
        asType(type, whole[name] ?? new Float64Array())
      );
      const first = firstWhole(row, inputs, parameters);
      if (first !== -1 && first !== row.lookback(parameters)) {
        problems.push(`${row.name} ${parameters}: ${row.lookback(parameters)}, not ${first}`);
      }
    }
  }
  assert.deepEqual(problems, []);
});

function firstWhole(row: KernelRow, inputs: readonly ColumnArray[], parameters: number[]): number {
  return core.scope(() => {
    const placed = inputs.map((column, index) =>
      core.loadColumn(row.inputs[index]?.type ?? "f64", column)
    );
    const firsts = callKernel(core, row, placed, parameters).map((column) =>
      column.type === "f64"
        ? (core.read(column) as Float64Array).findIndex((value) => !Number.isNaN(value))
        : 0
    );
    return firsts.includes(-1) ? -1 : Math.max(...firsts);
  });
}

Deno.test("parts of dates are those of the calendar", () => {
  const dates = fc.array(fc.integer({ min: -2.5e12, max: 7e12 }), { minLength: 1, maxLength: 40 });
  fc.assert(fc.property(dates, (list) => {
    const date = Float64Array.from(list);
    const part = (of: (day: Date) => number) => list.map((value) => of(new Date(value)));
    const found = (name: string) => run(`time_${name}`, [date], [], "time");
    assert.deepEqual([...found("year")], part((day) => day.getUTCFullYear()));
    assert.deepEqual([...found("month")], part((day) => day.getUTCMonth() + 1));
    assert.deepEqual([...found("day")], part((day) => day.getUTCDate()));
    assert.deepEqual([...found("dayofweek")], part((day) => (day.getUTCDay() + 6) % 7));
    assert.deepEqual([...found("hour")], part((day) => day.getUTCHours()));
    assert.deepEqual([...found("minute")], part((day) => day.getUTCMinutes()));
    assert.deepEqual([...found("second")], part((day) => day.getUTCSeconds()));
    assert.deepEqual(
      [...found("dayofyear")],
      part((day) => 1 + Math.floor((+day - Date.UTC(day.getUTCFullYear(), 0)) / DAY_MS)),
    );
    assert.deepEqual(
      [...found("next_month")],
      part((day) => Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1)),
    );
  }));
});

Deno.test("qtpylib_bollinger_bands keeps infinity as the middle of a window of one row", () => {
  const series = Float64Array.of(3, Infinity, 4);
  assert.deepEqual([...run("qtpylib_bollinger_bands", [series], [1, 2], "f64", 1)], [...series]);
});

Deno.test("time_session holds its start and not its stop, also across midnight", () => {
  const minutes = [0, 59, 60, 119, 120, 1439];
  const date = Float64Array.from([...minutes.map((minute) => minute * 60_000), NaN]);
  const session = (start: number, stop: number) => [
    ...run("time_session", [date], [start, stop], "time"),
  ];
  assert.deepEqual(session(60, 120), [0, 0, 1, 1, 0, 0, 0]);
  assert.deepEqual(session(120, 60), [1, 1, 0, 0, 1, 1, 0]);
});

function middleOf(values: Float64Array): number {
  const sorted = values.toSorted();
  const half = sorted.length >> 1;
  const high = sorted[half] ?? NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[half - 1] ?? NaN) + high) / 2;
}

function run(
  name: string,
  columns: readonly Float64Array[],
  parameters: readonly number[],
  type: "f64" | "time" = "f64",
  output = 0,
): Float64Array {
  const row = findKernel(name);
  assert.ok(row, name);
  return core.scope(() => {
    const inputs = columns.map((column) => core.loadColumn(type, column));
    const found = callKernel(core, row, inputs, parameters)[output];
    assert.ok(found);
    return Float64Array.from(core.read(found) as Iterable<number | bigint>, Number);
  });
}
