/**
 * Compares the column, window, library and time kernels with the installed libraries, bit for bit, on
 * random columns and parameters of its own. Not a test: it needs Python.
 *
 *     COLUMNS_PYTHON=/path/to/python deno run -A core-wasm/tools/compare_with_pandas.ts \
 *       [--seed 1] [--rounds 6] [--only rolling_mean,ewm_mean]
 */
import { callKernel } from "../call_kernel.ts";
import type { ColumnType } from "../column.ts";
import type { KernelRow } from "../kernel.ts";
import { CoreMemory, readCoreModule } from "../memory.ts";
import { KERNELS } from "../registry/index.ts";
import {
  asType,
  inputNames,
  isApproximate,
  randomColumns,
  randomParameters,
} from "./column_cases.ts";
import { randomNumbers } from "./random_series.ts";

interface Case {
  readonly name: string;
  readonly series: string;
  readonly inputs: readonly (readonly [string, ColumnType])[];
  readonly parameters: Readonly<Record<string, number>>;
}

/** The lengths of the outputs, "unknown" when the reference has no such entry, or an error's text. */
type Answer = readonly number[] | string;

interface Tally {
  cases: number;
  values: number;
  differing: number;
  /** Values within 1e-9 where that is what is asked. */
  near: number;
  /** Cases that the reference does not compute. */
  refused: number;
  refusal: string;
  relativeMax: number;
  example: string;
}

const RELATIVE_MAX = 1e-9;

type Series = ReturnType<typeof randomColumns>;

async function main(): Promise<void> {
  const python = Deno.env.get("COLUMNS_PYTHON");
  if (python === undefined) {
    console.log("Nothing compared: COLUMNS_PYTHON names no Python with pandas");
    return;
  }
  const options = readOptions(Deno.args);
  const random = randomNumbers(options.seed);
  const series = randomColumns(random);
  const rows = KERNELS.filter(({ name, family, inputs }) =>
    family !== "talib" && inputs.length > 0 &&
    (options.only.length === 0 || options.only.includes(name))
  );
  const cases = rows.flatMap((row) => casesOf(row, series, random, options.rounds));
  const { version, answers, outputs } = await askPython(python, series, cases);
  const core = new CoreMemory(await readCoreModule());
  const tallies = new Map<string, Tally>();
  const unknown = new Set<string>();
  let at = 0;
  for (const [index, each] of cases.entries()) {
    const row = rows.find(({ name }) => name === each.name);
    const answer = answers[index];
    if (row === undefined || answer === undefined) throw new Error(`No answer for ${each.name}`);
    if (answer === "unknown") {
      unknown.add(each.name);
      continue;
    }
    compare(core, { row, each, series, answer, outputs, at }, tallyOf(tallies, each.name));
    if (typeof answer !== "string") at += answer.reduce((total, length) => total + length, 0);
  }
  report(version, tallies, unknown);
}

function readOptions(args: readonly string[]) {
  const value = (name: string, fallback: string) => {
    const index = args.indexOf(`--${name}`);
    return index < 0 ? fallback : args[index + 1] ?? fallback;
  };
  return {
    seed: Number(value("seed", "1")),
    rounds: Number(value("rounds", "6")),
    only: value("only", "").split(",").filter((name) => name !== ""),
  };
}

function casesOf(row: KernelRow, series: Series, random: () => number, rounds: number): Case[] {
  return Object.entries(series).flatMap(([name, columns]) => {
    const repeats = row.parameters.length === 0 ? 1 : rounds;
    return Array.from({ length: repeats }, (_, round) => {
      const values = randomParameters(row, random, round);
      return {
        name: row.name,
        series: name,
        inputs: inputNames(row, columns, random, round),
        parameters: Object.fromEntries(
          row.parameters.map((parameter, index) => [parameter.name, values[index] ?? NaN]),
        ),
      };
    });
  });
}

async function askPython(python: string, series: Series, cases: readonly Case[]) {
  const folder = await Deno.makeTempDir();
  try {
    const columns: [string, number][] = [];
    const values: Uint8Array<ArrayBuffer>[] = [];
    for (const [name, set] of Object.entries(series)) {
      for (const [column, array] of Object.entries(set)) {
        columns.push([`${name}.${column}`, array.length]);
        values.push(new Uint8Array(array.slice().buffer));
      }
    }
    const bytes = new Uint8Array(await new Blob(values).arrayBuffer());
    await Deno.writeFile(`${folder}/series.bin`, bytes);
    const request = {
      columns,
      cases: cases.map((each) => ({
        ...each,
        inputs: each.inputs.map(([input, type]) => [`${each.series}.${input}`, type]),
      })),
    };
    await Deno.writeTextFile(`${folder}/cases.json`, JSON.stringify(request));
    const script = new URL("compare_with_pandas.py", import.meta.url).pathname;
    const { success } = await new Deno.Command(python, {
      args: [script, folder],
      stdout: "inherit",
      stderr: "inherit",
    }).output();
    if (!success) throw new Error(`Cannot compare: "${python}" failed`);
    const found = JSON.parse(await Deno.readTextFile(`${folder}/answers.json`));
    const answers: readonly Answer[] = found.answers;
    const { buffer } = await Deno.readFile(`${folder}/outputs.bin`);
    return { version: String(found.version), answers, outputs: new Float64Array(buffer) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

interface Comparison {
  readonly row: KernelRow;
  readonly each: Case;
  readonly series: Series;
  readonly answer: Answer;
  readonly outputs: Float64Array;
  readonly at: number;
}

function compare(core: CoreMemory, comparison: Comparison, tally: Tally): void {
  const { row, each, series, answer, outputs } = comparison;
  const parameters = row.parameters.map(({ name }) => each.parameters[name] ?? NaN);
  const note = `${each.series} ${JSON.stringify(each.inputs.map(([name]) => name))} ${
    JSON.stringify(each.parameters)
  }`;
  tally.cases++;
  if (typeof answer === "string") {
    tally.refused++;
    tally.refusal = answer;
    return;
  }
  core.scope(() => {
    const inputs = each.inputs.map(([name, type]) =>
      core.loadColumn(type, asType(type, series[each.series]?.[name] ?? new Float64Array()))
    );
    let found;
    try {
      found = callKernel(core, row, inputs, parameters).map((column) => core.read(column));
    } catch (err) {
      return noteDifference(tally, `${note}: ${err}`, Infinity);
    }
    let at = comparison.at;
    for (const [index, column] of found.entries()) {
      if (answer[index] !== column.length) {
        noteDifference(tally, `${note}: ${column.length} rows, not ${answer[index]}`, Infinity);
      }
      for (let i = 0; i < column.length; i++, at++) {
        tally.values++;
        const ours = Number(column[i]);
        const theirs = outputs[at] ?? NaN;
        if (Object.is(ours, theirs)) continue;
        const relative = Math.abs(ours - theirs) / Math.max(Math.abs(ours), Math.abs(theirs));
        if (relative <= RELATIVE_MAX && isApproximate(row.name, each.parameters)) {
          tally.near++;
          continue;
        }
        const where = `${note} ${row.outputs[index]?.name}[${i}]: ${ours}, not ${theirs}`;
        noteDifference(tally, where, Number.isNaN(relative) ? Infinity : relative);
      }
    }
  });
}

function tallyOf(tallies: Map<string, Tally>, name: string): Tally {
  const found = tallies.get(name) ??
    {
      cases: 0,
      values: 0,
      differing: 0,
      near: 0,
      refused: 0,
      refusal: "",
      relativeMax: 0,
      example: "",
    };
  tallies.set(name, found);
  return found;
}

function noteDifference(tally: Tally, example: string, relative: number): void {
  tally.differing++;
  if (tally.example === "" || relative > tally.relativeMax * 1e3) tally.example = example;
  tally.relativeMax = Math.max(tally.relativeMax, relative);
}

function report(
  version: string,
  tallies: ReadonlyMap<string, Tally>,
  unknown: ReadonlySet<string>,
): void {
  console.log(version);
  let equal = 0;
  let values = 0;
  let differing = 0;
  let near = 0;
  for (const [name, tally] of tallies) {
    near += tally.near;
    values += tally.values;
    if (tally.refused > 0) {
      console.log(`${name}: ${tally.refused} of ${tally.cases} refused there: ${tally.refusal}`);
    }
    differing += tally.differing;
    if (tally.differing === 0) equal++;
    else {
      console.log(
        `${name}: ${tally.differing} of ${tally.values} values differ, at most ${
          tally.relativeMax.toExponential(1)
        }; ${tally.example}`,
      );
    }
  }
  if (unknown.size > 0) console.log(`without a reference: ${[...unknown].join(" ")}`);
  console.log(
    `${equal} of ${tallies.size} kernels equal; ${differing} of ${values} values differ, ` +
      `${near} more by at most 1e-9 where libraries of C decide the last digit`,
  );
  if (equal < tallies.size) Deno.exit(1);
}

if (import.meta.main) await main();
