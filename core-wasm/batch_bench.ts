/**
 * Nanoseconds a bar of each job, single calls one after the other against one batch: sixteen periods of
 * one series, and one period of sixteen series. Both write to columns of their own.
 *
 *     deno run -A --v8-flags=--no-liftoff core-wasm/batch_bench.ts [EMA rolling_mean …]
 */
import { type BatchJob, callKernelBatch } from "./batch.ts";
import { callKernel } from "./call_kernel.ts";
import type { KernelRow } from "./kernel.ts";
import { CoreMemory, readCoreModule } from "./memory.ts";
import { KERNELS } from "./registry/index.ts";
import { type Candles, randomCandles, randomNumbers } from "./tools/random_series.ts";

const JOBS = 16;
const LENGTHS = [20_000, 1_000_000];
const REPEATS = 7;
const SINGLE_PERIOD = 20;
const NANOSECONDS_PER_MS = 1e6;

async function main(): Promise<void> {
  const wanted = new Set(Deno.args);
  const rows = KERNELS.filter((row) =>
    row.batchSymbol !== undefined && (wanted.size === 0 || wanted.has(row.name))
  );
  const module = await readCoreModule();
  console.log(`ns per bar of ${JOBS} jobs        many periods          many series`);
  console.log("function               bars    single   batch     single   batch");
  for (const length of LENGTHS) {
    const series = makeSeries(length);
    for (const row of rows) {
      const core = new CoreMemory(module);
      const periods = time(core, row, placeJobs(core, row, series.slice(0, 1), (job) => 10 + job));
      const many = time(core, row, placeJobs(core, row, series, () => SINGLE_PERIOD));
      const label = `${row.name.padEnd(18)}${String(length).padStart(9)}`;
      console.log(
        [label, ...[...periods, ...many].map((ns) => ns.toFixed(2).padStart(8))].join(" "),
      );
    }
  }
}

function makeSeries(length: number): Candles[] {
  const random = randomNumbers(7);
  const shape = { length, start: 1000, step: 0.002, tick: 0, idle: 0 };
  return Array.from({ length: JOBS }, () => randomCandles(random, shape));
}

function placeJobs(
  core: CoreMemory,
  row: KernelRow,
  series: readonly Candles[],
  periodOf: (job: number) => number,
): BatchJob[] {
  const placed = series.map((candles) =>
    row.inputs.map(({ name }) =>
      core.loadColumn("f64", name === "high" || name === "low" ? candles[name] : candles.close)
    )
  );
  return Array.from({ length: JOBS }, (_, job) => {
    const [, ...rest] = row.parameters.map((parameter) => parameter.default);
    return { inputs: placed[job % placed.length] ?? [], parameters: [periodOf(job), ...rest] };
  });
}

/** The least of some runs of each, single first. */
function time(core: CoreMemory, row: KernelRow, jobs: readonly BatchJob[]): [number, number] {
  const single = () =>
    jobs.forEach(({ inputs, parameters }) => callKernel(core, row, inputs, parameters));
  const batch = () => void callKernelBatch(core, row, jobs);
  const bars = jobs.reduce((total, { inputs }) => total + (inputs[0]?.length ?? 0), 0);
  const [one, many] = [single, batch].map((work) => leastMs(() => core.scope(work)));
  return [(one ?? NaN) * NANOSECONDS_PER_MS / bars, (many ?? NaN) * NANOSECONDS_PER_MS / bars];
}

function leastMs(work: () => void): number {
  let least = Infinity;
  for (let repeat = 0; repeat <= REPEATS; repeat++) {
    const start = performance.now();
    work();
    if (repeat > 0) least = Math.min(least, performance.now() - start);
  }
  return least;
}

if (import.meta.main) await main();
