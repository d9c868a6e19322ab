import assert from "node:assert/strict";
import { KERNELS } from "../../../core-wasm/mod.ts";
import { nearestNames } from "./nearest.ts";

const NAMES = KERNELS.filter(({ family }) => family === "talib").map(({ name }) => name);

Deno.test("nearestNames() finds what was meant by a slip of a letter or of case", () => {
  assert.deepEqual(nearestNames("rsi", NAMES)[0], "RSI");
  assert.deepEqual(nearestNames("RIS", NAMES)[0], "RSI");
  assert.deepEqual(nearestNames("STOCHRSII", NAMES)[0], "STOCHRSI");
  assert.deepEqual(nearestNames("BBAND", NAMES)[0], "BBANDS");
  assert.deepEqual(nearestNames("CDLENGULFNG", NAMES)[0], "CDLENGULFING");
});

Deno.test("nearestNames() says nothing for a name that is like none, and three at most", () => {
  assert.deepEqual(nearestNames("QUANTUMLEAP", NAMES), []);
  assert.deepEqual(nearestNames("", NAMES), []);
  assert.equal(nearestNames("XMA", NAMES).length, 3);
});
