import assert from "node:assert/strict";
import { AppError } from "../platform/errors.ts";
import { decideRetry, publicError } from "./retry.ts";

Deno.test("decideRetry() doubles the wait and spreads it over its upper half", () => {
  const waits = (jitter: number) =>
    [1, 2, 3].map((failures) =>
      decideRetry({ failures, retriesMax: 5, error: new Error("x") }, jitter)
    );
  assert.deepEqual(waits(0), [
    { retry: true, delayMs: 500 },
    { retry: true, delayMs: 1_000 },
    { retry: true, delayMs: 2_000 },
  ]);
  assert.deepEqual(waits(1), [
    { retry: true, delayMs: 1_000 },
    { retry: true, delayMs: 2_000 },
    { retry: true, delayMs: 4_000 },
  ]);
});

Deno.test("decideRetry() stops after the allowed retries, and at once when the input is to blame", () => {
  const error = new Error("x");
  assert.deepEqual(decideRetry({ failures: 3, retriesMax: 2, error }, 0), { retry: false });
  assert.deepEqual(decideRetry({ failures: 1, retriesMax: 0, error }, 0), { retry: false });
  const refused = new AppError("STRATEGY_REFUSED", "Cannot compile");
  assert.deepEqual(decideRetry({ failures: 1, retriesMax: 5, error: refused }, 0), {
    retry: false,
  });
  const down = new AppError("DEPENDENCY_DOWN", "Cannot reach");
  assert.equal(decideRetry({ failures: 1, retriesMax: 5, error: down }, 0).retry, true);
});

Deno.test("publicError() keeps what an unknown error says from the owner", () => {
  assert.deepEqual(publicError(new Error("password is x")), {
    code: "INTERNAL_ERROR",
    message: "Internal error",
  });
});
