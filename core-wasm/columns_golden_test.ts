import assert from "node:assert/strict";
import {
  callKernel,
  CoreMemory,
  findKernel,
  interpolateRows,
  type KernelRow,
  KERNELS,
  matchRows,
  type PlacedColumn,
  readCoreModule,
  resampleCandles,
} from "./mod.ts";
import {
  type ColumnAnswer,
  type ColumnCase,
  type ColumnSeries,
  type MergeCase,
  readAlignGoldens,
  readColumnGoldens,
} from "./testdata/column_goldens.ts";
import { digestOf, sampledRows } from "./testdata/talib_goldens.ts";
import { asType } from "./tools/column_cases.ts";

const MINUTE_MS = 60_000;
const TIMEFRAME_MINUTES: Readonly<Record<string, number>> = {
  "5m": 5,
  "15m": 15,
  "1h": 60,
  "4h": 240,
  "1d": 1440,
  "1w": 10_080,
};
const RELATIVE_MAX = 1e-9;
const goldens = await readColumnGoldens();
const core = new CoreMemory(await readCoreModule());
const names = new Set(goldens.cases.map(({ name }) => name));
const approximate = new Set(
  goldens.cases.filter(({ samples }) => samples === true).map(({ name }) => name),
);

Deno.test("every column, window, library and time kernel with inputs has golden answers", () => {
  const missing = KERNELS.filter(({ name, family, inputs }) =>
    family !== "talib" && inputs.length > 0 && !names.has(name)
  );
  assert.deepEqual(missing.map(({ name }) => name), []);
});

Deno.test(`${names.size} kernels equal pandas ${goldens.versions.pandas} and libraries, ${approximate.size} of them within 1e-9 in places`, () => {
  const failures: string[] = [];
  for (const golden of goldens.cases) {
    const row = findKernel(golden.name);
    assert.ok(row, golden.name);
    for (const series of goldens.series) {
      const answers = row.outputs.map(() => goldens.next(golden, series.rows));
      if (answers[0]?.kind !== "refused") failures.push(...compare(row, golden, series, answers));
    }
  }
  assert.deepEqual(failures, []);
});

Deno.test(`matchRows() takes the rows of freqtrade ${goldens.versions.freqtrade} when frames are merged`, async () => {
  const { merges } = await readAlignGoldens();
  for (const merge of merges) {
    assert.deepEqual(mergedRows(merge), merge.rows, JSON.stringify(merge));
  }
});

Deno.test(`resampleCandles() makes the candles of technical ${goldens.versions.technical}`, async () => {
  const { resamples } = await readAlignGoldens();
  for (const { interval, candles, resampled } of resamples) {
    core.scope(() => {
      const place = (name: string) =>
        core.loadColumn(name === "date" ? "time" : "f64", numbers(candles[name]));
      const found = resampleCandles(core, {
        date: place("date"),
        open: place("open"),
        high: place("high"),
        low: place("low"),
        close: place("close"),
        volume: place("volume"),
      }, interval * MINUTE_MS);
      for (const [name, column] of Object.entries(found) as [string, PlacedColumn][]) {
        assert.deepEqual(core.read(column), numbers(resampled[name]), `${name} of ${interval}`);
      }
    });
  }
});

Deno.test(`interpolateRows() spreads a wide series as pandas ${goldens.versions.pandas} does`, async () => {
  const { spreads } = await readAlignGoldens();
  for (const { step, interval, drops, candles, mean } of spreads) {
    core.scope(() => {
      const place = (name: string) =>
        core.loadColumn(name === "date" ? "time" : "f64", numbers(candles[name]));
      const narrow = {
        date: place("date"),
        open: place("open"),
        high: place("high"),
        low: place("low"),
        close: place("close"),
        volume: place("open"),
      };
      const wide = resampleCandles(core, narrow, interval * MINUTE_MS, {
        label: "right",
        keep: drops ? "whole" : "all",
      });
      const row = findKernel("rolling_mean");
      assert.ok(row);
      const [values] = callKernel(core, row, [wide.close], [3, 0]);
      assert.ok(values);
      const series = { keys: wide.date, values };
      const found = interpolateRows(core, narrow.date, series, step * MINUTE_MS);
      assert.deepEqual(core.read(found), numbers(mean), `${interval} ${drops}`);
    });
  }
});

function compare(
  row: KernelRow,
  golden: ColumnCase,
  series: ColumnSeries,
  answers: readonly ColumnAnswer[],
): string[] {
  return core.scope(() => {
    const inputs = golden.inputs.map(([name, type]) =>
      core.loadColumn(type, asType(type, series.columns[name] ?? new Float64Array()))
    );
    const parameters = row.parameters.map(({ name }) => golden.parameters[name] ?? NaN);
    return callKernel(core, row, inputs, parameters).flatMap((column, index) => {
      const values = Float64Array.from(core.read(column) as Iterable<number | bigint>, Number);
      const answer = answers[index];
      if (answer !== undefined && isAnswer(values, answer)) return [];
      return [`${golden.name} ${JSON.stringify(golden)} ${series.name} ${index}`];
    });
  });
}

function isAnswer(values: Float64Array, answer: ColumnAnswer): boolean {
  if (answer.kind === "digest") return digestOf(values) === answer.hex;
  if (answer.kind === "refused") return true;
  return sampledRows(values.length).every((at, index) =>
    isNear(values[at] ?? NaN, answer.values[index] ?? NaN)
  );
}

function isNear(ours: number, theirs: number): boolean {
  if (Object.is(ours, theirs)) return true;
  return Math.abs(ours - theirs) <= RELATIVE_MAX * Math.max(Math.abs(ours), Math.abs(theirs));
}

function mergedRows({ timeframe, informative, fill, dates, others }: MergeCase): number[] {
  const narrowMs = (TIMEFRAME_MINUTES[timeframe] ?? NaN) * MINUTE_MS;
  const wideMs = (TIMEFRAME_MINUTES[informative] ?? NaN) * MINUTE_MS;
  return core.scope(() => {
    const date = core.loadColumn("time", Float64Array.from(dates));
    const other = core.loadColumn("time", Float64Array.from(others));
    const isMonth = informative === "1M";
    const keys = isMonth ? nextMonths(other) : other;
    const offsetMs = isMonth ? -narrowMs : wideMs - narrowMs;
    const rows = matchRows(core, date, keys, { offsetMs, fill });
    return Array.from(core.read(rows) as Int32Array);
  });
}

function nextMonths(dates: PlacedColumn): PlacedColumn {
  const row = findKernel("time_next_month");
  assert.ok(row);
  const [keys] = callKernel(core, row, [dates], []);
  assert.ok(keys);
  return keys;
}

function numbers(values: readonly (number | null)[] | undefined): Float64Array {
  return Float64Array.from(values ?? [], (value) => value ?? NaN);
}
