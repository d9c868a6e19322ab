/** `object[index]`, for reading. */
import { readColumn } from "./frames.ts";
import { configValue } from "./config_value.ts";
import { type Range, refuse } from "./refusal.ts";
import { needInt, needString, pin, raises, scalarType, type Session } from "./session.ts";
import {
  type FrameValue,
  keyOf,
  list,
  type ListValue,
  type SliceValue,
  str,
  tuple,
  typeName,
  type Value,
} from "./values.ts";

export function subscriptOf(session: Session, object: Value, index: Value, at: Range): Value {
  switch (object.kind) {
    case "frame":
      return frameItem(session, object, pin(session, index), at);
    case "list":
    case "tuple":
      return sequenceItem(session, object, index, at);
    case "str":
      return textItem(session, object.value, index, at);
    case "dict": {
      const key = keyOf(pin(session, index));
      const found = key === null ? undefined : object.entries.get(key);
      return found === undefined ? raises(at, "the dictionary has no such key") : found[1];
    }
    case "external":
      return externalItem(session, object.path, index, at);
    case "column":
    case "accessor":
      refuse(
        "unsupported_expression",
        at,
        `Cannot read single rows or parts of ${typeName(object)}`,
        "Use shift() for earlier candles and .loc only to assign",
      );
  }
  refuse("unsupported_expression", at, `Cannot use [] on ${typeName(object)}`);
}

function frameItem(session: Session, frame: FrameValue, index: Value, at: Range): Value {
  if (index.kind === "str") return readColumn(frame, index.value, at);
  if (index.kind === "list") {
    const names = index.items.map((item) => needString(session, item, at));
    return {
      kind: "frame",
      columns: new Map(names.map((name) => [name, readColumn(frame, name, at)])),
      series: frame.series,
      writable: false,
    };
  }
  refuse(
    "unsupported_expression",
    at,
    "Cannot keep only some rows of a dataframe",
    "Every candle must stay; write the condition into the mask",
  );
}

function sequenceItem(session: Session, object: ListValue, index: Value, at: Range): Value {
  if (index.kind === "slice") {
    const items = sliced(session, object.items, index, at);
    return object.kind === "list" ? list(items) : tuple(items);
  }
  return object.items.at(position(session, index, object.items.length, at)) ??
    raises(at, "the index is out of range");
}

function textItem(session: Session, text: string, index: Value, at: Range): Value {
  const characters = Array.from(text);
  if (index.kind === "slice") return str(sliced(session, characters, index, at).join(""));
  return str(
    characters.at(position(session, index, characters.length, at)) ??
      raises(at, "the index is out of range"),
  );
}

function position(session: Session, index: Value, length: number, at: Range): number {
  if (scalarType(index) === "float" || scalarType(index) === null) {
    raises(
      at,
      `the index must be a whole number, not ${typeName(index)}`,
      "TA-Lib answers a list of arrays when it is given columns: pass the dataframe",
    );
  }
  const known = needInt(session, index, at);
  return known >= -length && known < length ? known : raises(at, "the index is out of range");
}

function sliced<T>(session: Session, items: readonly T[], slice: SliceValue, at: Range): T[] {
  const bound = (value: Value) => value.kind === "none" ? undefined : needInt(session, value, at);
  const step = bound(slice.step) ?? 1;
  session.budget.allocate(items.length, at);
  if (step === 1) return items.slice(bound(slice.start), bound(slice.stop));
  if (step === -1 && slice.start.kind === "none" && slice.stop.kind === "none") {
    return items.toReversed();
  }
  refuse("unsupported_expression", at, "Cannot use this step in a slice");
}

function externalItem(session: Session, path: string, index: Value, at: Range): Value {
  if (path === "metadata") return metadataItem(session, needString(session, index, at), at);
  if (path === "self.config" || path.startsWith("self.config.")) {
    return configValue(session, path, needString(session, index, at), at);
  }
  if (path.startsWith("typing.") || /^builtins\.(list|dict|tuple|set|type)$/.test(path)) {
    return { kind: "external", path: `${path}[]` };
  }
  refuse("unsupported_expression", at, `Cannot use [] on "${path}"`);
}

export function metadataItem(session: Session, key: string, at: Range): Value {
  if (key !== "pair") raises(at, `the metadata has no "${key}"`);
  session.readsPair = true;
  return str(session.pair);
}
