import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { CoreMemory, readCoreModule } from "./memory.ts";

interface Goldens {
  /** x, precision, mode, nearest, truncated, up, down. */
  readonly rounding: readonly number[][];
  /** amount, rate, fee, with fee, less fee, leverage, stake, amount ÷ rate. */
  readonly values: readonly number[][];
  /** x, to 8, 14 and 2 places. */
  readonly plain: readonly number[][];
}

const core = new CoreMemory(await readCoreModule());
const bytes = await Deno.readFile(new URL("testdata/engine/decimals.json.gz", import.meta.url));
const goldens = JSON.parse(new TextDecoder().decode(gunzipSync(bytes))) as Goldens;

function differing(rows: readonly number[][], ours: (row: number[]) => (number | undefined)[]) {
  return rows.map((row) => [row, ours(row)] as const)
    .filter(([row, answer]) => answer.some((value, at) => !Object.is(value, row[at])))
    .map(([row, answer]) => `${row}: ${answer}`);
}

/** Digits without trailing zeros and places after the point of a double's shortest text. */
function digitsOf(x: number): [bigint, number] {
  const [, whole = "", fraction = "", exponent = "0"] =
    /^-?(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(x)) ?? [];
  let places = fraction.length - Number(exponent);
  let digits = BigInt(whole + fraction);
  while (digits !== 0n && digits % 10n === 0n) {
    digits /= 10n;
    places--;
  }
  return [digits, digits === 0n ? 0 : places];
}

function shortestOf(x: number): [bigint, number] {
  return core.scope(() => {
    const out = core.allocate(16);
    core.call("decimalShortest", x, out);
    const view = new DataView(core.buffer, out, 16);
    return [view.getBigUint64(0, true), view.getInt32(8, true)];
  });
}

Deno.test("decimalShortest() finds the shortest decimal of every double", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e22, max: 1e22 }),
        fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-20, max: 1e-3 }),
        fc.tuple(fc.integer({ min: 1, max: 2 ** 31 - 1 }), fc.integer({ min: 0, max: 22 }))
          .map(([digits, places]) => digits / 10 ** places),
        fc.integer({ min: -60, max: 70 }).map((exponent) => 2 ** exponent),
      ),
      (x) => assert.deepEqual(shortestOf(x), digitsOf(x)),
    ),
    { numRuns: 20_000 },
  );
});

Deno.test("prices, stops and amounts round as freqtrade rounds them in every precision mode", () => {
  const wrong = differing(goldens.rounding, ([x = 0, precision = 0, mode = 0]) => [
    x,
    precision,
    mode,
    core.call("roundPrice", x, precision, mode),
    core.call("truncateAmount", x, precision, mode),
    core.call("roundStop", x, precision, mode, 1),
    core.call("roundStop", x, precision, mode, -1),
  ]);
  assert.deepEqual(wrong, []);
});

Deno.test("trade values are exact decimals rounded once", () => {
  const wrong = differing(goldens.values, ([a = 0, r = 0, f = 0, , , leverage = 1]) => [
    a,
    r,
    f,
    core.call("valueWithFee", a, r, f, 1),
    core.call("valueWithFee", a, r, f, -1),
    leverage,
    core.call("stakeOf", a, r, leverage),
    core.call("quotientOf", a, r),
  ]);
  assert.deepEqual(wrong, []);
});

Deno.test("decimalRound() rounds the exact value half to even", () => {
  const wrong = differing(goldens.plain, ([x = 0]) => [
    x,
    core.call("decimalRound", x, 8),
    core.call("decimalRound", x, 14),
    core.call("decimalRound", x, 2),
  ]);
  assert.deepEqual(wrong, []);
});
