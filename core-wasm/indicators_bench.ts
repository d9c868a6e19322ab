/**
 * Nanoseconds a bar of every TA-Lib kernel on 1,000,000 bars, with default parameters, columns and
 * outputs in core memory; beside TA-Lib's own C where TALIB_PYTHON names a Python that has it.
 *
 *     [TALIB_PYTHON=/path/to/python] deno run -A --v8-flags=--no-liftoff \
 *       core-wasm/indicators_bench.ts [--software] [RSI MACD …]
 *
 * `--software` takes the module without the fused instruction, as an engine without it would.
 * Without the flag V8 compiles a kernel's first calls quickly and badly, and when the better code comes
 * depends on how busy the machine is.
 */
import { callKernelInto } from "./call_kernel.ts";
import type { KernelRow } from "./kernel.ts";
import { CoreMemory, type PlacedColumn, readCoreModule } from "./memory.ts";
import { KERNELS } from "./registry/index.ts";
import { randomCandles, randomNumbers } from "./tools/random_series.ts";

const ROWS = 1_000_000;
const REPEATS = 9;
const WARM_ROWS = 20_000;
const WARM_CALLS = 40;
const NANOSECONDS_PER_MS = 1e6;
const ABSTRACT_COLUMNS: Readonly<Record<string, string>> = {
  real: "close",
  real0: "high",
  real1: "low",
};

type Columns = Readonly<Record<string, Float64Array>>;
type PlacedColumns = Readonly<Record<string, PlacedColumn>>;

async function main(): Promise<void> {
  const multiplyAdd = Deno.args.includes("--software") ? "software" : undefined;
  const wanted = new Set(Deno.args.filter((arg) => !arg.startsWith("--")));
  const rows = KERNELS.filter((row) =>
    row.family === "talib" && (wanted.size === 0 || wanted.has(row.name))
  );
  const columns = makeColumns();
  const python = Deno.env.get("TALIB_PYTHON");
  const core = new CoreMemory(await readCoreModule({ multiplyAdd }));
  const ours = timeKernels(core, rows, columns);
  if (python === undefined) {
    console.log("TA-Lib's column is skipped: TALIB_PYTHON names no Python with TA-Lib");
  }
  const theirs = python === undefined ? null : await timeTalib(python, rows, columns);
  report(rows, ours, theirs);
}

function makeColumns(): Columns {
  const random = randomNumbers(7);
  const shape = { length: ROWS, start: 1000, step: 0.002, tick: 0, idle: 0 };
  const candles = randomCandles(random, shape);
  return { ...candles, periods: candles.close.map(() => 5 + Math.floor(20 * random())) };
}

function timeKernels(core: CoreMemory, rows: readonly KernelRow[], columns: Columns): number[] {
  const placed = Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, core.loadColumn("f64", values)]),
  );
  for (const row of rows) core.scope(() => warmKernel(core, row, placed));
  return rows.map((row) => core.scope(() => timeKernel(core, row, placed)));
}

/** Every kernel is called first, so that the optimising compiler is done with it when it is timed. */
function warmKernel(core: CoreMemory, row: KernelRow, placed: PlacedColumns): void {
  const call = placeCall(core, row, placed, WARM_ROWS);
  for (let i = 0; i < WARM_CALLS; i++) callKernelInto(core, row, call);
}

function timeKernel(core: CoreMemory, row: KernelRow, placed: PlacedColumns): number {
  const call = placeCall(core, row, placed, ROWS);
  const times = Array.from({ length: REPEATS }, () => {
    const start = performance.now();
    callKernelInto(core, row, call);
    return performance.now() - start;
  });
  return Math.min(...times) * NANOSECONDS_PER_MS / ROWS;
}

function placeCall(core: CoreMemory, row: KernelRow, placed: PlacedColumns, length: number) {
  const inputs = row.inputs.map(({ name }) => {
    const column = placed[ABSTRACT_COLUMNS[name] ?? name];
    if (column === undefined) throw new Error(`No column for input "${name}" of ${row.name}`);
    return { ...column, length };
  });
  const outputs = row.outputs.map(({ type }) => core.allocateColumn(type, length));
  const parameters = row.parameters.map((parameter) => parameter.default);
  return { inputs, outputs, parameters, length };
}

async function timeTalib(
  python: string,
  rows: readonly KernelRow[],
  columns: Columns,
): Promise<{ version: string; times: Readonly<Record<string, number>> }> {
  const folder = await Deno.makeTempDir();
  try {
    const request = {
      rows: ROWS,
      columns: Object.keys(columns),
      repeats: REPEATS,
      functions: rows.map((row) => row.name),
    };
    await Deno.writeTextFile(`${folder}/request.json`, JSON.stringify(request));
    const bytes = Object.values(columns).map((values) => new Uint8Array(values.slice().buffer));
    await Deno.writeFile(
      `${folder}/series.bin`,
      new Uint8Array(await new Blob(bytes).arrayBuffer()),
    );
    const script = new URL("tools/time_talib.py", import.meta.url).pathname;
    const { success, stdout } = await new Deno.Command(python, {
      args: [script, folder],
      stderr: "inherit",
    }).output();
    if (!success) throw new Error(`Cannot time TA-Lib: "${python}" failed`);
    return JSON.parse(new TextDecoder().decode(stdout));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function report(
  rows: readonly KernelRow[],
  ours: readonly number[],
  theirs: { version: string; times: Readonly<Record<string, number>> } | null,
): void {
  console.log(
    `function             ns/bar${theirs === null ? "" : `   C ${theirs.version}   ratio`}`,
  );
  const ratios: number[] = [];
  for (const [index, row] of rows.entries()) {
    const mine = ours[index] ?? NaN;
    const reference = theirs?.times[row.name];
    const ratio = reference === undefined ? NaN : mine / reference;
    if (reference !== undefined) ratios.push(ratio);
    const beside = reference === undefined
      ? ""
      : `${reference.toFixed(2).padStart(10)}${ratio.toFixed(2).padStart(8)}`;
    console.log(`${row.name.padEnd(20)}${mine.toFixed(2).padStart(7)}${beside}`);
  }
  if (ratios.length === 0) return;
  const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
  const within = ratios.filter((ratio) => ratio <= 1.1).length;
  const above = ratios.filter((ratio) => ratio > 1.5).length;
  console.log(
    `${ratios.length} functions: geometric mean of the ratios ${mean.toFixed(2)}, ` +
      `${within} at most 1.1, ${above} above 1.5`,
  );
}

if (import.meta.main) await main();
