/**
 * Compares every TA-Lib kernel with an installed TA-Lib, bit for bit, on random candles of its own and
 * random parameters. Not a test: it needs Python.
 *
 *     TALIB_PYTHON=/path/to/python deno run -A core-wasm/tools/compare_with_talib.ts \
 *       [--seed 1] [--rounds 3] [--only RSI,MACD]
 */
import { callKernel } from "../call_kernel.ts";
import type { KernelParameter, KernelRow } from "../kernel.ts";
import { CoreMemory, readCoreModule } from "../memory.ts";
import { KERNELS } from "../registry/index.ts";
import { patternCandles } from "./pattern_candles.ts";
import { type Candles, randomCandles, randomNumbers } from "./random_series.ts";

interface Case {
  readonly name: string;
  readonly series: string;
  readonly inputs: readonly string[];
  readonly parameters: Readonly<Record<string, number>>;
}

interface Answer {
  readonly error: string | null;
  readonly lookback: number;
}

interface Tally {
  cases: number;
  values: number;
  differing: number;
  beyond: number;
  relativeMax: number;
  lookbacks: number;
  example: string;
}

const ABSTRACT_COLUMNS: Readonly<Record<string, string>> = {
  real: "close",
  real0: "high",
  real1: "low",
};
const RELATIVE_MAX = 1e-9;

async function main(): Promise<void> {
  const python = Deno.env.get("TALIB_PYTHON");
  if (python === undefined) {
    console.log("Nothing compared: TALIB_PYTHON names no Python with TA-Lib");
    return;
  }
  const options = readOptions(Deno.args);
  const random = randomNumbers(options.seed);
  const series = makeSeries(random);
  const rows = KERNELS.filter((row) =>
    row.family === "talib" && (options.only.length === 0 || options.only.includes(row.name))
  );
  const cases = rows.flatMap((row) => casesOf(row, series, random, options.rounds));
  const { version, answers, outputs } = await askTalib(python, series, cases);
  const core = new CoreMemory(await readCoreModule());
  const tallies = new Map<string, Tally>();
  let at = 0;
  for (const [index, each] of cases.entries()) {
    const row = rows.find(({ name }) => name === each.name);
    const answer = answers[index];
    if (row === undefined || answer === undefined) throw new Error(`No answer for ${each.name}`);
    at = compare(core, row, each, series, answer, { outputs, at }, tallies);
  }
  report(version, tallies);
}

function readOptions(args: readonly string[]) {
  const value = (name: string, fallback: string) => {
    const index = args.indexOf(`--${name}`);
    return index < 0 ? fallback : args[index + 1] ?? fallback;
  };
  return {
    seed: Number(value("seed", "1")),
    rounds: Number(value("rounds", "3")),
    only: value("only", "").split(",").filter((name) => name !== ""),
  };
}

type Series = Readonly<Record<string, Readonly<Record<string, Float64Array>>>>;

function makeSeries(random: () => number): Series {
  const shapes = {
    walk: { length: 1500, start: 100, step: 0.01, tick: 0, idle: 0 },
    ticks: { length: 1200, start: 20, step: 0.01, tick: 0.05, idle: 0.1 },
    idle: { length: 900, start: 0.00001234, step: 0.02, tick: 1e-8, idle: 0.6 },
    large: { length: 700, start: 6e7, step: 0.03, tick: 0.01, idle: 0 },
    wild: { length: 700, start: 1, step: 0.5, tick: 0, idle: 0.02 },
    short: { length: 40, start: 5, step: 0.02, tick: 0, idle: 0 },
  };
  const series: Record<string, Record<string, Float64Array>> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    series[name] = withPeriods(randomCandles(random, shape), random);
  }
  for (const [name, size] of Object.entries({ formed: 12, coarse: 4, fine: 300 })) {
    const shape = { length: 20_000, start: 6 * size, tick: 0.1, size, runs: 0.65 };
    series[name] = withPeriods(patternCandles(random, shape), random);
  }
  series.askew = withPeriods(askewCandles(random), random);
  const late = randomCandles(random, { ...shapes.walk, length: 600 });
  for (const [index, column] of Object.values(late).entries()) column.fill(NaN, 0, 5 + index);
  series.late = withPeriods(late, random);
  const holed = randomCandles(random, { ...shapes.walk, length: 500 });
  for (const column of Object.values(holed)) column[300 + Math.floor(100 * random())] = NaN;
  series.holed = withPeriods(holed, random);
  return series;
}

/** Candles no exchange sends: prices one tick apart from each other in any order. */
function askewCandles(random: () => number): Candles {
  const column = () => Float64Array.from({ length: 3000 }, () => 5 + Math.floor(random() * 9) / 8);
  return { open: column(), high: column(), low: column(), close: column(), volume: column() };
}

function withPeriods(candles: Candles, random: () => number): Record<string, Float64Array> {
  return { ...candles, periods: candles.close.map(() => Math.floor(40 * random())) };
}

function casesOf(row: KernelRow, series: Series, random: () => number, rounds: number): Case[] {
  const cases: Case[] = [];
  for (const [name, columns] of Object.entries(series)) {
    const repeats = row.parameters.length === 0 ? 1 : rounds + 1;
    for (let round = 0; round < repeats; round++) {
      const parameters = row.parameters.map((parameter) => [
        parameter.name,
        round === 0 ? parameter.default : randomParameter(parameter, random),
      ]);
      cases.push({
        name: row.name,
        series: name,
        inputs: row.inputs.map((input) => columnFor(input.name, columns)),
        parameters: Object.fromEntries(parameters),
      });
    }
  }
  return cases;
}

function columnFor(input: string, columns: Readonly<Record<string, Float64Array>>): string {
  return input in columns ? input : ABSTRACT_COLUMNS[input] ?? input;
}

function randomParameter(
  { type, min, max, choices }: KernelParameter,
  random: () => number,
): number {
  if (type === "choice") return pick(Object.values(choices ?? {}), random);
  if (type === "int") {
    const spread = random() < 0.3 ? 4 : random() < 0.8 ? 40 : 200;
    return Math.min(max, min + Math.floor(spread * random()));
  }
  const low = Math.max(min, 0);
  return low + (Math.min(max, low + 3) - low) * Math.round(random() * 1000) / 1000;
}

function pick(values: readonly number[], random: () => number): number {
  return values[Math.floor(values.length * random())] ?? 0;
}

async function askTalib(python: string, series: Series, cases: readonly Case[]) {
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
    await Deno.writeFile(
      `${folder}/series.bin`,
      new Uint8Array(await new Blob(values).arrayBuffer()),
    );
    const request = {
      columns,
      cases: cases.map((each) => ({
        ...each,
        inputs: each.inputs.map((input) => `${each.series}.${input}`),
      })),
    };
    await Deno.writeTextFile(`${folder}/cases.json`, JSON.stringify(request));
    const script = new URL("compare_with_talib.py", import.meta.url).pathname;
    const { success } = await new Deno.Command(python, {
      args: [script, folder],
      stdout: "inherit",
      stderr: "inherit",
    }).output();
    if (!success) throw new Error(`Cannot compare: "${python}" failed`);
    const found = JSON.parse(await Deno.readTextFile(`${folder}/answers.json`));
    const bytes = await Deno.readFile(`${folder}/outputs.bin`);
    const answers: readonly Answer[] = found.answers;
    return { version: String(found.version), answers, outputs: new Float64Array(bytes.buffer) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function compare(
  core: CoreMemory,
  row: KernelRow,
  each: Case,
  series: Series,
  answer: Answer,
  expected: { readonly outputs: Float64Array; readonly at: number },
  tallies: Map<string, Tally>,
): number {
  const tally = tallies.get(row.name) ??
    { cases: 0, values: 0, differing: 0, beyond: 0, relativeMax: 0, lookbacks: 0, example: "" };
  tallies.set(row.name, tally);
  tally.cases++;
  const parameters = row.parameters.map(({ name }) => each.parameters[name] ?? NaN);
  const note = `${each.series} ${JSON.stringify(each.parameters)}`;
  return core.scope(() => {
    let at = expected.at;
    const inputs = each.inputs.map((input) =>
      core.loadColumn("f64", series[each.series]?.[input] ?? new Float64Array())
    );
    let outputs;
    try {
      outputs = callKernel(core, row, inputs, parameters).map((column) => core.read(column));
    } catch (err) {
      if (answer.error === null) noteDifference(tally, `${note}: ${err}`, Infinity);
      else return at;
      return at + row.outputs.length * (inputs[0]?.length ?? 0);
    }
    if (answer.error !== null) {
      noteDifference(tally, `${note}: TA-Lib refuses: ${answer.error}`, Infinity);
      return at;
    }
    if (row.lookback(parameters) !== answer.lookback) {
      tally.lookbacks++;
      tally.example ||= `${note}: lookback ${row.lookback(parameters)}, not ${answer.lookback}`;
    }
    for (const [index, column] of outputs.entries()) {
      for (let i = 0; i < column.length; i++, at++) {
        tally.values++;
        const ours = Number(column[i]);
        const theirs = expected.outputs[at] ?? NaN;
        if (Object.is(ours, theirs)) continue;
        const relative = Math.abs(ours - theirs) / Math.max(Math.abs(ours), Math.abs(theirs));
        const where = `${note} ${row.outputs[index]?.name}[${i}]: ${ours}, not ${theirs}`;
        noteDifference(
          tally,
          where,
          ours === theirs ? 0 : Number.isNaN(relative) ? Infinity : relative,
        );
      }
    }
    return at;
  });
}

function noteDifference(tally: Tally, example: string, relative: number): void {
  tally.differing++;
  tally.relativeMax = Math.max(tally.relativeMax, relative);
  if (relative > RELATIVE_MAX) {
    tally.beyond++;
    if (tally.beyond === 1) tally.example = example;
  }
  tally.example ||= example;
}

function report(version: string, tallies: ReadonlyMap<string, Tally>): void {
  console.log(`TA-Lib ${version}`);
  let equal = 0;
  let within = 0;
  for (const [name, tally] of tallies) {
    if (tally.differing === 0 && tally.lookbacks === 0) equal++;
    else {
      if (tally.beyond === 0) within++;
      console.log(
        `${name}: ${tally.differing} of ${tally.values} values differ, ${tally.beyond} beyond 1e-9, ` +
          `at most ${
            tally.relativeMax.toExponential(1)
          }, ${tally.lookbacks} lookbacks; ${tally.example}`,
      );
    }
  }
  const total = tallies.size;
  console.log(`${equal} of ${total} functions bit-equal, ${within} more within 1e-9 relative`);
  if (equal + within < total) Deno.exit(1);
}

if (import.meta.main) await main();
