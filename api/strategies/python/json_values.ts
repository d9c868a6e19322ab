/** Constants to JSON and back. */
import { pin, type Session } from "./session.ts";
import {
  bool,
  dict,
  float,
  int,
  isNumber,
  list,
  NONE,
  numberOf,
  str,
  type Value,
} from "./values.ts";

/** Undefined when the value is no plain data. Infinity and NaN, which JSON lacks, become text. */
export function toJson(value: Value, session: Session | null = null): unknown {
  const known = session === null ? value : pin(session, value);
  switch (known.kind) {
    case "none":
      return null;
    case "bool":
    case "str":
      return known.value;
    case "int":
    case "float":
      return Number.isFinite(known.value) ? known.value : String(known.value);
    case "slot":
      return toJson(known.constant);
    case "list":
    case "tuple":
      return known.items.map((item) => toJson(item) ?? null);
    case "dict":
      return Object.fromEntries(
        [...known.entries.values()].map(([key, held]) => [keyText(key), toJson(held) ?? null]),
      );
    default:
      return undefined;
  }
}

function keyText(key: Value): string {
  if (key.kind === "str") return key.value;
  return isNumber(key) ? String(numberOf(key)) : String(toJson(key));
}

/** A JSON number without a fraction is an integer, as Python's parser decides by spelling. */
export function fromJson(value: unknown): Value {
  if (value === null || value === undefined) return NONE;
  if (typeof value === "boolean") return bool(value);
  if (typeof value === "string") return str(value);
  if (typeof value === "number") return Number.isInteger(value) ? int(value) : float(value);
  if (Array.isArray(value)) return list(value.map(fromJson));
  if (typeof value !== "object") return NONE;
  return dict(Object.entries(value).map(([key, held]) => [str(key), fromJson(held)]));
}
