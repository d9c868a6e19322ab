/** What a strategy reads of its configuration; every read becomes part of the program's key. */
import { type Range, refuse } from "./refusal.ts";
import type { Session } from "./session.ts";
import { bool, float, int, list, NONE, str, type Value } from "./values.ts";

export function configValue(session: Session, path: string, key: string, at: Range): Value {
  const keys = [...path.split(".").slice(2), key];
  const name = keys.join(".");
  let value: unknown = session.config;
  for (const part of keys) {
    value = isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }
  if (value === undefined) {
    refuse(
      "unsupported_expression",
      at,
      `The configuration has no "${name}"`,
      "Set it in the run's configuration",
    );
  }
  session.configRead.set(name, value);
  if (isRecord(value)) return { kind: "external", path: `self.config.${name}` };
  return fromJson(value, at);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fromJson(value: unknown, at: Range): Value {
  if (value === null) return NONE;
  if (typeof value === "boolean") return bool(value);
  if (typeof value === "string") return str(value);
  if (typeof value === "number") return Number.isInteger(value) ? int(value) : float(value);
  if (Array.isArray(value)) {
    const items = list(value.map((item) => fromJson(item, at)));
    items.shared = true;
    return items;
  }
  refuse("unsupported_expression", at, "Cannot use this configuration value");
}
