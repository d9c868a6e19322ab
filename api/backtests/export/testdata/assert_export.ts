import assert from "node:assert/strict";

/** The incomplete beta function is computed another way than in scipy; all else is bit-equal. */
const P_VALUE_TOLERANCE = 1e-12;

/** Asserts that two JSON values are equal, p-values but for their last digits. */
export function assertSameExport(actual: unknown, expected: unknown, path: string): void {
  if (isRecord(actual) && isRecord(expected)) {
    assert.deepEqual(Object.keys(actual).sort(), Object.keys(expected).sort(), path);
    for (const [key, value] of Object.entries(expected)) {
      assertSameExport(actual[key], value, `${path}.${key}`);
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

export function throughJson(value: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
