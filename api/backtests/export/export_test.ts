import assert from "node:assert/strict";
import { exportBacktest, exportMetadata } from "./export.ts";
import { assertSameExport, throughJson } from "./testdata/assert_export.ts";
import { type JsonRecord, readGoldenRuns } from "./testdata/read_runs.ts";

const goldens = await readGoldenRuns();

Deno.test("exportBacktest() gives every figure freqtrade gives for the same trades and equity", () => {
  assert.equal(goldens.length, 14);
  for (const { name, run, expected } of goldens) {
    const { strategy, strategy_comparison } = throughJson(exportBacktest([run]));
    assertSameExport(
      comparable(strategy, run.strategyName),
      comparable(expected.strategy, run.strategyName),
      name,
    );
    assertSameExport(strategy_comparison, expected.strategy_comparison, `${name} comparison`);
  }
});

Deno.test("exportMetadata() gives what freqtrade keeps in the file beside the result", () => {
  for (const { run, expected } of goldens) {
    assert.deepEqual(throughJson(exportMetadata([run])), expected.metadata);
  }
});

Deno.test("exportBacktest() keeps strategies apart and in the order given", () => {
  const [first, second] = goldens;
  assert.ok(first && second);
  const both = exportBacktest([first.run, { ...second.run, strategyName: "Other" }]);
  assert.deepEqual(Object.keys(both.strategy), [first.run.strategyName, "Other"]);
  assert.deepEqual(both.strategy_comparison.map((line) => line.key), [
    first.run.strategyName,
    "Other",
  ]);
});

/** Locks are no part of an engine's result; the golden's trades are cut. */
function comparable(strategies: unknown, name: string): JsonRecord {
  const { locks: _, trades, ...figures } = (strategies as Record<string, JsonRecord>)[name] ?? {};
  return { ...figures, trades: (trades as unknown[]).slice(0, 2) };
}
