/** A strategy's programs over the pairs' candles: signals for the engine, columns for plots. */
import type { ColumnType } from "../../../core-wasm/column.ts";
import { type CandleColumns, closeGaps, fillGaps } from "../../../core-wasm/mod.ts";
import type { CoreMemory } from "../../../core-wasm/memory.ts";
import type { EnginePair } from "../../../core-wasm/engine_types.ts";
import type { Program } from "../../../core-wasm/program.ts";
import { AppError } from "../../platform/errors.ts";
import { marketRules, timeframeLength } from "../config/mod.ts";
import { cutHistory } from "./history.ts";
import { programOf } from "./prepare.ts";
import { type PackedType, type PlotColumns, StringTable } from "../results/mod.ts";
import type {
  PreparedBacktest,
  ProgramOutput,
  SeriesCandles,
  StrategyTools,
  WantedSeries,
} from "./types.ts";

export interface SignalledPairs {
  readonly pairs: readonly EnginePair[];
  readonly strings: readonly string[];
  readonly plots: readonly PlotColumns[];
  /** The candles the run saw, of every series it read. */
  readonly seen: readonly SeenCandles[];
}

export interface SeenCandles {
  readonly series: WantedSeries;
  readonly candles: CandleColumns;
}

const PACKED: Readonly<Record<ColumnType, PackedType>> = {
  f64: "f64",
  bool: "bool",
  int: "i64",
  i32: "i32",
  time: "time",
  tag: "text",
};

/** Runs the strategy on every traded pair that has candles in the range. */
export function makeSignals(
  core: CoreMemory,
  prepared: PreparedBacktest,
  series: readonly SeriesCandles[],
  tools: Pick<StrategyTools, "run">,
): SignalledPairs {
  const { compiled, settings, request } = prepared;
  const filled = new CandleShelf(prepared, series);
  const plotted = plottedColumns(compiled.attributes.plotConfig);
  const strings = new StringTable();
  const pairs: EnginePair[] = [];
  const plots: PlotColumns[] = [];
  for (const pair of prepared.pairs) {
    const program = programOf(compiled, pair);
    const inputs = program.series.map((each) => filled.get({ ...each, pair: each.pair ?? pair }));
    const [candles] = inputs;
    if (candles === undefined || candles.date.length === 0) continue;
    const output = tools.run(core, program, {
      series: inputs,
      slots: compiled.slotValues,
      columns: plotted,
    });
    const codes = program.strings.map((text) => strings.codeOf(text));
    const traded = {
      market: marketRules(pair, request.markets),
      trimRows: Math.min(settings.startupCandleCount, candles.date.length),
      ...candles,
      ...signalColumns(program, output, { rows: candles.date.length, codes }),
    };
    pairs.push(closeGaps(traded, settings.engine.timeframeMs));
    plots.push({ pair, date: candles.date, columns: plotColumns(program, output, codes) });
  }
  refuseEmpty(pairs, prepared);
  return {
    pairs,
    strings: strings.values,
    plots: plotted.length === 0 ? [] : plots,
    seen: filled.seen(),
  };
}

/** Candles cut to the range and without gaps, each series made once. */
class CandleShelf {
  readonly #prepared: PreparedBacktest;
  readonly #series: readonly SeriesCandles[];
  readonly #made = new Map<string, SeenCandles>();

  constructor(prepared: PreparedBacktest, series: readonly SeriesCandles[]) {
    this.#prepared = prepared;
    this.#series = series;
  }

  get(wanted: WantedSeries): CandleColumns {
    const key = seriesKey(wanted);
    const made = this.#made.get(key) ?? { series: wanted, candles: this.#make(wanted) };
    this.#made.set(key, made);
    return made.candles;
  }

  /** What was taken, in the order of its first use. */
  seen(): readonly SeenCandles[] {
    return [...this.#made.values()].filter(({ candles }) => candles.date.length > 0);
  }

  #make(wanted: WantedSeries): CandleColumns {
    const found = this.#series.find((each) => seriesKey(each) === seriesKey(wanted));
    if (found === undefined) {
      const { pair, timeframe } = wanted;
      throw new AppError("NO_CANDLES", `Cannot backtest: "${pair}" has no ${timeframe} candles`);
    }
    const { settings, request: { range } } = this.#prepared;
    const timeframeMs = timeframeLength(wanted.timeframe);
    const startupCandles = settings.startupCandleCount;
    const cut = cutHistory(found.candles, { range, timeframeMs, startupCandles });
    return found.hasSessions === true ? cut : fillGaps(cut, timeframeMs);
  }
}

export function seriesKey({ pair, timeframe, candleType }: WantedSeries): string {
  return `${pair} ${timeframe} ${candleType}`;
}

function signalColumns(
  { strings }: Program,
  { signals }: ProgramOutput,
  { rows, codes }: { readonly rows: number; readonly codes: readonly number[] },
): Pick<
  EnginePair,
  "enterLong" | "exitLong" | "enterShort" | "exitShort" | "enterTag" | "exitTag"
> {
  // An empty exit tag names no reason, while an empty entry tag is one that reports count.
  const exitCodes = codes.map((code, index) => strings[index] === "" ? -1 : code);
  return {
    enterLong: signals.enterLong ?? new Uint8Array(rows),
    exitLong: signals.exitLong ?? new Uint8Array(rows),
    enterShort: signals.enterShort ?? new Uint8Array(rows),
    exitShort: signals.exitShort ?? new Uint8Array(rows),
    enterTag: signals.enterTag === null ? null : recode(signals.enterTag, codes),
    exitTag: signals.exitTag === null ? null : recode(signals.exitTag, exitCodes),
  };
}

function plotColumns(program: Program, output: ProgramOutput, codes: readonly number[]) {
  return program.frame.flatMap(({ name, column }) => {
    const values = output.columns.get(name);
    const type = program.nodes[column.node]?.outputs[column.output];
    if (values === undefined || type === undefined) return [];
    const isTag = type === "tag" && values instanceof Int32Array;
    return [{ name, type: PACKED[type], values: isTag ? recode(values, codes) : values }];
  });
}

/** A program's codes in the strings that all pairs share. */
function recode(column: Int32Array, codes: readonly number[]): Int32Array {
  return column.map((code) => codes[code] ?? -1);
}

/** The columns `plot_config` names: `main_plot` and the `subplots`, with what they are filled to. */
export function plottedColumns(plotConfig: unknown): string[] {
  const { main_plot: main, subplots } = Object(plotConfig) as Record<string, unknown>;
  const plots = [Object(main), ...Object.values(Object(subplots))] as Record<string, unknown>[];
  const names = plots.flatMap((plot) =>
    Object.entries(Object(plot)).flatMap(([name, style]) => {
      const fill: unknown = Reflect.get(Object(style), "fill_to");
      return typeof fill === "string" ? [name, fill] : [name];
    })
  );
  return [...new Set(names)];
}

function refuseEmpty(pairs: readonly EnginePair[], { settings }: PreparedBacktest): void {
  if (pairs.some((pair) => pair.date.length > pair.trimRows)) return;
  const { startupCandleCount: startup, timerange } = settings;
  const where = timerange === "" ? "" : ` in timerange "${timerange}"`;
  throw new AppError(
    "NO_CANDLES",
    pairs.length === 0
      ? `Cannot backtest: no pair has candles${where}`
      : `Cannot backtest: no candle is left${where} after ${startup} startup candles`,
  );
}
