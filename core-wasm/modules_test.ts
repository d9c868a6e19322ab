/** The two builds of the core: which one is loaded, and that no answer tells them apart. */
import assert from "node:assert/strict";
import {
  callKernel,
  callKernelBatch,
  type ColumnArray,
  CoreMemory,
  findKernel,
  type KernelRow,
  KERNELS,
  type PlacedColumn,
  readCoreModule,
} from "./mod.ts";
import { hasFusedMultiplyAdd } from "./multiply_add.ts";
import { readColumnGoldens } from "./testdata/column_goldens.ts";
import { readTalibGoldens } from "./testdata/talib_goldens.ts";
import { asType } from "./tools/column_cases.ts";
import { candlesOf, inputsOf, parametersOf } from "./tools/random_calls.ts";
import { type Candles, randomCandles, randomNumbers } from "./tools/random_series.ts";

const BYTES_MAX = 450_000;
const LONG_ROWS = 40_003;
/** Calls after which V8 has compiled a kernel again, with the optimising compiler. */
const HOT_CALLS = 60;
const HOT_ROWS = 3000;
const TALIB = KERNELS.filter(({ family }) => family === "talib");
const ABSTRACT_COLUMNS: Readonly<Record<string, string>> = {
  real: "close",
  real0: "high",
  real1: "low",
};
/** Where multiply-add rounds twice the fused module is never loaded, and is not to be compared. */
const ignore = !hasFusedMultiplyAdd();

type Call = (core: CoreMemory) => readonly PlacedColumn[];

Deno.test("the fused module is loaded where the engine's multiply-add rounds once", async () => {
  const isFused = async (multiplyAdd?: "fused" | "software") =>
    new CoreMemory(await readCoreModule({ multiplyAdd })).call("isFused");
  assert.equal(await isFused(), hasFusedMultiplyAdd() ? 1 : 0);
  assert.equal(await isFused("software"), 0);
  if (!ignore) assert.equal(await isFused("fused"), 1);
});

Deno.test("each module is small and exports the same", async () => {
  for (const name of ["core.wasm", "core-fused.wasm"]) {
    const { size } = await Deno.stat(new URL(`dist/${name}`, import.meta.url));
    assert.ok(size <= BYTES_MAX, `${name} has ${size} bytes`);
  }
  if (ignore) return;
  const [fused, software] = await Promise.all(
    (["fused", "software"] as const).map((multiplyAdd) => readCoreModule({ multiplyAdd })),
  );
  assert.ok(fused && software);
  assert.deepEqual(WebAssembly.Module.exports(fused), WebAssembly.Module.exports(software));
});

Deno.test("of relaxed SIMD only multiply-add is used, and only where its other form is", async () => {
  const uses: string[] = [];
  for await (const [path, text] of sourcesIn(new URL("assembly/", import.meta.url))) {
    for (const [word] of text.matchAll(/\brelaxed_\w+/g)) uses.push(`${path} ${word}`);
  }
  assert.deepEqual(uses, ["indicators/shared/fma.ts relaxed_madd"]);
});

Deno.test({
  name:
    "both modules answer TA-Lib's golden cases with the same bytes (needs a fused multiply-add)",
  ignore,
}, async () => {
  const both = await bothCores();
  const goldens = await readTalibGoldens();
  for (const { name, parameters } of goldens.cases) {
    const row = rowOf(name);
    const values = row.parameters.map((parameter) => parameters[parameter.name] ?? NaN);
    for (const series of goldens.series) {
      const columns = row.inputs.map((input) =>
        series.columns[ABSTRACT_COLUMNS[input.name] ?? input.name] ?? new Float64Array()
      );
      assertSame(both, `${name} ${values} ${series.name}`, (core) => {
        const inputs = columns.map((column) => core.loadColumn("f64", column));
        return callKernel(core, row, inputs, values);
      });
    }
  }
});

Deno.test({
  name:
    "both modules answer the columns' golden cases with the same bytes (needs a fused multiply-add)",
  ignore,
}, async () => {
  const both = await bothCores();
  const goldens = await readColumnGoldens();
  for (const { name, inputs, parameters } of goldens.cases) {
    const row = rowOf(name);
    const values = row.parameters.map((parameter) => parameters[parameter.name] ?? NaN);
    for (const series of goldens.series) {
      assertSame(both, `${name} ${values} ${series.name}`, (core) => {
        const columns = inputs.map(([column, type]) =>
          core.loadColumn(type, asType(type, series.columns[column] ?? new Float64Array()))
        );
        return callKernel(core, row, columns, values);
      });
    }
  }
});

Deno.test({
  name:
    "both modules answer random calls of every kernel with the same bytes (needs a fused multiply-add)",
  ignore,
}, async () => {
  const both = await bothCores();
  const random = randomNumbers(20_261);
  for (let round = 0; round < 12; round++) {
    const rows = 1 + Math.floor(random() * 600);
    const candles = candlesOf(random, rows);
    for (const row of KERNELS) {
      const parameters = parametersOf(row, random);
      assertSame(
        both,
        `${row.name} ${parameters} ${rows} rows`,
        (core) => callKernel(core, row, inputsOf(core, row, candles), parameters, rows),
      );
    }
  }
});

Deno.test({
  name:
    "both modules answer long series, alone and in batches, with the same bytes (needs a fused multiply-add)",
  ignore,
}, async () => {
  const both = await bothCores();
  const random = randomNumbers(9);
  for (const tick of [0, 0.05]) {
    const shape = { length: LONG_ROWS, start: 40, step: 0.02, tick, idle: 0.02 };
    const candles = randomCandles(random, shape);
    for (const row of TALIB) {
      const parameters = row.parameters.map((parameter) => parameter.default);
      assertSame(
        both,
        `${row.name} ${tick}`,
        (core) => callKernel(core, row, columnsOf(core, row, candles), parameters),
      );
      if (row.batchSymbol === undefined) continue;
      assertSame(both, `${row.name} ${tick} in a batch`, (core) => {
        const inputs = columnsOf(core, row, candles);
        const jobs = [7, 10, 14, 15, 33].map((period) => ({ inputs, parameters: [period] }));
        return callKernelBatch(core, row, jobs).flat();
      });
    }
  }
});

Deno.test({
  name:
    "both modules answer numbers near the ends of the range with the same bytes (needs a fused multiply-add)",
  ignore,
}, async () => {
  const both = await bothCores();
  const random = randomNumbers(77);
  for (const size of [-310, -300, -200, 200, 290, 300, 306]) {
    const candles = candlesOf(random, 400);
    for (const column of Object.values(candles) as Float64Array[]) {
      column.forEach((value, i) => column[i] = value * 10 ** (size + 8 * (random() - 0.5)));
    }
    for (const row of TALIB) {
      const parameters = parametersOf(row, random);
      assertSame(
        both,
        `${row.name} ${parameters} 1e${size}`,
        (core) => callKernel(core, row, columnsOf(core, row, candles), parameters),
      );
    }
  }
});

Deno.test({
  name:
    "a kernel answers the same bytes before and after V8 optimises it (needs a fused multiply-add)",
  ignore,
}, async () => {
  const random = randomNumbers(3);
  const shape = { length: HOT_ROWS, start: 40, step: 0.02, tick: 0.05, idle: 0.02 };
  const candles = randomCandles(random, shape);
  const core = new CoreMemory(await readCoreModule({ multiplyAdd: "fused" }));
  for (const row of TALIB.filter(({ group }) => group !== "Pattern Recognition")) {
    const parameters = row.parameters.map((parameter) => parameter.default);
    core.scope(() => {
      const inputs = columnsOf(core, row, candles);
      const call = () =>
        core.scope(() => callKernel(core, row, inputs, parameters).map((each) => core.read(each)));
      const cold = call();
      for (let i = 0; i < HOT_CALLS; i++) call();
      assert.deepEqual(call(), cold, row.name);
    });
  }
});

async function* sourcesIn(folder: URL, prefix = ""): AsyncGenerator<[string, string]> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const url = new URL(isDirectory ? `${name}/` : name, folder);
    if (isDirectory) yield* sourcesIn(url, `${prefix}${name}/`);
    else yield [prefix + name, await Deno.readTextFile(url)];
  }
}

async function bothCores(): Promise<CoreMemory[]> {
  const modules = await Promise.all(
    (["fused", "software"] as const).map((multiplyAdd) => readCoreModule({ multiplyAdd })),
  );
  return modules.map((module) => new CoreMemory(module));
}

function rowOf(name: string): KernelRow {
  const row = findKernel(name);
  assert.ok(row, name);
  return row;
}

function columnsOf(core: CoreMemory, row: KernelRow, candles: Candles): PlacedColumn[] {
  const named: Readonly<Record<string, Float64Array>> = {
    ...candles,
    real: candles.close,
    real0: candles.high,
    real1: candles.low,
    periods: candles.close.map((value) => Math.floor(value * 20) % 40),
  };
  return row.inputs.map(({ name }) => core.loadColumn("f64", named[name] ?? candles.close));
}

/** Bit for bit, but every NaN is the same, for WebAssembly leaves its bits open. */
function assertSame(cores: readonly CoreMemory[], label: string, call: Call): void {
  const [fused, software] = cores.map((core) => answerOf(core, call));
  assert.equal(fused?.refusal, software?.refusal, label);
  for (const [index, values] of (fused?.columns ?? []).entries()) {
    const other = software?.columns[index];
    const at = values.findIndex((value, i) => !Object.is(value, other?.[i]));
    assert.ok(at < 0, `${label}: ${values[at]} and ${other?.[at]} in row ${at} of output ${index}`);
  }
}

function answerOf(core: CoreMemory, call: Call): { refusal: string; columns: ColumnArray[] } {
  return core.scope(() => {
    try {
      return { refusal: "", columns: call(core).map((column) => core.read(column)) };
    } catch (err) {
      return { refusal: String(err), columns: [] };
    }
  });
}
