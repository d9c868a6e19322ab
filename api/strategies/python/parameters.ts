/** freqtrade's hyperopt parameters: their constructors, their spaces and their values. */
import { attributeNames, findAttribute } from "./classes.ts";
import { bindArguments } from "./arguments.ts";
import { pythonRound } from "./numbers.ts";
import { truth } from "./operators.ts";
import { type Range, refuse } from "./refusal.ts";
import type { BoundParameter, CallArguments } from "./session.ts";
import {
  bool,
  type ClassValue,
  float,
  isNumber,
  NONE,
  numberOf,
  type ParameterClass,
  type ParameterSpec,
  type ParameterValue,
  typeName,
  type Value,
} from "./values.ts";

export const PARAMETER_CLASSES: Readonly<Record<string, ParameterClass | undefined>> = {
  IntParameter: "int",
  DecimalParameter: "decimal",
  RealParameter: "real",
  CategoricalParameter: "categorical",
  BooleanParameter: "boolean",
};

const SHARED = ["default", "space", "optimize", "load"];
const SIGNATURES: Readonly<Record<ParameterClass, readonly string[]>> = {
  int: ["low", "high", ...SHARED],
  decimal: ["low", "high", "decimals", ...SHARED],
  real: ["low", "high", ...SHARED],
  categorical: ["categories", ...SHARED],
  boolean: SHARED,
};

export function makeParameter(
  name: string,
  args: CallArguments,
): ParameterValue {
  const type = PARAMETER_CLASSES[name] ?? "real";
  const { at } = args;
  const positionalMax = type === "boolean" ? 0 : type === "categorical" ? 1 : 2;
  if (args.positional.length > positionalMax) {
    refuse("invalid_parameter", at, `${name} takes its further arguments by name`);
  }
  const bound = bindArguments(name, SIGNATURES[type], args);
  const flag = (key: string) => truth(bound.get(key) ?? bool(true), at);
  const space = bound.get("space") ?? NONE;
  if (space.kind !== "none" && space.kind !== "str") {
    refuse("invalid_parameter", at, `${name} needs a name for "space"`);
  }
  const shared = {
    type,
    space: space.kind === "str" && space.value !== "" ? space.value : null,
    optimize: flag("optimize"),
    load: flag("load"),
    at,
  };
  if (type === "categorical" || type === "boolean") {
    const spec: ParameterSpec = {
      ...shared,
      low: null,
      high: null,
      decimals: null,
      categories: type === "boolean"
        ? [bool(true), bool(false)]
        : categoriesOf(bound.need("categories"), at),
      default: bound.get("default") ?? NONE,
    };
    return { kind: "parameter", spec };
  }
  const [low, high] = limitsOf(name, bound.need("low"), bound.get("high"), at);
  const decimals = type === "decimal" ? wholeNumber(name, bound.get("decimals"), 3, at) : null;
  const spec: ParameterSpec = {
    ...shared,
    low,
    high,
    decimals,
    categories: null,
    default: rounded(numeric(name, bound.need("default"), at), decimals),
  };
  return { kind: "parameter", spec };
}

function categoriesOf(value: Value, at: Range): readonly Value[] {
  if ((value.kind === "list" || value.kind === "tuple") && value.items.length >= 2) {
    return value.items;
  }
  refuse("invalid_parameter", at, "CategoricalParameter needs at least two categories");
}

function limitsOf(
  name: string,
  low: Value,
  high: Value | undefined,
  at: Range,
): [number, number] {
  const pair = high === undefined || high.kind === "none"
    ? (low.kind === "list" || low.kind === "tuple") && low.items.length === 2 ? low.items : []
    : [low, high];
  const [first, second] = pair;
  if (first === undefined || second === undefined) {
    refuse("invalid_parameter", at, `${name} needs a lower and an upper bound`);
  }
  return [numberOf(numeric(name, first, at)), numberOf(numeric(name, second, at))];
}

type NumericValue = Value & { kind: "int" | "float" | "bool" };

function numeric(name: string, value: Value, at: Range): NumericValue {
  if (isNumber(value)) return value;
  refuse("invalid_parameter", at, `${name} needs a number, found ${typeName(value)}`);
}

function wholeNumber(name: string, value: Value | undefined, standard: number, at: Range): number {
  if (value === undefined) return standard;
  if (value.kind === "int" && value.value >= 0) return value.value;
  refuse("invalid_parameter", at, `${name} needs a whole number for "decimals"`);
}

/** A decimal parameter rounds whatever it is given; an integer stays one. */
function rounded(value: NumericValue, decimals: number | null): Value {
  if (decimals === null || value.kind !== "float") return value;
  return float(pythonRound(value.value, decimals));
}

const PREFIXES = ["buy", "sell", "enter", "exit", "protection"];

/** The space a parameter belongs to; freqtrade refuses to load when it cannot tell. */
export function spaceOf(name: string, spec: ParameterSpec): string {
  const space = spec.space ?? PREFIXES.find((prefix) => name.startsWith(`${prefix}_`));
  if (space === undefined) {
    refuse(
      "invalid_parameter",
      spec.at,
      `Cannot tell the space of the parameter "${name}"`,
      'Give it space="buy" or begin its name with buy_',
    );
  }
  if (space === "all" || space === "default" || !/^[A-Za-z_]\w*$/.test(space)) {
    refuse("invalid_parameter", spec.at, `"${space}" is not a valid space for "${name}"`);
  }
  return space;
}

export type ParameterFile = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Every parameter of the class with the value of this run: file, then `buy_params`, then default. */
export function bindParameters(
  of: ClassValue,
  file: ParameterFile,
  fromJson: (value: unknown) => Value,
): Map<string, BoundParameter> {
  const bound = new Map<string, BoundParameter>();
  for (const name of attributeNames(of)) {
    const held = findAttribute(of, name)?.value;
    if (held?.kind !== "parameter" || name.startsWith("__")) continue;
    if ([...bound.values()].some(({ spec }) => spec === held.spec)) {
      refuse("invalid_parameter", held.spec.at, `"${name}" is a second name of a parameter`);
    }
    const space = spaceOf(name, held.spec);
    const given = givenValue(of, file, { space, name, type: held.spec.type }, fromJson);
    const value = given !== undefined && held.spec.load
      ? boundValue(name, held.spec, given)
      : held.spec.default;
    bound.set(name, { name, spec: held.spec, space, value });
  }
  return bound;
}

function givenValue(
  of: ClassValue,
  file: ParameterFile,
  { space, name, type }: { space: string; name: string; type: ParameterClass },
  fromJson: (value: unknown) => Value,
): Value | undefined {
  const saved = file[space];
  if (saved !== undefined && Object.hasOwn(saved, name)) {
    const value = fromJson(saved[name]);
    // JSON as parsed here does not tell 1.0 from 1; an optimiser writes floats for these.
    const isFloat = type === "decimal" || type === "real";
    return isFloat && value.kind === "int" ? float(value.value) : value;
  }
  const params = findAttribute(of, `${space}_params`)?.value;
  return params?.kind === "dict" ? params.entries.get(`s:${name}`)?.[1] : undefined;
}

function boundValue(name: string, spec: ParameterSpec, value: Value): Value {
  if (spec.type === "categorical" || spec.type === "boolean") return value;
  if (!isNumber(value)) {
    refuse(
      "invalid_parameter",
      spec.at,
      `The parameter "${name}" is given ${typeName(value)} instead of a number`,
      "Mend the parameter file or the params dictionary",
    );
  }
  return rounded(value, spec.decimals);
}
