import assert from "node:assert/strict";
import { callKernel, callKernelBatch, CoreMemory, KERNELS, readCoreModule } from "./mod.ts";
import { randomCandles, randomNumbers } from "./tools/random_series.ts";

const BATCHED = KERNELS.filter((row) => row.batchSymbol !== undefined);

Deno.test("batched kernels are those of the averages, the RSI and the ATR", () => {
  assert.deepEqual(BATCHED.map(({ name }) => name).sort(), ["ATR", "EMA", "RSI", "SMA"]);
});

for (const row of BATCHED) {
  Deno.test(`a batch of ${row.name} equals single calls bit for bit`, async () => {
    const core = new CoreMemory(await readCoreModule());
    const random = randomNumbers(11);
    const jobs = Array.from({ length: 23 }, (_, index) => {
      const length = index % 5 === 4 ? Math.floor(random() * 40) : 300 + Math.floor(random() * 200);
      const shape = { length, start: 100, step: 0.01, tick: index % 2 === 0 ? 0.25 : 0, idle: 0.2 };
      const candles = randomCandles(random, shape);
      if (index % 3 === 0) candles.close.fill(NaN, 0, Math.min(length, 17));
      if (index % 7 === 6) candles.close.fill(NaN, 100, 104);
      const inputs = row.inputs.map(({ name }) =>
        core.loadColumn(
          "f64",
          name === "high" ? candles.high : name === "low" ? candles.low : candles.close,
        )
      );
      const parameters = [(row.parameters[0]?.min ?? 1) + Math.floor(random() * 40)];
      return { inputs, parameters };
    });
    const batch = callKernelBatch(core, row, jobs);
    for (const [index, { inputs, parameters }] of jobs.entries()) {
      const single = callKernel(core, row, inputs, parameters);
      assert.deepEqual(
        batch[index]?.map((column) => new BigUint64Array(core.read(column).buffer)),
        single.map((column) => new BigUint64Array(core.read(column).buffer)),
        `job ${index}`,
      );
    }
  });
}

Deno.test("a kernel without a batch form runs one job after the other", async () => {
  const core = new CoreMemory(await readCoreModule());
  const row = KERNELS.find(({ name }) => name === "MACD");
  assert.ok(row);
  const close = core.loadColumn("f64", Float64Array.from({ length: 90 }, (_, i) => Math.sin(i)));
  const jobs = [{ inputs: [close], parameters: [3, 6, 4] }, {
    inputs: [close],
    parameters: [5, 9, 2],
  }];
  const batch = callKernelBatch(core, row, jobs);
  const single = jobs.map(({ inputs, parameters }) => callKernel(core, row, inputs, parameters));
  assert.deepEqual(
    batch.flat().map((column) => core.read(column)),
    single.flat().map((column) => core.read(column)),
  );
});

/** Long series are cut into segments by single calls and not by batches, so each checks the other. */
for (const row of BATCHED) {
  Deno.test(`${row.name} of long series is the same in segments and in one pass`, async () => {
    const core = new CoreMemory(await readCoreModule());
    const random = randomNumbers(23);
    const jobs = [0, 1, 2, 3, 4, 5, 6, 7].map((index) => {
      const shape = { length: 40_000 + index, start: 100, step: 0.01, tick: 0.25, idle: 0.3 };
      const { high, low, close } = randomCandles(random, shape);
      if (index % 4 === 1) {
        for (const column of [high, low, close]) column.fill(50, 5_000, 25_000);
      }
      if (index % 4 === 2) close.fill(NaN, 22_000, 22_001);
      if (index % 4 === 3) close.fill(NaN, 0, 900);
      const named: Readonly<Record<string, Float64Array>> = { high, low, close, real: close };
      const inputs = row.inputs.map(({ name }) =>
        core.loadColumn("f64", named[name] ?? new Float64Array(0))
      );
      return { inputs, parameters: [index < 4 ? 2 + index : 30 + index] };
    });
    const batch = callKernelBatch(core, row, jobs);
    for (const [index, { inputs, parameters }] of jobs.entries()) {
      const [single] = callKernel(core, row, inputs, parameters);
      const [batched] = batch[index] ?? [];
      assert.ok(single !== undefined && batched !== undefined);
      const bits = [single, batched].map((column) => new BigUint64Array(core.read(column).buffer));
      assert.equal(bits[0]?.findIndex((value, at) => value !== bits[1]?.[at]), -1, `job ${index}`);
    }
  });
}
