import fc from "fast-check";
import assert from "node:assert/strict";
import {
  decimalOfNumber,
  parseDecimal,
  roundToPlaces,
  roundToStep,
  toDecimal,
  zDecimal,
} from "./decimal.ts";

/** Decimals of up to 18 digits before and after the point. */
const decimalText = fc.tuple(fc.bigInt(-(10n ** 18n), 10n ** 18n), fc.nat({ max: 18 })).map(
  ([units, places]) => {
    const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
    const cut = digits.length - places;
    const sign = units < 0n ? "-" : "";
    return places === 0
      ? `${sign}${digits}`
      : `${sign}${digits.slice(0, cut)}.${digits.slice(cut)}`;
  },
);

Deno.test("parseDecimal() gives one text for one value, and that text again", () => {
  fc.assert(fc.property(decimalText, (text) => {
    const canonical = parseDecimal(text);
    assert.ok(canonical !== null);
    assert.equal(parseDecimal(canonical), canonical);
    assert.match(canonical, /^(0|-?(0\.\d*[1-9]|[1-9]\d*(\.\d*[1-9])?))$/);
    assert.ok(toDecimal(canonical).equals(toDecimal(text)));
  }));
});

Deno.test("parseDecimal() takes a number in its shortest form up to 15 digits", () => {
  const cases: [number, string | null][] = [
    [0.001, "0.001"],
    [45_000, "45000"],
    [-0, "0"],
    [1e-7, "0.0000001"],
    [1e21, "1000000000000000000000"],
    [123_456_789_012_345, "123456789012345"],
    [1_234_567_890_123_456, null],
    [0.1 + 0.2, null],
    [NaN, null],
    [Infinity, null],
  ];
  for (const [input, expected] of cases) assert.equal(parseDecimal(input), expected, `${input}`);
});

Deno.test("parseDecimal() refuses what is no plain decimal", () => {
  for (
    const text of ["", "1e5", "0x10", "1,5", "NaN", "Infinity", "--1", "1.", ".5", "9".repeat(43)]
  ) {
    assert.equal(parseDecimal(text), null, text);
  }
});

Deno.test("roundToStep() answers a multiple of the step, nearer than one step", () => {
  const step = fc.constantFrom("0.00000001", "0.05", "1", "25", "0.3");
  const mode = fc.constantFrom("down", "up", "half_up", "half_even" as const);
  fc.assert(fc.property(decimalText, step, mode, (value, step, mode) => {
    const rounded = toDecimal(roundToStep(value, step, mode as "down"));
    assert.ok(rounded.mod(step).isZero());
    assert.ok(rounded.minus(value).abs().lt(step));
    if (mode === "down") assert.ok(rounded.abs().lte(toDecimal(value).abs()));
    if (mode === "up") assert.ok(rounded.abs().gte(toDecimal(value).abs()));
  }));
});

Deno.test("roundToPlaces() rounds halves as it is told", () => {
  assert.equal(roundToPlaces("2.345", 2, "half_even"), "2.34");
  assert.equal(roundToPlaces("2.345", 2, "half_up"), "2.35");
  assert.equal(roundToPlaces("-2.345", 2, "half_up"), "-2.35");
  assert.equal(roundToPlaces("2.349", 2, "down"), "2.34");
  assert.equal(roundToPlaces("2.341", 2, "up"), "2.35");
});

Deno.test("decimalOfNumber() writes a double shortly and refuses what is not finite", () => {
  assert.equal(decimalOfNumber(0.1 + 0.2), "0.3");
  assert.equal(decimalOfNumber(1e-13), "0");
  assert.throws(() => decimalOfNumber(NaN), RangeError);
});

Deno.test("zDecimal() says which bound a value breaks", () => {
  const schema = zDecimal({ min: "0", exclusiveMin: true, max: "10" });
  assert.equal(schema.parse("2.50"), "2.5");
  const messageOf = (value: unknown) => schema.safeParse(value).error?.issues[0]?.message;
  assert.equal(messageOf("0"), "Must be above 0");
  assert.equal(messageOf(11), "Must be at most 10");
  assert.match(messageOf("ten") ?? "", /^Expected a decimal string/);
});
