/** Methods of lists, dictionaries, sets and strings. */
import { bindArguments } from "./arguments.ts";
import { formatValue, textOf } from "./format.ts";
import { iterate } from "./iterate.ts";
import { type Range, refuse } from "./refusal.ts";
import { type CallArguments, needInt, needString, pin, raises, type Session } from "./session.ts";
import {
  bool,
  type DictValue,
  keyOf,
  list,
  type ListValue,
  NONE,
  type SetValue,
  str,
  tuple,
  typeName,
  type Value,
} from "./values.ts";

export function containerMethod(
  session: Session,
  self: Value,
  name: string,
  args: CallArguments,
): Value {
  switch (self.kind) {
    case "list":
    case "tuple":
      return listMethod(session, self, name, args);
    case "dict":
      return dictMethod(session, self, name, args);
    case "set":
      return setMethod(session, self, name, args);
    case "str": {
      const result = textMethod(session, self.value, name, args);
      if (result.kind === "str") session.budget.allocate(1 + result.value.length / 16, args.at);
      return result;
    }
    default:
      return unsupported(self, name, args.at);
  }
}

function unsupported(self: Value, name: string, at: Range): never {
  refuse("unsupported_method", at, `Cannot call "${name}" on ${typeName(self)}`);
}

/** State that outlives one populate call would depend on the order of pairs. */
export function checkChange(
  value: ListValue | DictValue | SetValue,
  at: Range,
): void {
  if (!value.shared) return;
  refuse(
    "state_in_populate",
    at,
    "Cannot change a container of the class or the module here",
    "Build it inside the method",
  );
}

function listMethod(
  session: Session,
  self: ListValue,
  name: string,
  args: CallArguments,
): Value {
  const mutating = ["append", "extend", "insert", "pop", "remove", "clear", "reverse", "sort"];
  if (self.kind === "tuple" && mutating.includes(name)) unsupported(self, name, args.at);
  if (mutating.includes(name)) checkChange(self, args.at);
  switch (name) {
    case "append":
      session.budget.allocate(1, args.at);
      self.items.push(bindArguments("append", ["item"], args).need("item"));
      return NONE;
    case "extend": {
      const added = iterate(
        session,
        bindArguments("extend", ["items"], args).need("items"),
        args.at,
      );
      session.budget.allocate(added.length, args.at);
      self.items.push(...added);
      return NONE;
    }
    case "insert": {
      const bound = bindArguments("insert", ["index", "item"], args);
      session.budget.allocate(1, args.at);
      self.items.splice(needInt(session, bound.need("index"), args.at), 0, bound.need("item"));
      return NONE;
    }
    case "pop": {
      const index = bindArguments("pop", ["index"], args).get("index");
      const at = index === undefined ? -1 : needInt(session, index, args.at);
      const inside = at >= -self.items.length && at < self.items.length;
      return (inside ? self.items.splice(at, 1)[0] : undefined) ??
        raises(args.at, "pop index out of range");
    }
    case "copy":
      return list([...self.items]);
    case "index": {
      const key = keyOf(pin(session, bindArguments("index", ["item"], args).need("item")));
      const found = self.items.findIndex((item) => keyOf(item) === key && key !== null);
      return found < 0
        ? raises(args.at, "the item is not in the list")
        : { kind: "int", value: found };
    }
    default:
      return unsupported(self, name, args.at);
  }
}

function dictMethod(
  session: Session,
  self: DictValue,
  name: string,
  args: CallArguments,
): Value {
  switch (name) {
    case "get": {
      const bound = bindArguments("get", ["key", "default"], args);
      const key = keyOf(pin(session, bound.need("key")));
      if (key === null) raises(args.at, "the key is unhashable");
      return self.entries.get(key)?.[1] ?? bound.get("default") ?? NONE;
    }
    case "keys":
      return list([...self.entries.values()].map(([key]) => key));
    case "values":
      return list([...self.entries.values()].map(([, value]) => value));
    case "items":
      session.budget.allocate(self.entries.size, args.at);
      return list([...self.entries.values()].map(([key, value]) => tuple([key, value])));
    case "copy":
      session.budget.allocate(self.entries.size, args.at);
      return { kind: "dict", entries: new Map(self.entries), shared: false };
    case "update": {
      checkChange(self, args.at);
      const other = bindArguments("update", ["other"], args).need("other");
      if (other.kind !== "dict") return unsupported(self, name, args.at);
      session.budget.allocate(other.entries.size, args.at);
      for (const [key, entry] of other.entries) self.entries.set(key, entry);
      return NONE;
    }
    default:
      return unsupported(self, name, args.at);
  }
}

function setMethod(session: Session, self: SetValue, name: string, args: CallArguments): Value {
  if (name !== "add") return unsupported(self, name, args.at);
  checkChange(self, args.at);
  const item = pin(session, bindArguments("add", ["item"], args).need("item"));
  self.entries.set(keyOf(item) ?? raises(args.at, "the value is unhashable"), item);
  return NONE;
}

function textMethod(session: Session, self: string, name: string, args: CallArguments): Value {
  const { at, positional } = args;
  if (name !== "format" && args.named.size > 0) return unsupported(str(self), name, at);
  const [first, second] = positional;
  const text = (value: Value | undefined) =>
    value === undefined
      ? raises(at, `"${name}" needs an argument`)
      : needString(session, value, at);
  switch (name) {
    case "upper":
      return str(self.toUpperCase());
    case "lower":
      return str(self.toLowerCase());
    case "strip":
      return first === undefined ? str(self.trim()) : unsupported(str(self), name, at);
    case "startswith":
      return bool(self.startsWith(text(first)));
    case "endswith":
      return bool(self.endsWith(text(first)));
    case "replace":
      if (positional.length !== 2 || text(first) === "") return unsupported(str(self), name, at);
      return str(self.replaceAll(text(first), () => text(second)));
    case "split":
      if (positional.length !== 1 || text(first) === "") return unsupported(str(self), name, at);
      return list(self.split(text(first)).map(str));
    case "join": {
      const parts = iterate(session, first ?? NONE, at).map((item) =>
        needString(session, item, at)
      );
      session.budget.allocate(parts.length, at);
      return str(parts.join(self));
    }
    case "format":
      return str(formatText(session, self, args));
    default:
      return unsupported(str(self), name, at);
  }
}

/** `"{}_{name}".format(…)`; only plain fields. */
function formatText(session: Session, template: string, args: CallArguments): string {
  let next = 0;
  return template.replace(
    /\{\{|\}\}|\{(\w*)(?::([^{}]*))?\}/g,
    (all, field?: string, spec?: string) => {
      if (all === "{{" || all === "}}") return all[0] ?? "";
      const value = field === undefined || field === ""
        ? args.positional[next++]
        : /^\d+$/.test(field)
        ? args.positional[Number(field)]
        : args.named.get(field);
      if (value === undefined) raises(args.at, "the format names a missing argument");
      const known = pin(session, value);
      return spec === undefined || spec === ""
        ? textOf(known, args.at)
        : formatValue(known, "", spec, args.at);
    },
  );
}
