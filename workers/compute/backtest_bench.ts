/**
 * One backtest from text to statistics, over the simulated BTC/USDT market (105,408 candles of 5m)
 * with caches off: what each part takes, and the same run by freqtrade where `ORACLE_CMD` names a
 * command that takes a case file and prints its result as a line of JSON.
 * Run with `deno bench -A workers/compute/backtest_bench.ts`.
 */
import assert from "node:assert/strict";
import { checkConfig } from "../../api/backtests/config/mod.ts";
import { exportTrade } from "../../api/backtests/export/mod.ts";
import { prepareBacktest, runBacktest, type SeriesCandles } from "../../api/backtests/run/mod.ts";
import { simulateMarket } from "../../api/market/simulated.ts";
import { compileStrategy, runProgram } from "../../api/strategies/compiler/mod.ts";
import { CoreMemory, readCoreModule } from "../../core-wasm/mod.ts";

const ROUNDS = 30;
const WARM_UP = 10;
const PAIR = "BTC/USDT";
const CONFIG = {
  stake_currency: "USDT",
  stake_amount: 100,
  fee: 0.001,
  dry_run_wallet: 10_000,
  max_open_trades: 5,
};

const source = await Deno.readTextFile(
  new URL("../../examples/strategies/ten_signals.py", import.meta.url),
);
const core = new CoreMemory(await readCoreModule());
const tools = { compile: compileStrategy, run: runProgram };
const series = readSeries();

function readSeries(): SeriesCandles[] {
  const found = simulateMarket().find(({ pair, timeframe }) => pair === PAIR && timeframe === "5m");
  assert.ok(found, "the simulated market has BTC/USDT 5m");
  const { time: date, ...columns } = found.candles;
  return [{ pair: PAIR, timeframe: "5m", candleType: "spot", candles: { date, ...columns } }];
}

function runOnce() {
  const prepared = prepareBacktest({
    source,
    className: null,
    config: checkConfig(CONFIG).config,
    markets: {},
    parameterFile: null,
    pairs: [PAIR],
    available: () => [PAIR],
    range: { start: null, stop: null },
  }, tools);
  return runBacktest(core, prepared, series, { tools });
}

function medianMs(): number {
  for (let round = 0; round < WARM_UP; round++) runOnce();
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    runOnce();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[ROUNDS / 2] ?? NaN;
}

/** freqtrade's own run of the same case: its trades, and seconds in indicators, loop, statistics. */
async function runReference(command: string) {
  const folder = await Deno.makeTempDir({ prefix: "candlewick-bench-" });
  const file = `${folder}/case.json`;
  const [{ candles } = assert.fail()] = series;
  const { date, open, high, low, close, volume } = candles;
  const rows = Array.from(date, (time, row) => [
    time,
    open[row],
    high[row],
    low[row],
    close[row],
    volume[row],
  ]);
  const text = JSON.stringify({
    name: "bench",
    strategy: source,
    class: "TenSignals",
    config: { ...CONFIG, timeframe: "5m" },
    candles: { [PAIR]: { "5m": { rows } } },
  });
  await Deno.writeTextFile(file, text);
  const [program = "", ...args] = command.split(" ");
  const { stdout } = await new Deno.Command(program, { args: [...args, file], stderr: "null" })
    .output();
  await Deno.remove(folder, { recursive: true });
  return JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1) ?? "");
}

async function report(): Promise<void> {
  const { outcome } = runOnce();
  const { trades } = outcome.result;
  const ms = medianMs();
  console.log(`text to statistics ${ms.toFixed(1)} ms, ${trades.length} trades (limit 80 ms)`);
  const command = Deno.env.get("ORACLE_CMD");
  if (command === undefined) return console.log("freqtrade: skipped, ORACLE_CMD is not set");
  const reference = await runReference(command);
  const own = trades.map(exportTrade);
  assert.equal(own.length, reference.trades.length, "as many trades as freqtrade");
  own.forEach((trade, index) => {
    assert.equal(trade.profit_abs, reference.trades[index].profit_abs, `trade ${index}`);
  });
  const { backtest_s, stats_s } = reference.elapsed;
  const seconds = backtest_s + stats_s;
  const ratio = (seconds * 1000 / ms).toFixed(0);
  console.log(`freqtrade ${(seconds * 1000).toFixed(0)} ms: ${ratio} x ours, trades equal`);
}

Deno.bench("one pair, text to statistics", { n: 1, warmup: 0 }, report);
