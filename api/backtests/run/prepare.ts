/** From a request to a compiled strategy, its settings and the candles it wants. */
import { AppError } from "../../platform/errors.ts";
import { choosePairs, marketRules, resolveSettings } from "../config/mod.ts";
import type {
  BacktestRequest,
  CompiledProgram,
  PreparedBacktest,
  RefusedProgram,
  StrategyTools,
  WantedSeries,
} from "./types.ts";

/** Compiles and checks. Throws an AppError for a refused strategy, setting or pair. */
export function prepareBacktest(
  request: BacktestRequest,
  tools: Pick<StrategyTools, "compile">,
): PreparedBacktest {
  const { config, markets } = request;
  const compiled = tools.compile(request.source, {
    className: request.className ?? config.strategy ?? undefined,
    config,
    parameterFile: request.parameterFile ?? undefined,
    pairs: candidatePairs(request),
  });
  if (!compiled.accepted) refuseStrategy(compiled);
  const { timeframe } = compiled;
  const { pairs, warnings } = choosePairs({
    asked: request.pairs ?? undefined,
    config,
    available: request.available(timeframe),
    timeframe,
  });
  const rules = pairs.map((pair) => marketRules(pair, markets));
  const strategy = { ...compiled.attributes, timeframe };
  return {
    request,
    compiled,
    settings: resolveSettings({ config, strategy, markets: rules }),
    pairs,
    wanted: wantedSeries(compiled, pairs),
    warnings: [...warnings, ...lookAheadWarnings(compiled)],
  };
}

/** The program of a pair. */
export function programOf({ programs }: CompiledProgram, pair: string) {
  const found = programs.find((each) => each.pair === null || each.pair === pair);
  if (found === undefined) throw new Error(`No program was compiled for "${pair}"`);
  return found.program;
}

/** The pairs that may be traded: which of them have candles shows when the timeframe is known. */
function candidatePairs({ pairs, config, available }: BacktestRequest): readonly string[] {
  const listed = pairs ?? config.exchange?.pair_whitelist ?? [];
  return listed.length > 0 ? listed : available(config.timeframe ?? null);
}

function refuseStrategy({ className, refusals }: RefusedProgram): never {
  const [first] = refusals;
  const name = className === null ? "the strategy" : `strategy "${className}"`;
  const where = first === undefined
    ? ""
    : ` at line ${first.span.line}, column ${first.span.column}`;
  throw new AppError(
    "STRATEGY_REFUSED",
    `Cannot run ${name}${where}: ${first?.message ?? "it is refused"}`,
    { details: { class_name: className, refusals } },
  );
}

function wantedSeries(compiled: CompiledProgram, pairs: readonly string[]): WantedSeries[] {
  const wanted = new Map<string, WantedSeries>();
  for (const traded of pairs) {
    for (const { pair, timeframe, candleType } of programOf(compiled, traded).series) {
      const series = { pair: pair ?? traded, timeframe, candleType };
      wanted.set(`${series.pair} ${timeframe} ${candleType}`, series);
    }
  }
  return [...wanted.values()];
}

function lookAheadWarnings({ warnings }: CompiledProgram): string[] {
  return warnings.map(({ span, message }) =>
    `Line ${span.line}, column ${span.column}: ${message}`
  );
}
