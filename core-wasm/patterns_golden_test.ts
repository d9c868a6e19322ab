import assert from "node:assert/strict";
import { callKernel, CoreMemory, findKernel, KERNELS, readCoreModule } from "./mod.ts";
import { type PatternCase, readPatternGoldens } from "./testdata/pattern_goldens.ts";
import { digestOf } from "./testdata/talib_goldens.ts";

const GROUP = "Pattern Recognition";
const goldens = await readPatternGoldens();
const patterns = KERNELS.filter((row) => row.group === GROUP);
const RISES = new Set(
  ("CDL3STARSINSOUTH CDL3WHITESOLDIERS CDLCONCEALBABYSWALL CDLDOJI CDLDRAGONFLYDOJI " +
    "CDLGRAVESTONEDOJI CDLHAMMER CDLHOMINGPIGEON CDLINVERTEDHAMMER CDLLADDERBOTTOM " +
    "CDLLONGLEGGEDDOJI CDLMATCHINGLOW CDLMATHOLD CDLMORNINGDOJISTAR CDLMORNINGSTAR " +
    "CDLPIERCING CDLRICKSHAWMAN CDLSTICKSANDWICH CDLTAKURI CDLUNIQUE3RIVER").split(" "),
);
const FALLS = new Set(
  ("CDL2CROWS CDL3BLACKCROWS CDLADVANCEBLOCK CDLDARKCLOUDCOVER CDLEVENINGDOJISTAR " +
    "CDLEVENINGSTAR CDLHANGINGMAN CDLIDENTICAL3CROWS CDLINNECK CDLONNECK CDLSHOOTINGSTAR " +
    "CDLSTALLEDPATTERN CDLTHRUSTING CDLUPSIDEGAP2CROWS").split(" "),
);
const GRADED = new Set("CDLENGULFING CDLHARAMI CDLHARAMICROSS".split(" "));
const CONFIRMED = new Set("CDLHIKKAKE CDLHIKKAKEMOD".split(" "));

Deno.test(`${patterns.length} patterns equal TA-Lib ${goldens.talib} on every candle`, async () => {
  const core = new CoreMemory(await readCoreModule());
  const equal = new Set(goldens.cases.map(({ name }) => name));
  const differing: string[] = [];
  for (const golden of goldens.cases) {
    for (const [index, columns] of goldens.series.entries()) {
      if (digestOf(compute(core, golden, columns)) === golden.digests[index]) continue;
      differing.push(`${golden.name} ${JSON.stringify(golden.parameters)} series ${index}`);
      equal.delete(golden.name);
    }
  }
  assert.deepEqual(differing, []);
  assert.deepEqual([...equal].sort(), patterns.map(({ name }) => name).sort());
  assert.equal(equal.size, 61);
});

Deno.test("every pattern occurs in the goldens with every value it can have", () => {
  for (const { name } of patterns) {
    const found = new Set<string>();
    for (const golden of goldens.cases) {
      if (golden.name !== name) continue;
      for (const value of Object.keys(golden.counts[0] ?? {})) found.add(value);
    }
    assert.deepEqual([...found].map(Number).sort(), valuesOf(name), name);
  }
});

function valuesOf(name: string): number[] {
  if (RISES.has(name)) return [100];
  if (FALLS.has(name)) return [-100];
  const more = GRADED.has(name) ? [-80, 80] : CONFIRMED.has(name) ? [-200, 200] : [];
  return [-100, 100, ...more].sort();
}

function compute(
  core: CoreMemory,
  golden: PatternCase,
  columns: Readonly<Record<string, Float64Array>>,
): Int32Array {
  const row = findKernel(golden.name);
  assert.ok(row, golden.name);
  return core.scope(() => {
    const inputs = row.inputs.map(({ name }) =>
      core.loadColumn("f64", columns[name] ?? new Float64Array())
    );
    const parameters = row.parameters.map(({ name }) => golden.parameters[name] ?? NaN);
    const [column] = callKernel(core, row, inputs, parameters);
    assert.ok(column);
    return core.read(column) as Int32Array;
  });
}
