/** `str()`, `repr()` and format specifications of constants. */
import { floatText, pythonRound } from "./numbers.ts";
import { type Range, refuse } from "./refusal.ts";
import { typeName, type Value } from "./values.ts";

export function textOf(value: Value, at: Range): string {
  switch (value.kind) {
    case "none":
      return "None";
    case "bool":
      return value.value ? "True" : "False";
    case "int":
      return String(value.value);
    case "float":
      return floatText(value.value);
    case "str":
      return value.value;
    default:
      refuse("unsupported_expression", at, `Cannot turn ${typeName(value)} into text`);
  }
}

export function formatValue(value: Value, conversion: string, spec: string, at: Range): string {
  if (conversion === "r" && value.kind === "str") {
    refuse("unsupported_expression", at, "Cannot use !r on a string");
  }
  const plain = conversion === "" ? value : { kind: "str" as const, value: textOf(value, at) };
  if (spec === "") return textOf(plain, at);
  const match = /^(?:0?(\d+))?(?:\.(\d+))?([dfs])?$/.exec(spec);
  if (match === null) refuse("unsupported_expression", at, `Cannot use the format "${spec}"`);
  const [, width, precision, type] = match;
  const zero = spec.startsWith("0");
  const text = formatBody(plain, type, precision === undefined ? null : Number(precision), at);
  if (width === undefined) return text;
  const size = Number(width);
  if (plain.kind === "str" && !zero) return text.padEnd(size);
  if (!zero) return text.padStart(size);
  return text.startsWith("-")
    ? `-${text.slice(1).padStart(size - 1, "0")}`
    : text.padStart(size, "0");
}

function formatBody(
  value: Value,
  type: string | undefined,
  precision: number | null,
  at: Range,
): string {
  if (type === "f" && (value.kind === "float" || value.kind === "int")) {
    const decimals = precision ?? 6;
    const rounded = pythonRound(value.value, decimals);
    // toFixed drops the sign of a negative zero.
    return Object.is(rounded, -0) ? `-${rounded.toFixed(decimals)}` : rounded.toFixed(decimals);
  }
  if (type === "d" && value.kind === "int" && precision === null) return String(value.value);
  if ((type === undefined || type === "s") && precision === null) return textOf(value, at);
  refuse("unsupported_expression", at, `Cannot format ${typeName(value)} so`);
}
