/** A strategy's text to what a run needs: settings, programs and their key. Nothing is executed. */
import type { Program, Span } from "../../core-wasm/program.ts";
import { programKey, sha256 } from "./ir/key.ts";
import { lookAheads, type LookAheadWarning } from "./ir/causality.ts";
import { Budget } from "./python/budget.ts";
import { type ClassFacts, classFacts, readSource, type Source } from "./python/front.ts";
import { toJson } from "./python/json_values.ts";
import { type Lowered, lowerStrategy } from "./python/lower.ts";
import { readParameterFile } from "./python/parameter_file.ts";
import { slotNumber } from "./python/parameter_values.ts";
import { indexLines, type Refusal, RefusalError, refusalOf } from "./python/refusal.ts";
import type { Resolution, StrategyAttributes } from "./python/resolve.ts";
import type { ClassValue } from "./python/values.ts";

export interface CompileOptions {
  /** Needed when the text holds several strategies. */
  readonly className?: string;
  /** freqtrade's configuration; it wins over the class. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Content of the `NAME.json` beside the strategy, as parsed JSON. */
  readonly parameterFile?: unknown;
  /** Whitelist in order. */
  readonly pairs: readonly string[];
  /** Used when neither the configuration nor the class names one. */
  readonly timeframe?: string;
  readonly runMode?: "backtest" | "hyperopt" | "live";
}

export interface PairProgram {
  /** Null: the program is the same for every pair. */
  readonly pair: string | null;
  readonly program: Program;
}

export interface CompiledStrategy {
  readonly accepted: true;
  readonly className: string;
  readonly timeframe: string;
  readonly attributes: StrategyAttributes;
  readonly programs: readonly PairProgram[];
  /** Per slot name the value this configuration binds; a run may bind others. */
  readonly slotValues: Readonly<Record<string, number>>;
  /** Parameters whose value shaped the program; another value needs another compilation. */
  readonly variant: Readonly<Record<string, unknown>>;
  /** sha256, hex. */
  readonly key: string;
  readonly warnings: readonly LookAheadWarning[];
  /** What the source says without an effect. */
  readonly remarks: readonly CompileRemark[];
}

export interface CompileRemark {
  readonly code: string;
  readonly span: Span;
  readonly message: string;
}

export interface RefusedStrategy {
  readonly accepted: false;
  readonly className: string | null;
  readonly refusals: readonly Refusal[];
}

/** Never throws for anything a source text can hold. */
export function compileStrategy(
  text: string,
  options: CompileOptions,
): CompiledStrategy | RefusedStrategy {
  const lines = indexLines(text);
  let className = options.className ?? null;
  try {
    const source = readSource(text, lines);
    const of = chooseClass(source, className);
    className = of.name;
    const config = options.config ?? {};
    const file = readParameterFile(options.parameterFile, of);
    const facts = classFacts(source, of, { config, file });
    if (facts.problems.length > 0) {
      const refusals = facts.problems.map((problem) => refusalOf(problem, lines));
      return { accepted: false, className, refusals };
    }
    return compileClass(source, of, facts, options);
  } catch (err) {
    return { accepted: false, className, refusals: [refusalOf(asRefusal(err), lines)] };
  }
}

/** Runs out of stack are the only other failure a text can cause. */
export function asRefusal(err: unknown): RefusalError {
  if (err instanceof RefusalError) return err;
  if (!(err instanceof RangeError)) throw err;
  return new RefusalError(
    "nested_too_deeply",
    { from: 0, to: 0 },
    "Cannot compile: the source is nested too deeply",
    "Split the expression",
  );
}

function chooseClass(source: Source, className: string | null): ClassValue {
  const { strategies } = source.model;
  const found = className === null
    ? strategies
    : strategies.filter((candidate) => candidate.name === className);
  const [only, more] = found;
  if (only !== undefined && more === undefined) return only;
  const names = strategies.map(({ name }) => `"${name}"`).join(", ");
  throw new RefusalError(
    "no_strategy",
    { from: 0, to: 0 },
    only !== undefined
      ? `Cannot choose a strategy: the file holds ${names}`
      : className === null
      ? "Cannot find a strategy: no class derives from IStrategy"
      : `Cannot find the strategy "${className}"`,
    only !== undefined ? "Name the class" : names === "" ? "" : `The file holds ${names}`,
  );
}

interface Target {
  readonly resolution: Resolution;
  readonly timeframe: string;
  readonly candleType: "spot" | "futures";
}

function compileClass(
  source: Source,
  of: ClassValue,
  facts: ClassFacts,
  options: CompileOptions,
): CompiledStrategy {
  const target = targetOf(of, facts, options);
  const lowered = lowerPairs(source, of, facts, { options, target });
  const [first] = lowered;
  const { program } = first.lowered;
  const variant = variantOf(lowered.map((each) => each.lowered), facts);
  const { timeframe, candleType, resolution } = target;
  return {
    accepted: true,
    className: of.name,
    timeframe,
    attributes: { ...resolution.attributes, timeframe },
    programs: lowered.map((each) => ({ pair: each.pair, program: each.lowered.program })),
    slotValues: Object.fromEntries(
      program.slots.map(({ name }) => [name, slotValue(facts, name)]),
    ),
    variant: Object.fromEntries(variant),
    key: programKey({
      sourceSha256: sha256(source.text),
      className: of.name,
      configRead: new Map(lowered.flatMap((each) => [...each.lowered.configRead])),
      whitelist: first.lowered.readsPair ? options.pairs : [],
      timeframe,
      runMode: options.runMode ?? "backtest",
      candleType,
      variant,
      slotTypes: program.slots.map(({ name, type }) => [name, type]),
    }),
    warnings: lookAheads(program),
    remarks: first.lowered.remarks.map(({ code, at, message }) => ({
      code,
      span: source.lines.span(at),
      message,
    })),
  };
}

function targetOf(of: ClassValue, { resolution }: ClassFacts, options: CompileOptions): Target {
  const timeframe = resolution?.attributes.timeframe ?? options.timeframe ?? null;
  if (resolution === null || timeframe === null) {
    throw new RefusalError(
      "invalid_attribute",
      of.at,
      `The class "${of.name}" names no timeframe`,
      "Set timeframe = '5m' in the class, or give one with the run",
    );
  }
  const candleType = options.config?.trading_mode === "futures" ? "futures" : "spot";
  if (resolution.attributes.canShort && candleType === "spot") {
    throw new RefusalError(
      "invalid_attribute",
      of.at,
      `The class "${of.name}" sells short, which spot markets do not allow`,
      "Set can_short = False, or run it with trading_mode futures",
    );
  }
  return { resolution: withTimeframe(resolution, timeframe), timeframe, candleType };
}

interface LoweredPair {
  readonly pair: string | null;
  readonly lowered: Lowered;
}

/** One program for all pairs, or one for each when the source reads the pair's name. */
function lowerPairs(
  source: Source,
  of: ClassValue,
  { parameters }: ClassFacts,
  { options, target }: { readonly options: CompileOptions; readonly target: Target },
): [LoweredPair, ...LoweredPair[]] {
  const config = options.config ?? {};
  const lowerFor = (pair: string) =>
    lowerStrategy({
      ...target,
      of,
      parameters,
      // Each pair's program has a budget of its own, or long whitelists would be refused.
      budget: new Budget(),
      lines: source.lines,
      config,
      pair,
    });
  const [firstPair = "", ...others] = options.pairs;
  const first = lowerFor(firstPair);
  if (!first.readsPair) return [{ pair: null, lowered: first }];
  return [
    { pair: firstPair, lowered: first },
    ...others.map((pair) => ({ pair, lowered: lowerFor(pair) })),
  ];
}

/** `self.timeframe` when only the run names it. */
function withTimeframe(resolution: Resolution, timeframe: string): Resolution {
  const values = new Map(resolution.values).set("timeframe", { kind: "str", value: timeframe });
  return { ...resolution, values };
}

function slotValue(facts: ClassFacts, name: string): number {
  const bound = facts.parameters.get(name);
  return bound === undefined ? NaN : slotNumber(bound.value);
}

function variantOf(lowered: readonly Lowered[], facts: ClassFacts): [string, unknown][] {
  const names = new Set(lowered.flatMap(({ pinned }) => [...pinned]));
  return [...names].sort().map((name) => {
    const value = facts.parameters.get(name)?.value;
    return [name, value === undefined ? null : [value.kind, toJson(value) ?? null]];
  });
}
