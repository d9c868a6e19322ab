import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type BatchJob,
  callKernel,
  callKernelBatch,
  CoreMemory,
  findKernel,
  KernelError,
  type KernelRow,
  KERNELS,
  readCoreModule,
} from "./mod.ts";
import { randomCandles, randomNumbers } from "./tools/random_series.ts";

const BATCHED = KERNELS.filter((row) => row.batchSymbol !== undefined);
const core = new CoreMemory(await readCoreModule());

Deno.test("batched kernels are the averages, RSI, ATR and the windows", () => {
  assert.deepEqual(
    BATCHED.map(({ name }) => name).sort(),
    "ATR EMA RSI SMA rolling_max rolling_mean rolling_min rolling_std rolling_sum".split(" "),
  );
});

type Series = Readonly<Record<string, Float64Array>>;

/** What a series can be beside a plain walk: each takes it and changes it in place. */
const DISTURBANCES: readonly ((close: Float64Array, random: () => number) => void)[] = [
  () => {},
  (close) => close.fill(NaN, 0, 17),
  (close, random) => close.fill(NaN, Math.floor(close.length * random()), close.length),
  (close, random) => {
    for (let i = 0; i < close.length; i++) if (random() < 0.05) close[i] = NaN;
  },
  (close, random) => {
    const at = Math.floor(close.length * random());
    close.fill(close[at] ?? 0, at, at + 90);
  },
  (close) => close.set(close.map((value, i) => i === 0 ? 0 : value - (close[i - 1] ?? 0))),
  (close) => close.set(close.map((value) => -value)),
  (close, random) => close.set(close.map(() => [0, -0, 1, -1][Math.floor(4 * random())] ?? 0)),
  (close, random) => {
    close[Math.floor(close.length * random())] = random() < 0.5 ? Infinity : -Infinity;
  },
  (close, random) => close.set(close.map((value) => random() < 0.02 ? 1e12 * value : value)),
  (close) => close.set(close.map((value) => Math.round(value))),
  (close, random) => {
    const sign = random() < 0.5 ? 1 : -1;
    close.set(close.map(() => random() < 0.4 ? 0 * sign : sign * 10 ** (30 * random() - 12)));
  },
];

function randomSeries(random: () => number): Series {
  const length = random() < 0.2 ? Math.floor(random() * 40) : 150 + Math.floor(random() * 200);
  const shape = { length, start: 100, step: 0.01, tick: random() < 0.5 ? 0.25 : 0, idle: 0.2 };
  const { high, low, close } = randomCandles(random, shape);
  DISTURBANCES[Math.floor(DISTURBANCES.length * random())]?.(close, random);
  return { high, low, close, real: close };
}

function randomJobs(row: KernelRow, random: () => number): BatchJob[] {
  const series = Array.from({ length: 1 + Math.floor(random() * random() * 5) }, () => {
    const columns = randomSeries(random);
    return row.inputs.map(({ name }) =>
      core.loadColumn("f64", columns[name] ?? new Float64Array())
    );
  });
  const widest = [4, 12, 70][Math.floor(random() * 3)] ?? 4;
  return Array.from({ length: Math.floor(random() * 14) }, () => {
    const period = (row.parameters[0]?.min ?? 1) + Math.floor(random() * widest);
    const [, least, ddof] = row.parameters;
    const parameters = [
      period,
      ...(least === undefined ? [] : [Math.floor(random() * (period + 2)) - 1]),
      ...(ddof === undefined ? [] : [Math.floor(random() * 3)]),
    ];
    return { inputs: series[Math.floor(random() * series.length)] ?? [], parameters };
  });
}

function assertBatchIsSingle(row: KernelRow, jobs: readonly BatchJob[]): void {
  const batch = callKernelBatch(core, row, jobs);
  for (const [index, { inputs, parameters }] of jobs.entries()) {
    const [single] = callKernel(core, row, inputs, parameters);
    const [batched] = batch[index] ?? [];
    assert.ok(single !== undefined && batched !== undefined);
    const [one, other] = [single, batched].map((column) =>
      new BigUint64Array(core.read(column).buffer)
    );
    const at = one?.findIndex((value, i) => value !== other?.[i]) ?? -1;
    const values = [single, batched].map((column) => core.read(column)[at]);
    assert.equal(at, -1, `${row.name} job ${index} ${parameters}: row ${at} is ${values}`);
  }
}

for (const row of BATCHED) {
  Deno.test(`a batch of ${row.name} equals single calls bit for bit`, () => {
    const property = fc.property(fc.nat(), (seed) => {
      core.scope(() => assertBatchIsSingle(row, randomJobs(row, randomNumbers(seed))));
    });
    fc.assert(property, { numRuns: 400 });
  });
}

Deno.test("a kernel without a batch form runs one job after the other", () => {
  const row = findKernel("MACD");
  assert.ok(row);
  const close = core.loadColumn("f64", Float64Array.from({ length: 90 }, (_, i) => Math.sin(i)));
  assertBatchIsSingle(
    row,
    [[3, 6, 4], [5, 9, 2]].map((parameters) => ({
      inputs: [close],
      parameters,
    })),
  );
});

Deno.test("a batch refuses the job that a single call refuses, for the same reason", () => {
  const row = findKernel("rolling_mean");
  assert.ok(row);
  const inputs = [core.loadColumn("f64", new Float64Array(9))];
  const jobs = [[5, 0], [5, 6], [3, 0]].map((parameters) => ({ inputs, parameters }));
  assert.throws(
    () => callKernelBatch(core, row, jobs),
    (err) => err instanceof KernelError && /"min_periods" is 6.*window=5/.test(err.message),
  );
});

/** Long series are cut into segments by single calls and not by batches, so each checks the other. */
for (const row of BATCHED) {
  Deno.test(`${row.name} of long series is the same in segments and in one pass`, () => {
    const random = randomNumbers(23);
    const jobs = [0, 1, 2, 3, 4, 5, 6, 7].map((index) => {
      const shape = { length: 40_000 + index, start: 100, step: 0.01, tick: 0.25, idle: 0.3 };
      const { high, low, close } = randomCandles(random, shape);
      if (index % 4 === 2) close.fill(NaN, 22_000, 22_001);
      if (index % 4 === 3) close.fill(NaN, 0, 900);
      const named: Series = { high, low, close, real: close };
      const inputs = row.inputs.map(({ name }) =>
        core.loadColumn("f64", named[name] ?? new Float64Array(0))
      );
      const [, ...rest] = row.parameters.map((parameter) => parameter.default);
      return { inputs, parameters: [index < 4 ? 2 + index : 30 + index, ...rest] };
    });
    core.scope(() => assertBatchIsSingle(row, jobs));
  });
}
