/** Reads what `make_runs.py` made: strategies, candles, and what freqtrade exported of them. */
import type { CandleColumns } from "../../../../core-wasm/engine_gaps.ts";
import { checkConfig, checkMarkets } from "../../config/mod.ts";
import type { BacktestRequest, PreparedBacktest, SeriesCandles } from "../mod.ts";

export interface RunGolden {
  readonly name: string;
  readonly className: string;
  readonly source: string;
  /** freqtrade's export file. */
  readonly expected: {
    readonly strategy: Record<string, Record<string, unknown>>;
    readonly strategy_comparison: unknown;
  };
  readonly request: BacktestRequest;
}

interface GoldenFile {
  readonly candles: Record<string, readonly (readonly number[])[]>;
  readonly runs: readonly {
    readonly name: string;
    readonly class: string;
    readonly strategy_file: string;
    readonly strategy_params?: unknown;
    readonly config: object;
    readonly markets?: unknown;
    readonly pairs: readonly string[];
    readonly timerange?: string;
    readonly expected: RunGolden["expected"];
  }[];
}

export interface RunGoldens {
  readonly runs: readonly RunGolden[];
  /** The candles a prepared run wants. */
  seriesFor(prepared: PreparedBacktest): SeriesCandles[];
}

/** Ends of the time ranges that the goldens name, inclusive. */
const RANGES: Readonly<Record<string, BacktestRequest["range"]>> = {
  "": { start: null, stop: null },
  "20231122-20231205": { start: Date.UTC(2023, 10, 22), stop: Date.UTC(2023, 11, 5) },
};

export async function readRunGoldens(): Promise<RunGoldens> {
  const file = await Deno.open(new URL("runs.json.gz", import.meta.url));
  const text = file.readable.pipeThrough(new DecompressionStream("gzip"));
  const golden: GoldenFile = await new Response(text).json();
  const columns = new Map(
    Object.entries(golden.candles).map(([pair, rows]) => [pair, toColumns(rows)]),
  );
  const runs = await Promise.all(golden.runs.map(async (run): Promise<RunGolden> => {
    const source = await Deno.readTextFile(new URL(run.strategy_file, import.meta.url));
    const timerange = run.timerange ?? "";
    const request = {
      source,
      className: run.class,
      config: checkConfig({ ...run.config, timerange }).config,
      markets: checkMarkets(run.markets ?? {}),
      parameterFile: run.strategy_params === undefined
        ? null
        : { strategy_name: run.class, params: run.strategy_params },
      pairs: run.pairs,
      available: () => [...columns.keys()],
      range: RANGES[timerange] ?? { start: null, stop: null },
    };
    return { name: run.name, className: run.class, source, expected: run.expected, request };
  }));
  const seriesFor = ({ wanted }: PreparedBacktest) =>
    wanted.flatMap((series) => {
      const candles = columns.get(series.pair);
      return candles === undefined ? [] : [{ ...series, candles }];
    });
  return { runs, seriesFor };
}

function toColumns(rows: readonly (readonly number[])[]): CandleColumns {
  const column = (at: number) => Float64Array.from(rows, (row) => row[at] ?? NaN);
  return {
    date: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}
