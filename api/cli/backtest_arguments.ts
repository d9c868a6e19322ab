/** The arguments of `deno task backtest`. */
import { parseStrictly, UsageError } from "./usage.ts";

export const BACKTEST_USAGE =
  `Usage: deno task backtest --strategy FILE.py --candles PATH… [options]

Backtests a freqtrade strategy over candle files and prints the report.

  --strategy FILE.py      the strategy; a FILE.json beside it is its parameter file
  --class NAME            which of the file's strategies, when it holds several
  --candles PATH…         CSV, JSON, feather or parquet files, or folders: BASE_QUOTE-5m.feather
  --pairs A/B,C/D         pairs to trade; all with candles of the timeframe otherwise
  --timeframe 5m          instead of the strategy's own
  --timerange START-STOP  for example 20240101-20240201; either side may be empty
  --config FILE.json      freqtrade's configuration keys
  --markets FILE.json     per pair: precision, limits, maker, taker, contractSize, leverage_tiers
  --json OUT              writes the result as freqtrade exports it
  --html OUT              writes the report as one page for a browser
  --help                  shows this text

Exit status: 0 done, 1 the run failed, 2 bad usage or a refused strategy.`;

export interface BacktestArguments {
  readonly strategy: string;
  readonly className: string | null;
  readonly candles: readonly string[];
  /** Null: all that have candles. */
  readonly pairs: readonly string[] | null;
  readonly timeframe: string | null;
  readonly timerange: string | null;
  readonly config: string | null;
  readonly markets: string | null;
  readonly json: string | null;
  readonly html: string | null;
}

const OPTIONS = {
  strategy: { type: "string" },
  class: { type: "string" },
  candles: { type: "string", multiple: true },
  pairs: { type: "string", multiple: true },
  timeframe: { type: "string" },
  timerange: { type: "string" },
  config: { type: "string" },
  markets: { type: "string" },
  json: { type: "string" },
  html: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** Null when the user asks for help. Throws a UsageError for anything else that cannot be run. */
export function parseBacktestArguments(args: readonly string[]): BacktestArguments | null {
  const { values, positionals } = parseStrictly({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
  });
  if (values.help) return null;
  if (values.strategy === undefined) throw new UsageError("Option '--strategy' is missing");
  if (values.candles === undefined) {
    const [stray] = positionals;
    throw new UsageError(
      stray === undefined
        ? "Option '--candles' is missing"
        : `Unexpected argument '${stray}': paths of candles follow '--candles'`,
    );
  }
  return {
    strategy: values.strategy,
    className: values.class ?? null,
    // A shell expands `--candles *.csv` into one value and further words.
    candles: [...values.candles, ...positionals],
    pairs: values.pairs?.flatMap((list) => list.split(",")).map((pair) => pair.trim())
      .filter((pair) => pair !== "") ?? null,
    timeframe: values.timeframe ?? null,
    timerange: values.timerange ?? null,
    config: values.config ?? null,
    markets: values.markets ?? null,
    json: values.json ?? null,
    html: values.html ?? null,
  };
}
