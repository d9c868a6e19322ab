/** Candles a second through the engine. `deno bench -A core-wasm/engine_bench.ts` */
import { createEngine, runEngine } from "./engine.ts";
import type { EngineConfig, EnginePair, EngineRun } from "./engine_types.ts";
import { CoreMemory, readCoreModule } from "./memory.ts";

const ROWS = 105_120;
const TIMEFRAME_MS = 300_000;
const SEED = 0x2545f491;

/** A seeded generator (xorshift32), so that every run sees the same candles. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function benchPair(number: number): EnginePair {
  const random = seeded(SEED + number);
  const date = Float64Array.from({ length: ROWS }, (_, i) => 1.7040672e12 + i * TIMEFRAME_MS);
  const [open, high, low, close] = [0, 0, 0, 0].map(() => new Float64Array(ROWS));
  const enterLong = new Uint8Array(ROWS);
  const exitLong = new Uint8Array(ROWS);
  let price = 40_000;
  for (let i = 0; i < ROWS; i++) {
    const next = Math.max(100, price * (1 + (random() - 0.5) * 0.004));
    if (!open || !high || !low || !close) continue;
    open[i] = round(price);
    close[i] = round(next);
    high[i] = round(Math.max(price, next) * (1 + random() * 0.001));
    low[i] = round(Math.min(price, next) * (1 - random() * 0.001));
    price = close[i] ?? price;
    enterLong[i] = Number(random() < 0.008);
    exitLong[i] = Number(random() < 0.008);
  }
  return {
    market: {
      pair: `P${number}/USDT`,
      base: `P${number}`,
      quote: "USDT",
      settle: null,
      precisionMode: "tick_size",
      amountPrecision: 1e-8,
      pricePrecision: 0.01,
      amountMin: null,
      amountMax: null,
      costMin: null,
      costMax: null,
      makerRate: 0.001,
      takerRate: 0.001,
      contractSize: 1,
      leverageTiers: [],
    },
    trimRows: 30,
    date,
    open: open ?? date,
    high: high ?? date,
    low: low ?? date,
    close: close ?? date,
    volume: date,
    enterLong,
    exitLong,
    enterShort: new Uint8Array(ROWS),
    exitShort: new Uint8Array(ROWS),
    enterTag: null,
    exitTag: null,
  };
}

function round(price: number): number {
  return Math.round(price * 100) / 100;
}

const config: EngineConfig = {
  timeframeMs: TIMEFRAME_MS,
  tradingMode: "spot",
  canShort: false,
  maxOpenTrades: 3,
  stakeAmount: "unlimited",
  dryRunWallet: 1000,
  tradableBalanceRatio: 0.99,
  availableCapital: null,
  amendLastStakeAmount: false,
  lastStakeAmountMinRatio: 0.5,
  amountReservePercent: 0.05,
  feeRate: 0.001,
  minimalRoi: [{ minutes: 0, value: 0.03 }, { minutes: 120, value: 0.015 }],
  stoploss: -0.04,
  trailingStop: true,
  trailingStopPositive: 0.01,
  trailingStopPositiveOffset: 0.02,
  trailingOnlyOffsetIsReached: true,
  useExitSignal: true,
  exitProfitOnly: false,
  exitProfitOffset: 0,
  ignoreRoiIfEntrySignal: false,
  positionStacking: false,
  entryOrderType: "limit",
  exitOrderType: "limit",
  unfilledEntryTimeoutMs: null,
  unfilledExitTimeoutMs: null,
};

const module = await readCoreModule();
const ten = Array.from({ length: 10 }, (_, number) => benchPair(number));
const single: EngineRun = { config, pairs: ten.slice(0, 1), strings: [] };
const many: EngineRun = { config, pairs: ten, strings: [] };

for (const [name, run] of [["single pair", single], ["ten pairs", many]] as const) {
  const core = new CoreMemory(module);
  for (let i = 0; i < 5; i++) runEngine(core, run);
  const { trades } = runEngine(core, run);
  const bars = run.pairs.length * ROWS;
  const engine = createEngine(core, run);
  const fresh = engine.snapshot();
  let ms = Infinity;
  for (let i = 0; i < 40; i++) {
    engine.restore(fresh);
    const start = performance.now();
    while (!engine.step(1e9).done);
    ms = Math.min(ms, performance.now() - start);
  }
  const rate = Math.round(bars / ms / 1000);
  console.log(`${name}: ${trades.length} trades, best loop ${ms.toFixed(2)} ms, ${rate} M bars/s`);
  engine.dispose();
  Deno.bench(`${name}: ${bars} candles in, ${trades.length} trades out`, () => {
    runEngine(core, run);
  });
}
