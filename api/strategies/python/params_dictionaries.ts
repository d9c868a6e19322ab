/** `buy_params` and its like as freqtrade leaves them: the parameter file merged in. */
import { findAttribute } from "./classes.ts";
import type { ParameterFile } from "./parameters.ts";
import type { BoundParameter } from "./session.ts";
import { type ClassValue, dict, type Value } from "./values.ts";

export function mergedParams(
  of: ClassValue,
  file: ParameterFile,
  parameters: ReadonlyMap<string, BoundParameter>,
  fromJson: (value: unknown) => Value,
): Map<string, Value> {
  const merged = new Map<string, Value>();
  for (const { space } of parameters.values()) {
    const saved = file[space];
    const name = `${space}_params`;
    const own = findAttribute(of, name)?.value;
    if (saved === undefined || own?.kind !== "dict" || merged.has(name)) continue;
    const entries = new Map(own.entries);
    for (const [key, value] of dict(Object.entries(saved).map(asPair(fromJson))).entries) {
      entries.set(key, value);
    }
    merged.set(name, { kind: "dict", entries, shared: true });
  }
  return merged;
}

function asPair(fromJson: (value: unknown) => Value) {
  return ([key, value]: [string, unknown]): [Value, Value] => [
    { kind: "str", value: key },
    fromJson(value),
  ];
}
