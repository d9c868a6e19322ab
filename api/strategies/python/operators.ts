/** Python's operators on constants and containers. */
import { type Range, refuse } from "./refusal.ts";
import { raises } from "./session.ts";
import type { BinaryOperator, CompareOperator, UnaryOperator } from "./syntax.ts";
import {
  bool,
  float,
  int,
  isNumber,
  keyOf,
  list,
  numberOf,
  str,
  tuple,
  typeName,
  type Value,
} from "./values.ts";

export function unaryConstant(operator: UnaryOperator, value: Value, at: Range): Value {
  if (!isNumber(value)) unsupported(operator, value, at);
  const known = numberOf(value);
  switch (operator) {
    case "-":
      return value.kind === "float" ? float(-known) : whole(0 - known, at);
    case "+":
      return value.kind === "float" ? value : int(known);
    case "~":
      if (value.kind !== "int") unsupported(operator, value, at);
      return whole(-known - 1, at);
    case "not":
      return bool(known === 0);
  }
}

function unsupported(operator: string, value: Value, at: Range): never {
  refuse(
    "unsupported_operand",
    at,
    `Cannot apply "${operator}" to ${typeName(value)}`,
  );
}

function whole(value: number, at: Range): Value {
  // Integers know no negative zero.
  if (Number.isSafeInteger(value)) return int(value === 0 ? 0 : value);
  refuse("invalid_value", at, "Cannot use an integer of more than 53 bits", "Use a float");
}

/** Characters a repeated string may have; longer ones are refused before they are made. */
const REPEATED_MAX = 10_000;

export function binaryConstant(
  operator: BinaryOperator,
  left: Value,
  right: Value,
  at: Range,
): Value {
  if (isNumber(left) && isNumber(right)) {
    const exact = left.kind !== "float" && right.kind !== "float";
    if (exact && "&|^".includes(operator)) return bitwise(operator, left, right, at);
    return exact
      ? integerArithmetic(operator, numberOf(left), numberOf(right), at)
      : floatArithmetic(operator, numberOf(left), numberOf(right), at);
  }
  if (operator === "+") {
    if (left.kind === "str" && right.kind === "str") return str(left.value + right.value);
    if (left.kind === "list" && right.kind === "list") return list([...left.items, ...right.items]);
    if (left.kind === "tuple" && right.kind === "tuple") {
      return tuple([...left.items, ...right.items]);
    }
  }
  if (operator === "*" && left.kind === "str" && right.kind === "int") {
    const length = left.value.length * right.value;
    if (length <= REPEATED_MAX) return str(left.value.repeat(Math.max(0, right.value)));
  }
  refuse(
    "unsupported_operand",
    at,
    `Cannot apply "${operator}" to ${typeName(left)} and ${typeName(right)}`,
  );
}

function bitwise(
  operator: BinaryOperator,
  left: Value & { kind: "int" | "float" | "bool" },
  right: Value & { kind: "int" | "float" | "bool" },
  at: Range,
): Value {
  const a = BigInt(numberOf(left));
  const b = BigInt(numberOf(right));
  const result = Number(operator === "&" ? a & b : operator === "|" ? a | b : a ^ b);
  return left.kind === "bool" && right.kind === "bool" ? bool(result !== 0) : whole(result, at);
}

function integerArithmetic(operator: BinaryOperator, a: number, b: number, at: Range): Value {
  switch (operator) {
    case "+":
      return whole(a + b, at);
    case "-":
      return whole(a - b, at);
    case "*":
      return whole(a * b, at);
    case "/":
      return float(a / nonZero(b, at));
    case "//":
      return whole(Math.floor(a / nonZero(b, at)), at);
    case "%":
      return whole(floorModulo(a, nonZero(b, at)), at);
    case "**":
      // Negative exponents give floats through the C library's pow, which may differ by one unit.
      if (b < 0) refuse("unsupported_operand", at, 'Cannot use "**" with a negative exponent');
      return whole(Number(b > 64 ? NaN : BigInt(a) ** BigInt(b)), at);
    default:
      refuse("unsupported_operand", at, `Cannot apply "${operator}" to constants`);
  }
}

function floatArithmetic(operator: BinaryOperator, a: number, b: number, at: Range): Value {
  switch (operator) {
    case "+":
      return float(a + b);
    case "-":
      return float(a - b);
    case "*":
      return float(a * b);
    case "/":
      return float(a / nonZero(b, at));
    case "%":
      return float(floorModulo(a, nonZero(b, at)));
    default:
      refuse("unsupported_operand", at, `Cannot apply "${operator}" to floats while compiling`);
  }
}

function nonZero(value: number, at: Range): number {
  return value === 0 ? raises(at, "division by zero") : value;
}

function floorModulo(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return (rest < 0) !== (b < 0) ? rest + b : rest;
}

export function truth(value: Value, at: Range): boolean {
  switch (value.kind) {
    case "none":
      return false;
    case "bool":
    case "int":
    case "float":
      return numberOf(value) !== 0;
    case "str":
      return value.value !== "";
    case "list":
    case "tuple":
      return value.items.length > 0;
    case "dict":
    case "set":
      return value.entries.size > 0;
    case "range":
      return rangeLength(value) > 0;
    case "function":
    case "method":
    case "class":
    case "instance":
    case "parameter":
      return true;
    case "column":
    case "frame":
      refuse(
        "condition_on_column",
        at,
        "Cannot branch on a column: its truth differs from candle to candle",
        "Use .loc with a mask",
      );
  }
  refuse("unsupported_expression", at, `Cannot test the truth of ${typeName(value)}`);
}

interface Stepped {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

export function rangeLength({ start, stop, step }: Stepped): number {
  return Math.max(0, Math.ceil((stop - start) / step));
}

/** Makes every item: charge `rangeLength` to the budget first. */
export function rangeItems(value: Stepped): number[] {
  return Array.from({ length: rangeLength(value) }, (_, i) => value.start + i * value.step);
}

export function equalConstants(a: Value, b: Value): boolean | null {
  if (isNumber(a) && isNumber(b)) return numberOf(a) === numberOf(b);
  if (a.kind === "external" || b.kind === "external") {
    return a.kind === b.kind ? keyOf(a) === keyOf(b) : null;
  }
  if ((a.kind === "list" || a.kind === "tuple") && a.kind === b.kind) {
    if (a.items.length !== b.items.length) return false;
    const parts = a.items.map((item, i) => equalConstants(item, b.items[i] ?? item));
    return parts.includes(false) ? false : parts.includes(null) ? null : true;
  }
  const simple = ["none", "bool", "int", "float", "str"];
  if (!simple.includes(a.kind) || !simple.includes(b.kind)) return null;
  return keyOf(a) === keyOf(b);
}

export function compareConstants(
  operator: CompareOperator,
  left: Value,
  right: Value,
  at: Range,
): boolean {
  switch (operator) {
    case "==":
    case "!=": {
      const equal = equalConstants(left, right);
      if (equal === null) break;
      return equal === (operator === "==");
    }
    case "is":
    case "is not": {
      const singletons = ["none", "bool"];
      if (!singletons.includes(left.kind) && !singletons.includes(right.kind)) break;
      const same = left.kind === right.kind && keyOf(left) === keyOf(right);
      return same === (operator === "is");
    }
    case "in":
    case "not in":
      return contains(right, left, at) === (operator === "in");
    default: {
      if (isNumber(left) && isNumber(right)) {
        return order(operator, numberOf(left), numberOf(right));
      }
      if (left.kind === "str" && right.kind === "str") {
        return order(operator, left.value, right.value);
      }
    }
  }
  refuse(
    "unsupported_operand",
    at,
    `Cannot compare ${typeName(left)} and ${typeName(right)} with "${operator}"`,
  );
}

function order<T extends number | string>(operator: CompareOperator, a: T, b: T): boolean {
  switch (operator) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    default:
      return a >= b;
  }
}

function contains(container: Value, item: Value, at: Range): boolean {
  switch (container.kind) {
    case "str":
      if (item.kind === "str") return container.value.includes(item.value);
      break;
    case "list":
    case "tuple": {
      const found = container.items.map((held) => equalConstants(held, item));
      if (found.includes(true)) return true;
      if (!found.includes(null)) return false;
      break;
    }
    case "dict":
    case "set": {
      const key = keyOf(item);
      if (key !== null) return container.entries.has(key);
      break;
    }
    case "range":
      if (item.kind === "int") {
        const index = (item.value - container.start) / container.step;
        return Number.isInteger(index) && index >= 0 && index < rangeLength(container);
      }
      break;
    case "frame":
      if (item.kind === "str") return container.columns.has(item.value);
      break;
  }
  refuse(
    "unsupported_operand",
    at,
    `Cannot look for ${typeName(item)} in ${typeName(container)}`,
  );
}
