/** Source text to class models: what analysis and compilation share. */
import { Budget } from "./budget.ts";
import { type Callback, callbacksOf } from "./callbacks.ts";
import { findAttribute } from "./classes.ts";
import { loadModule, type ModuleModel } from "./class_model.ts";
import { evaluationSession } from "./lower.ts";
import { bindParameters, type ParameterFile } from "./parameters.ts";
import { mergedParams } from "./params_dictionaries.ts";
import { parseModule } from "./parse.ts";
import { fromJson } from "./json_values.ts";
import { indexLines, type LineIndex, RefusalError } from "./refusal.ts";
import { type Resolution, resolveAttributes } from "./resolve.ts";
import type { BoundParameter } from "./session.ts";
import type { ClassValue } from "./values.ts";
import { isPlainInit } from "./plain_init.ts";

export interface Source {
  readonly text: string;
  readonly lines: LineIndex;
  readonly budget: Budget;
  readonly model: ModuleModel;
}

/** Throws RefusalError when the text does not parse. */
export function readSource(text: string, lines: LineIndex = indexLines(text)): Source {
  const budget = new Budget();
  const module = parseModule(text, budget);
  const model = loadModule(evaluationSession(budget, lines), module);
  return { text, lines, budget, model };
}

export interface ClassSettings {
  readonly config: Readonly<Record<string, unknown>>;
  readonly file: ParameterFile;
}

export interface ClassFacts {
  readonly resolution: Resolution | null;
  readonly parameters: ReadonlyMap<string, BoundParameter>;
  readonly callbacks: readonly Callback[];
  readonly problems: readonly RefusalError[];
}

/** Everything about a class that needs no columns, with what refuses it. */
export function classFacts(source: Source, of: ClassValue, settings: ClassSettings): ClassFacts {
  const problems = [...source.model.problems, ...(source.model.classProblems.get(of) ?? [])];
  const attempt = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch (err) {
      if (!(err instanceof RefusalError)) throw err;
      problems.push(err);
      return null;
    }
  };
  const { config, file } = settings;
  const parameters = attempt(() => bindParameters(of, file, fromJson)) ?? new Map();
  const resolved = attempt(() => resolveAttributes(of, config, file));
  const resolution = resolved === null ? null : {
    ...resolved,
    values: new Map([...resolved.values, ...mergedParams(of, file, parameters, fromJson)]),
  };
  const callbacks = callbacksOf(of, {
    attributes: resolution?.attributes ?? null,
    futures: config.trading_mode === "futures",
  });
  for (const callback of callbacks) {
    if (!callback.inert) problems.push(callbackProblem(callback));
  }
  const init = findAttribute(of, "__init__")?.value;
  if (init?.kind === "function" && !isPlainInit(init)) {
    problems.push(
      new RefusalError(
        "unsupported_callback",
        init.node.kind === "function" ? init.node.nameAt : of.at,
        'Cannot run "__init__": the strategy object is never built',
        "Set attributes in the class body",
      ),
    );
  }
  return { resolution, parameters, callbacks, problems: distinct(problems) };
}

/** One value that cannot be known may be met several times. */
function distinct(problems: readonly RefusalError[]): RefusalError[] {
  const seen = new Set<string>();
  return problems.filter(({ code, at }) => {
    const key = `${code} ${at.from} ${at.to}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

function callbackProblem({ name, at }: Callback): RefusalError {
  return new RefusalError(
    "unsupported_callback",
    at,
    `Cannot run the callback "${name}"`,
    "Remove the method, or write its rule with columns",
  );
}
