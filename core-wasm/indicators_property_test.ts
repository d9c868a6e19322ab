import assert from "node:assert/strict";
import fc from "fast-check";
import { callKernel, CoreMemory, type KernelRow, KERNELS, type PlacedColumn } from "./mod.ts";
import { type ColumnArray, readCoreModule } from "./mod.ts";
import { candlesOf, inputsOf, parametersOf } from "./tools/random_calls.ts";
import { type Candles, randomNumbers } from "./tools/random_series.ts";

const LONG = [
  ..."EMA DEMA TEMA TRIX APO PPO PVO MACD MACDFIX RMA ATR NATR RSI KC SUPERTREND".split(" "),
  ..."TSI MASSI SMI CVI EFI VHF FRACTAL T3 KAMA ADOSC HT_DCPERIOD HT_DCPHASE HT_PHASOR".split(" "),
  ..."HT_SINE HT_TRENDLINE HT_TRENDMODE MAMA CMO".split(" "),
];
const CANARY = 0xa5;
const CANARY_BYTES = 4096;
const core = new CoreMemory(await readCoreModule());

Deno.test("no causal kernel changes earlier values when rows are appended", () => {
  const property = fc.property(fc.nat(), fc.integer({ min: 1, max: 260 }), (seed, rows) => {
    const random = randomNumbers(seed);
    const candles = candlesOf(random, 300);
    for (const row of KERNELS) {
      const parameters = parametersOf(row, random);
      if (row.ahead(parameters) > 0) continue;
      core.scope(() => {
        const whole = inputsOf(core, row, candles);
        const prefix = whole.map((column) =>
          core.loadColumn(column.type, core.read(column).slice(0, rows))
        );
        const first = callKernel(core, row, prefix, parameters, rows).map((column) =>
          core.read(column)
        );
        const all = callKernel(core, row, whole, parameters, 300).map((column) =>
          core.read(column)
        );
        for (const [index, column] of first.entries()) {
          assert.deepEqual(all[index]?.slice(0, rows), column, `${row.name} ${parameters}`);
        }
      });
    }
  });
  fc.assert(property, { numRuns: 12 });
});

/** Segments end elsewhere when rows are appended; each must leave what one pass leaves. */
Deno.test("no kernel changes earlier values of a long series when rows are appended", () => {
  const random = randomNumbers(5);
  for (
    const parts of [{ flat: 0, hole: -1 }, { flat: 18_000, hole: -1 }, { flat: 0, hole: 17_000 }]
  ) {
    const candles = candlesOf(random, 40_003);
    for (const column of Object.values(candles) as Float64Array[]) {
      column.fill(50, 4_000, 4_000 + parts.flat);
      if (parts.hole >= 0) column[parts.hole] = NaN;
    }
    for (const name of LONG) {
      const row = KERNELS.find((each) => each.name === name);
      assert.ok(row, name);
      const periods = row.parameters.filter(({ type }) => type === "int");
      for (const period of [undefined, 3, 11, 15, 23]) {
        if (period !== undefined && periods.length === 0) continue;
        const parameters = row.parameters.map((parameter) =>
          period !== undefined && parameter === periods[0] ? period : parameter.default
        );
        comparePrefix(row, candles, parameters, 33_001);
      }
    }
  }
});

function comparePrefix(
  row: KernelRow,
  candles: Candles,
  parameters: readonly number[],
  rows: number,
): void {
  core.scope(() => {
    const named: Readonly<Record<string, Float64Array>> = { ...candles, real: candles.close };
    const inputs = row.inputs.map(({ name }) => named[name] ?? candles.close);
    const [first, all] = [rows, candles.close.length].map((length) =>
      callKernel(
        core,
        row,
        inputs.map((values) => core.loadColumn("f64", values.slice(0, length))),
        parameters,
      ).map((column) => core.read(column))
    );
    for (const [index, column] of (first ?? []).entries()) {
      const label = `${row.name} ${parameters}`;
      assert.deepEqual(all?.[index]?.slice(0, rows), column, label);
    }
  });
}

Deno.test("no kernel writes outside its outputs and scratch, or reads what scratch held", () => {
  const property = fc.property(fc.nat(), fc.integer({ min: 1, max: 200 }), (seed, rows) => {
    const random = randomNumbers(seed);
    const candles = candlesOf(random, rows);
    for (const row of KERNELS) {
      const parameters = parametersOf(row, random);
      core.scope(() => {
        const inputs = inputsOf(core, row, candles);
        const before = inputs.map((column) => core.read(column));
        const dirty = runOver(row, inputs, parameters, { rows, byte: CANARY });
        const clean = runOver(row, inputs, parameters, { rows, byte: 0 });
        assert.deepEqual(
          clean,
          dirty,
          `${row.name} ${parameters} depends on its scratch's content`,
        );
        assert.deepEqual(inputs.map((column) => core.read(column)), before, `${row.name} inputs`);
      });
    }
  });
  fc.assert(property, { numRuns: 8 });
});

/** Fills what the call will be given with `byte`, calls, and looks behind it. */
function runOver(
  row: KernelRow,
  inputs: readonly PlacedColumn[],
  parameters: readonly number[],
  { rows, byte }: { readonly rows: number; readonly byte: number },
): ColumnArray[] {
  return core.scope(() => {
    const mark = core.mark();
    for (const output of row.outputs) core.allocateColumn(output.type, rows);
    const scratch = row.scratchBytes(rows, parameters);
    const behind = core.allocate(scratch) + Math.ceil(scratch / 16) * 16;
    core.allocate(CANARY_BYTES);
    core.release(mark);
    new Uint8Array(core.buffer, mark, behind - mark).fill(byte);
    new Uint8Array(core.buffer, behind, CANARY_BYTES).fill(CANARY);
    const outputs = callKernel(core, row, inputs, parameters, rows);
    const untouched = new Uint8Array(core.buffer, behind, CANARY_BYTES);
    assert.ok(untouched.every((each) => each === CANARY), `${row.name} ${parameters} ${rows} rows`);
    return outputs.map((column) => core.read(column));
  });
}
