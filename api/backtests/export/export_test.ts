import assert from "node:assert/strict";
import { exportBacktest, exportMetadata } from "./export.ts";
import { type JsonRecord, readGoldenRuns } from "./testdata/read_runs.ts";

/** The incomplete beta function is computed another way than in scipy; all else is bit-equal. */
const P_VALUE_TOLERANCE = 1e-12;

const goldens = await readGoldenRuns();

Deno.test("exportBacktest() gives every figure freqtrade gives for the same trades and equity", () => {
  assert.equal(goldens.length, 14);
  for (const { name, run, expected } of goldens) {
    const { strategy, strategy_comparison } = throughJson(exportBacktest([run]));
    assertSame(
      comparable(strategy, run.strategyName),
      comparable(expected.strategy, run.strategyName),
      name,
    );
    assertSame(strategy_comparison, expected.strategy_comparison, `${name} comparison`);
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

function throughJson(value: unknown): JsonRecord {
  return JSON.parse(JSON.stringify(value)) as JsonRecord;
}

function assertSame(actual: unknown, expected: unknown, path: string): void {
  if (isRecord(actual) && isRecord(expected)) {
    assert.deepEqual(Object.keys(actual).sort(), Object.keys(expected).sort(), path);
    for (const [key, value] of Object.entries(expected)) {
      assertSame(actual[key], value, `${path}.${key}`);
    }
    return;
  }
  if (path.endsWith(".p_value")) {
    const [left, right] = [Number(actual), Number(expected)];
    assert.ok(
      Math.abs(left - right) <= P_VALUE_TOLERANCE * right,
      `${path}: ${left}, not ${right}`,
    );
    return;
  }
  assert.ok(actual === expected, `${path}: ${actual}, not ${expected}`);
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null;
}
