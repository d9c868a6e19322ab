/** Python's built-in functions on values that are known while compiling. */
import { bindArguments } from "./arguments.ts";
import { attributeOf } from "./attributes_of.ts";
import { absolute } from "./column_methods.ts";
import { columnBinary, isColumnar } from "./column_operators.ts";
import { textOf } from "./format.ts";
import { iterate } from "./iterate.ts";
import { halfEven, pythonRound } from "./numbers.ts";
import { binaryConstant, compareConstants, rangeLength, truth } from "./operators.ts";
import { type Range, refuse } from "./refusal.ts";
import { type CallArguments, needInt, needString, pin, raises, type Session } from "./session.ts";
import {
  bool,
  dict,
  float,
  int,
  isNumber,
  keyOf,
  list,
  NONE,
  numberOf,
  str,
  tuple,
  typeName,
  type Value,
} from "./values.ts";

type Builtin = (session: Session, args: CallArguments) => Value;

const TABLE: Readonly<Record<string, Builtin>> = {
  abs: (session, args) => {
    const x = one(session, "abs", args);
    if (x.kind === "column") return absolute(session, x, args.at);
    if (!isNumber(x)) refuseBuiltin("abs", x, args.at);
    const size = Math.abs(numberOf(x));
    return x.kind === "float" ? float(size) : int(size);
  },
  all: (session, args) => bool(truths(session, "all", args).every(Boolean)),
  any: (session, args) => bool(truths(session, "any", args).some(Boolean)),
  bool: (session, args) => bool(truth(one(session, "bool", args), args.at)),
  dict: makeDict,
  enumerate: (session, args) => {
    const bound = bindArguments("enumerate", ["iterable", "start"], args);
    const start = needInt(session, bound.get("start") ?? int(0), args.at);
    const items = iterate(session, bound.need("iterable"), args.at);
    return list(items.map((item, i) => tuple([int(start + i), item])));
  },
  float: (session, args) => toFloat(one(session, "float", args), args.at),
  getattr: (session, args) => {
    const bound = bindArguments("getattr", ["object", "name"], args);
    const name = needString(session, bound.need("name"), args.at);
    return attributeOf(session, bound.need("object"), name, args.at);
  },
  int: (session, args) => toInt(one(session, "int", args), args.at),
  len: (session, args) => int(lengthOf(one(session, "len", args), args.at)),
  list: (session, args) => list([...itemsOf(session, "list", args)]),
  map: (session, args) => {
    const [callee, items] = args.positional;
    if (callee === undefined || items === undefined || args.positional.length > 2) {
      refuse("unsupported_argument", args.at, "map needs a function and one list");
    }
    return list(
      iterate(session, items, args.at).map((item) =>
        session.call(callee, { positional: [item], named: new Map(), at: args.at })
      ),
    );
  },
  max: (session, args) => extreme(session, "max", args),
  min: (session, args) => extreme(session, "min", args),
  range: makeRange,
  reversed: (session, args) => list([...itemsOf(session, "reversed", args)].reverse()),
  round: (session, args) => {
    const bound = bindArguments("round", ["number", "ndigits"], args);
    const x = pin(session, bound.need("number"));
    const digits = bound.get("ndigits");
    if (!isNumber(x)) refuseBuiltin("round", x, args.at);
    if (digits === undefined || digits.kind === "none") {
      return toInt(float(halfEven(numberOf(x))), args.at);
    }
    const decimals = needInt(session, digits, args.at);
    if (x.kind !== "float") {
      return decimals >= 0 ? int(numberOf(x)) : refuseBuiltin("round", x, args.at);
    }
    return float(pythonRound(x.value, decimals));
  },
  set: (session, args) => {
    const items = itemsOf(session, "set", args).map((item) => pin(session, item));
    const entries = new Map(
      items.map((item) => [keyOf(item) ?? raises(args.at, "the value is unhashable"), item]),
    );
    return { kind: "set", entries, shared: false };
  },
  sorted: sortItems,
  str: (session, args) => str(textOf(one(session, "str", args), args.at)),
  sum: (session, args) => {
    const bound = bindArguments("sum", ["iterable", "start"], args);
    let total: Value = bound.get("start") ?? int(0);
    for (const item of iterate(session, bound.need("iterable"), args.at)) {
      total = isColumnar(total) || isColumnar(item)
        ? columnBinary(session, "+", total, item, args.at)
        : binaryConstant("+", pin(session, total), pin(session, item), args.at);
    }
    return total;
  },
  tuple: (session, args) => tuple([...itemsOf(session, "tuple", args)]),
  zip: (session, args) => {
    const columns = args.positional.map((value) => iterate(session, value, args.at));
    const length = Math.min(
      ...columns.map((items) => items.length),
      columns.length > 0 ? Infinity : 0,
    );
    session.budget.allocate(length, args.at);
    return list(
      Array.from({ length }, (_, i) => tuple(columns.map((items) => items[i] ?? NONE))),
    );
  },
};

export function callBuiltin(session: Session, name: string, args: CallArguments): Value {
  const builtin = Object.hasOwn(TABLE, name) ? TABLE[name] : undefined;
  if (builtin === undefined) {
    refuse("unsupported_call", args.at, `Cannot call the built-in function "${name}"`);
  }
  return builtin(session, args);
}

function one(session: Session, name: string, args: CallArguments): Value {
  return pin(session, bindArguments(name, ["x"], args).need("x"));
}

function itemsOf(session: Session, name: string, args: CallArguments): readonly Value[] {
  const source = bindArguments(name, ["iterable"], args).get("iterable");
  const items = source === undefined ? [] : iterate(session, source, args.at);
  session.budget.allocate(items.length, args.at);
  return items;
}

function truths(session: Session, name: string, args: CallArguments): boolean[] {
  return itemsOf(session, name, args).map((item) => truth(pin(session, item), args.at));
}

function refuseBuiltin(name: string, value: Value, at: Range): never {
  refuse("unsupported_argument", at, `Cannot call ${name}() on ${typeName(value)}`);
}

function lengthOf(value: Value, at: Range): number {
  switch (value.kind) {
    case "list":
    case "tuple":
      return value.items.length;
    case "dict":
    case "set":
      return value.entries.size;
    case "str":
      return Array.from(value.value).length;
    case "range":
      return rangeLength(value);
    default:
      return refuseBuiltin("len", value, at);
  }
}

function toInt(value: Value, at: Range): Value {
  if (isNumber(value)) {
    const whole = Math.trunc(numberOf(value));
    if (!Number.isSafeInteger(whole)) raises(at, "the number does not fit an integer");
    return int(whole + 0);
  }
  if (value.kind === "str" && /^\s*[+-]?\d+\s*$/.test(value.value)) return int(Number(value.value));
  return refuseBuiltin("int", value, at);
}

function toFloat(value: Value, at: Range): Value {
  if (isNumber(value)) return float(numberOf(value));
  if (value.kind === "str") {
    const text = value.value.trim().toLowerCase();
    const special = { nan: NaN, inf: Infinity, "-inf": -Infinity }[text];
    if (special !== undefined) return float(special);
    if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(text)) return float(Number(text));
  }
  return refuseBuiltin("float", value, at);
}

function makeRange(session: Session, args: CallArguments): Value {
  const numbers = args.positional.map((value) => needInt(session, value, args.at));
  const [first = 0, stop = first, step = 1] = numbers;
  if (numbers.length === 0 || numbers.length > 3 || step === 0 || args.named.size > 0) {
    raises(args.at, "range needs one to three whole numbers");
  }
  return { kind: "range", start: numbers.length === 1 ? 0 : first, stop, step };
}

function makeDict(session: Session, args: CallArguments): Value {
  const result = dict([...args.named].map(([name, value]) => [str(name), value]));
  const [source] = args.positional;
  if (source === undefined) return result;
  if (source.kind === "dict" && args.named.size === 0) {
    session.budget.allocate(source.entries.size, args.at);
    return { kind: "dict", entries: new Map(source.entries), shared: false };
  }
  refuse("unsupported_argument", args.at, "dict() takes named arguments or one dictionary");
}

function extreme(session: Session, name: "max" | "min", args: CallArguments): Value {
  if (args.named.size > 0) {
    refuse("unsupported_argument", args.at, `Cannot use ${name}() with names`);
  }
  const source = args.positional.length === 1 ? args.positional[0] : undefined;
  const values = source === undefined ? args.positional : iterate(session, source, args.at);
  if (values.some(isColumnar)) {
    raises(args.at, `${name}() asks for the truth of a column`, `Use np.${name}imum`);
  }
  const [first, ...rest] = values.map((value) => pin(session, value));
  if (first === undefined) raises(args.at, `${name}() of nothing`);
  const operator = name === "max" ? ">" : "<";
  return rest.reduce(
    (best, value) => compareConstants(operator, value, best, args.at) ? value : best,
    first,
  );
}

function sortItems(session: Session, args: CallArguments): Value {
  const bound = bindArguments("sorted", ["iterable", "reverse"], args);
  const source = bound.need("iterable");
  const held = source.kind === "set"
    ? [...source.entries.values()]
    : iterate(session, source, args.at);
  const items = held.map((item) => pin(session, item));
  session.budget.allocate(items.length, args.at);
  const down = truth(bound.get("reverse") ?? bool(false), args.at);
  const before = (a: Value, b: Value) => compareConstants("<", a, b, args.at);
  const order = items.toSorted((a, b) => before(a, b) ? -1 : before(b, a) ? 1 : 0);
  return list(down ? order.toReversed() : order);
}
