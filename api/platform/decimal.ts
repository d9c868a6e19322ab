/**
 * Money at the ledger and at the exchange: decimals as canonical text, never floats.
 *
 * Canonical: no exponent, no leading `+` or zeros, no trailing zeros after the point, no `-0`.
 */
import { Decimal } from "decimal.js";
import { z } from "@hono/zod-openapi";

/** 60 digits hold every product of two 18-decimal amounts exactly. */
const Exact = Decimal.clone({ precision: 60, toExpNeg: -1000, toExpPos: 1000 });

const DIGITS_MAX = 40;
const NUMBER_DIGITS_MAX = 15;
const DECIMAL_TEXT = /^-?\d+(\.\d+)?$/;

export type RoundingMode = "down" | "up" | "half_up" | "half_even";

const MODES: Record<RoundingMode, Decimal.Rounding> = {
  down: Decimal.ROUND_DOWN,
  up: Decimal.ROUND_UP,
  half_up: Decimal.ROUND_HALF_UP,
  half_even: Decimal.ROUND_HALF_EVEN,
};

/**
 * Reads a decimal from text or from a JSON number in its shortest decimal form.
 *
 * @returns the canonical text, or null when the value is no finite decimal, has more than 40
 * digits, or is a number of more than 15 significant digits.
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(parseDecimal("007.500"), "7.5");
 * assert.equal(parseDecimal(1e-7), "0.0000001");
 * assert.equal(parseDecimal(0.1 + 0.2), null);
 * ```
 */
export function parseDecimal(input: string | number): string | null {
  if (typeof input === "number") {
    if (!Number.isFinite(input)) return null;
    const value = new Exact(input);
    return value.precision() > NUMBER_DIGITS_MAX ? null : formatDecimal(value);
  }
  const text = input.trim();
  if (!DECIMAL_TEXT.test(text) || text.length > DIGITS_MAX + 2) return null;
  return formatDecimal(new Exact(text));
}

/** A Decimal as canonical text. */
export function formatDecimal(value: Decimal): string {
  return value.isZero() ? "0" : value.toFixed();
}

/** Canonical or any other decimal text as a value to calculate with. */
export function toDecimal(text: string): Decimal {
  return new Exact(text);
}

/** Rounds to a multiple of `step` (a tick or a lot); both are decimals as text. */
export function roundToStep(value: string, step: string, mode: RoundingMode): string {
  const unit = new Exact(step);
  if (unit.lte(0)) throw new RangeError(`Cannot round to step "${step}": it must be above 0`);
  return formatDecimal(new Exact(value).toNearest(unit, MODES[mode]));
}

/** Rounds to `places` decimals. */
export function roundToPlaces(value: string, places: number, mode: RoundingMode): string {
  return formatDecimal(new Exact(value).toDecimalPlaces(places, MODES[mode]));
}

/** A double as the decimal a document shows: its shortest form, at most `places` decimals. */
export function decimalOfNumber(value: number, places = 12): string {
  if (!Number.isFinite(value)) {
    throw new RangeError(`Cannot write ${value} as a decimal: it is not finite`);
  }
  return formatDecimal(new Exact(value).toDecimalPlaces(places, Decimal.ROUND_HALF_EVEN));
}

export interface DecimalRange {
  readonly min?: string;
  readonly max?: string;
  /** True: min itself is refused. */
  readonly exclusiveMin?: boolean;
}

/** A request field that takes a decimal string or a JSON number and gives canonical text. */
export function zDecimal(range: DecimalRange = {}) {
  return z.union([z.string(), z.number()]).transform((input, context) => {
    const value = parseDecimal(input);
    const problem = value === null
      ? `Expected a decimal string, or a number of at most ${NUMBER_DIGITS_MAX} significant digits`
      : rangeProblem(value, range);
    if (value === null || problem !== null) {
      context.addIssue({ code: "custom", message: problem ?? "" });
      return z.NEVER;
    }
    return value;
  }).openapi({ type: "string", format: "decimal", pattern: patternOf(range), example: "0.001" });
}

/** What the document says of the text; range and digits are the parser's to judge. */
function patternOf({ min }: DecimalRange): string {
  const isSigned = min === undefined || min.startsWith("-");
  return `^${isSigned ? "-?" : ""}\\d{1,20}(\\.\\d{1,18})?$`;
}

function rangeProblem(value: string, { min, max, exclusiveMin }: DecimalRange): string | null {
  const number = new Exact(value);
  if (min !== undefined && (exclusiveMin ? number.lte(min) : number.lt(min))) {
    return `Must be ${exclusiveMin ? "above" : "at least"} ${min}`;
  }
  if (max !== undefined && number.gt(max)) return `Must be at most ${max}`;
  return null;
}
