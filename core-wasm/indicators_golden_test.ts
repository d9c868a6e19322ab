import assert from "node:assert/strict";
import { callKernel, CoreMemory, findKernel, type KernelRow, readCoreModule } from "./mod.ts";
import {
  digestOf,
  type GoldenAnswer,
  type GoldenCase,
  type GoldenSeries,
  readTalibGoldens,
  sampledRows,
} from "./testdata/talib_goldens.ts";

const goldens = await readTalibGoldens();
const ABSTRACT_COLUMNS: Readonly<Record<string, string>> = {
  real: "close",
  real0: "high",
  real1: "low",
};
const RELATIVE_MAX = 1e-9;
const approximate = new Set(
  goldens.cases.filter((golden, index) =>
    golden.samples === true && goldens.cases[index - 1]?.name !== golden.name
  ).map((golden) => golden.name),
);
const bitEqual = goldens.functions.length - approximate.size;

/** What ends in the C library's arc tangent, sine, logarithm and so on. */
const APPROXIMATE =
  "ACOS ASIN ATAN COS COSH EXP HT_DCPERIOD HT_DCPHASE HT_PHASOR HT_SINE LINEARREG_ANGLE LN LOG10 MAMA SIN SINH TAN TANH"
    .split(" ");

Deno.test(`every one of TA-Lib ${goldens.talib}'s ${goldens.functions.length} functions has a row`, () => {
  const missing = goldens.functions.filter((name) => findKernel(name)?.family !== "talib");
  assert.deepEqual(missing, []);
});

Deno.test("only what ends in the C library's approximations may differ from TA-Lib at all", () => {
  assert.deepEqual([...approximate].sort(), APPROXIMATE);
});

Deno.test(`${bitEqual} functions equal TA-Lib bit for bit, ${approximate.size} within 1e-9`, async (t) => {
  const core = new CoreMemory(await readCoreModule());
  const failures: string[] = [];
  for (const golden of goldens.cases) {
    const row = findKernel(golden.name);
    for (const series of goldens.series) {
      const answers = nextAnswers(golden, row, series);
      if (row !== undefined) failures.push(...compare(core, row, golden, series, answers));
    }
  }
  await t.step("no output differs", () => assert.deepEqual(failures, []));
});

Deno.test("every lookback is that of TA-Lib", () => {
  const differing = goldens.cases.filter(({ name, parameters, lookback }) => {
    const row = findKernel(name);
    return row !== undefined && row.lookback(valuesOf(row, parameters)) !== lookback;
  });
  assert.deepEqual(differing, []);
});

function nextAnswers(
  golden: GoldenCase,
  row: KernelRow | undefined,
  series: GoldenSeries,
): GoldenAnswer[] {
  return (row?.outputs ?? [null]).map(() => goldens.next(golden, series.rows));
}

function compare(
  core: CoreMemory,
  row: KernelRow,
  golden: GoldenCase,
  series: GoldenSeries,
  answers: readonly GoldenAnswer[],
): string[] {
  const label = `${golden.name} ${JSON.stringify(golden.parameters)} ${series.name}`;
  return core.scope(() => {
    const inputs = row.inputs.map(({ name }) => {
      const values = series.columns[ABSTRACT_COLUMNS[name] ?? name];
      assert.ok(values, `${golden.name} reads "${name}", which no series has`);
      return core.loadColumn("f64", values);
    });
    const call = () => callKernel(core, row, inputs, valuesOf(row, golden.parameters));
    if (answers[0]?.kind === "refused") {
      assert.throws(call, /Cannot compute/, label);
      return [];
    }
    return call().flatMap((column, index) => {
      const values = core.read(column) as Float64Array | Int32Array;
      const answer = answers[index];
      const isRight = answer !== undefined && isAnswer(values, answer);
      return isRight ? [] : [`${label} ${row.outputs[index]?.name}`];
    });
  });
}

function isAnswer(values: Float64Array | Int32Array, answer: GoldenAnswer): boolean {
  if (answer.kind === "digest") return digestOf(values) === answer.hex;
  if (answer.kind === "refused") return false;
  return sampledRows(values.length).every((at, index) =>
    isNear(values[at] ?? NaN, answer.values[index] ?? NaN)
  );
}

function isNear(ours: number, theirs: number): boolean {
  if (Object.is(ours, theirs)) return true;
  return Math.abs(ours - theirs) <= RELATIVE_MAX * Math.max(Math.abs(ours), Math.abs(theirs));
}

function valuesOf(row: KernelRow, parameters: Readonly<Record<string, number>>): number[] {
  return row.parameters.map(({ name }) => parameters[name] ?? NaN);
}
