/** What `analyze` answers about a strategy file: taken or refused, why, and what it uses. */
import { warmUpOf } from "./ir/causality.ts";
import { asRefusal, compileStrategy } from "./compile.ts";
import { type ClassFacts, classFacts, readSource, type Source } from "./python/front.ts";
import { toJson } from "./python/json_values.ts";
import { indexLines, type Refusal, refusalOf } from "./python/refusal.ts";
import type { ClassValue } from "./python/values.ts";
import type { Program, Span } from "../../core-wasm/program.ts";

export interface AnalysisRefusal {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Stable, for programs. */
  readonly code: string;
  readonly message: string;
  /** What to write instead; may be empty. */
  readonly hint: string;
}

export interface AnalysisWarning {
  readonly line: number;
  readonly column: number;
  /**
   * `look_ahead`; `no_effect`: an argument that is ignored; `leniency`: freqtrade would not load what
   * is taken here.
   */
  readonly code: string;
  readonly message: string;
}

export interface AnalysisParameter {
  readonly name: string;
  readonly type: "int" | "decimal" | "real" | "categorical" | "boolean";
  readonly space: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly decimals: number | null;
  readonly categories: readonly unknown[] | null;
  readonly default: unknown;
  readonly optimize: boolean;
  readonly load: boolean;
  /** `slot`: bound for each run; `variant`: its value shapes the program; `unused`. */
  readonly role: "slot" | "variant" | "unused" | "unknown";
}

export interface ClassAnalysis {
  /** Null when the file holds no strategy, or does not parse. */
  readonly className: string | null;
  readonly accepted: boolean;
  readonly refusals: readonly AnalysisRefusal[];
  readonly warnings: readonly AnalysisWarning[];
  readonly timeframe: string | null;
  readonly startupCandleCount: number | null;
  /** Candles the signals depend on, as proven; null when refused. */
  readonly warmUp: { readonly bars: number; readonly unstable: boolean } | null;
  readonly parameters: readonly AnalysisParameter[];
  /** Callbacks the class overrides. */
  readonly callbacks: readonly string[];
  /** Kernels the program uses, by name, with how often. */
  readonly indicators: Readonly<Record<string, number>>;
}

export interface AnalyzeOptions {
  /** Appears in no answer; kept for messages of the caller. */
  readonly fileName?: string;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** Analyses every strategy class of the text; never throws for what a text can hold. */
export function analyzeSource(text: string, options: AnalyzeOptions = {}): ClassAnalysis[] {
  const lines = indexLines(text);
  let source: Source;
  try {
    source = readSource(text, lines);
  } catch (err) {
    return [refusedFile(refusalOf(asRefusal(err), lines))];
  }
  const { strategies } = source.model;
  if (strategies.length === 0) {
    return [refusedFile({
      code: "no_strategy",
      message: "Cannot find a strategy: no class derives from IStrategy",
      hint: "Write class NAME(IStrategy):",
      span: lines.span({ from: 0, to: 0 }),
    })];
  }
  return strategies.map((of) => {
    try {
      return analyzeClass(source, of, options);
    } catch (err) {
      const refusal = refusalOf(asRefusal(err), lines);
      return { ...refusedFile(refusal), className: of.name };
    }
  });
}

function refusedFile(refusal: Refusal): ClassAnalysis {
  return {
    className: null,
    accepted: false,
    refusals: [flat(refusal)],
    warnings: [],
    timeframe: null,
    startupCandleCount: null,
    warmUp: null,
    parameters: [],
    callbacks: [],
    indicators: {},
  };
}

function analyzeClass(source: Source, of: ClassValue, options: AnalyzeOptions): ClassAnalysis {
  const config = options.config ?? {};
  const facts = classFacts(source, of, { config, file: {} });
  const compiled = compileStrategy(source.text, {
    className: of.name,
    config,
    pairs: ["BTC/USDT"],
    // A class without a timeframe is a fine one; the run then names it.
    timeframe: "5m",
  });
  const program = compiled.accepted ? compiled.programs[0]?.program ?? null : null;
  const attributes = facts.resolution?.attributes ?? null;
  return {
    className: of.name,
    accepted: compiled.accepted,
    refusals: compiled.accepted ? [] : compiled.refusals.map(flat),
    warnings: [
      ...leniencies(source, of, attributes?.timeframe ?? null),
      ...(compiled.accepted ? [...compiled.warnings, ...compiled.remarks] : []).map(placed),
    ],
    timeframe: attributes?.timeframe ?? null,
    startupCandleCount: attributes?.startupCandleCount ?? null,
    warmUp: program === null ? null : warmUpOf(program),
    parameters: parametersOf(facts, program, compiled.accepted ? compiled.variant : {}),
    callbacks: facts.callbacks.map(({ name }) => name),
    indicators: program === null ? {} : kernelCounts(program),
  };
}

function placed(remark: { span: Span; code: string; message: string }): AnalysisWarning {
  const { span, code, message } = remark;
  return { line: span.line, column: span.column, code, message };
}

function flat({ span, code, message, hint }: Refusal): AnalysisRefusal {
  return { ...span, code, message, hint };
}

/** Where freqtrade would not load the file although it is taken here. */
function leniencies(source: Source, of: ClassValue, timeframe: string | null): AnalysisWarning[] {
  const at: Span = source.lines.span(of.at);
  const warn = (message: string) => ({
    line: at.line,
    column: at.column,
    code: "leniency",
    message,
  });
  const warnings: AnalysisWarning[] = [];
  if (!source.text.includes(`class ${of.name}(`)) {
    warnings.push(warn(`freqtrade finds a strategy only by the text "class ${of.name}("`));
  }
  if (timeframe === null) {
    const old = of.attributes.get("ticker_interval");
    warnings.push(
      warn(
        old === undefined
          ? "The class names no timeframe: a run must"
          : 'freqtrade no longer reads "ticker_interval": a run must name the timeframe',
      ),
    );
  }
  return warnings;
}

function parametersOf(
  facts: ClassFacts,
  program: Program | null,
  variant: Readonly<Record<string, unknown>>,
): AnalysisParameter[] {
  return [...facts.parameters.values()].map(({ name, spec, space }) => ({
    name,
    type: spec.type,
    space,
    low: spec.low,
    high: spec.high,
    decimals: spec.decimals,
    categories: spec.categories?.map((category) => toJson(category) ?? null) ?? null,
    default: toJson(spec.default) ?? null,
    optimize: spec.optimize,
    load: spec.load,
    role: program === null
      ? "unknown"
      : Object.hasOwn(variant, name)
      ? "variant"
      : program.slots.some((slot) => slot.name === name)
      ? "slot"
      : "unused",
  }));
}

function kernelCounts(program: Program): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const node of program.nodes) {
    if (node.op === "kernel") counts[node.kernel] = (counts[node.kernel] ?? 0) + 1;
  }
  return counts;
}
