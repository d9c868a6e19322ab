/** Writes a run's configuration, markets and columns where the core reads them. */
import { deduceTicks } from "./engine_ticks.ts";
import type {
  EngineConfig,
  EnginePair,
  EngineRun,
  MarketRules,
  Protection,
} from "./engine_types.ts";
import type { CoreMemory, PlacedColumn } from "./memory.ts";

/** In the order of the core's record Config (assembly/backtest/layout.ts). */
export const CONFIG_FIELDS = [
  "timeframeMs",
  "futures",
  "canShort",
  "maxOpenTrades",
  "unlimitedStake",
  "stakeAmount",
  "dryRunWallet",
  "tradableBalanceRatio",
  "availableCapital",
  "amendLastStakeAmount",
  "lastStakeAmountMinRatio",
  "amountReservePercent",
  "feeRate",
  "stoploss",
  "trailingStop",
  "trailingStopPositive",
  "trailingStopPositiveOffset",
  "trailingOnlyOffsetIsReached",
  "useExitSignal",
  "exitProfitOnly",
  "exitProfitOffset",
  "ignoreRoiIfEntrySignal",
  "positionStacking",
  "maxEntryPositionAdjustment",
  "entryMarket",
  "exitMarket",
  "unfilledEntryTimeoutMs",
  "unfilledExitTimeoutMs",
  "callbacks",
  "start",
  "end",
  "pairCount",
  "pairs",
  "roiCount",
  "roi",
  "protectionCount",
  "protections",
  "fullPath",
] as const;

/** In the order of the core's record Market. */
export const MARKET_FIELDS = [
  "rows",
  "firstRow",
  "date",
  "open",
  "high",
  "low",
  "close",
  "flags",
  "enterTag",
  "exitTag",
  "shut",
  "tickCount",
  "ticks",
  "amountPrecision",
  "pricePrecision",
  "precisionMode",
  "amountMin",
  "amountMax",
  "costMin",
  "costMax",
  "contractSize",
] as const;

/** In the order of the core's record Protection. */
export const PROTECTION_FIELDS = [
  "method",
  "stopMs",
  "unlockAtMinutes",
  "lookbackMs",
  "tradeLimit",
  "requiredProfit",
  "onlyPerPair",
  "onlyPerSide",
  "maxDrawdown",
  "equityMode",
] as const;

const PROTECTION_METHODS = {
  CooldownPeriod: 1,
  StoplossGuard: 2,
  LowProfitPairs: 3,
  MaxDrawdown: 4,
} as const;

const PRECISION_MODES = { tick_size: 0, decimal_places: 1, significant_digits: 2 } as const;

type MarketRow = Record<typeof MARKET_FIELDS[number], number>;

export interface PlacedRun {
  readonly pointer: number;
  readonly start: number;
  readonly end: number;
  readonly steps: number;
  /** Rows on which a trade may begin: no run opens more. */
  readonly entries: number;
}

/** Reserves and fills the input region; the arena's owner releases it. */
export function placeRun(core: CoreMemory, run: EngineRun, fullPath = false): PlacedRun {
  const { timeframeMs } = run.config;
  const traded = run.pairs.filter((pair) => pair.trimRows < pair.date.length);
  const start = minimum(traded.map((pair) => pair.date[pair.trimRows] ?? 0));
  const end = -minimum(traded.map((pair) => -(pair.date[pair.date.length - 1] ?? 0)));
  const rows = run.pairs.map((pair) => placePair(core, pair));
  const pairs = core.allocate(rows.length * MARKET_FIELDS.length * 8);
  rows.forEach((row, index) => {
    const values = new Float64Array(
      core.buffer,
      pairs + index * MARKET_FIELDS.length * 8,
      MARKET_FIELDS.length,
    );
    MARKET_FIELDS.forEach((field, at) => values[at] = row[field]);
  });
  const roi = loadNumbers(core, run.config.minimalRoi.flatMap((row) => [row.minutes, row.value]));
  const rules = (run.config.protections ?? []).map(protectionRow);
  const protections = loadNumbers(
    core,
    rules.flatMap((rule) => PROTECTION_FIELDS.map((field) => rule[field])),
  );
  const config = configRow(run.config, {
    start,
    end,
    pairCount: rows.length,
    pairs,
    roi,
    protections,
    fullPath: Number(fullPath),
  });
  return {
    pointer: loadNumbers(core, CONFIG_FIELDS.map((field) => config[field])),
    start,
    end,
    steps: Math.max(0, Math.floor((end - start) / timeframeMs)),
    entries: run.pairs.reduce((sum, pair) => sum + countEntries(pair), 0),
  };
}

/** 0 without values, as for an engine that gets no candles. */
function minimum(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.min(...values);
}

function configRow(
  config: EngineConfig,
  places: Pick<
    Record<typeof CONFIG_FIELDS[number], number>,
    "start" | "end" | "pairCount" | "pairs" | "roi" | "protections" | "fullPath"
  >,
): Record<typeof CONFIG_FIELDS[number], number> {
  const futures = config.tradingMode === "futures";
  return {
    ...places,
    timeframeMs: config.timeframeMs,
    futures: Number(futures),
    canShort: Number(config.canShort && config.tradingMode !== "spot"),
    maxOpenTrades: config.maxOpenTrades < 0 ? Infinity : config.maxOpenTrades,
    unlimitedStake: Number(config.stakeAmount === "unlimited"),
    stakeAmount: config.stakeAmount === "unlimited" ? 0 : config.stakeAmount,
    dryRunWallet: config.dryRunWallet,
    tradableBalanceRatio: config.tradableBalanceRatio,
    availableCapital: config.availableCapital ?? NaN,
    amendLastStakeAmount: Number(config.amendLastStakeAmount),
    lastStakeAmountMinRatio: config.lastStakeAmountMinRatio,
    amountReservePercent: config.amountReservePercent,
    feeRate: config.feeRate,
    stoploss: config.stoploss,
    trailingStop: Number(config.trailingStop),
    trailingStopPositive: config.trailingStopPositive ?? NaN,
    trailingStopPositiveOffset: config.trailingStopPositiveOffset,
    trailingOnlyOffsetIsReached: Number(config.trailingOnlyOffsetIsReached),
    useExitSignal: Number(config.useExitSignal),
    exitProfitOnly: Number(config.exitProfitOnly),
    exitProfitOffset: config.exitProfitOffset,
    ignoreRoiIfEntrySignal: Number(config.ignoreRoiIfEntrySignal),
    positionStacking: Number(config.positionStacking),
    maxEntryPositionAdjustment: config.maxEntryPositionAdjustment ?? -1,
    entryMarket: Number(config.entryOrderType === "market"),
    exitMarket: Number(config.exitOrderType === "market"),
    unfilledEntryTimeoutMs: config.unfilledEntryTimeoutMs ?? NaN,
    unfilledExitTimeoutMs: config.unfilledExitTimeoutMs ?? NaN,
    callbacks: config.callbacks ?? 0,
    roiCount: config.minimalRoi.length,
    protectionCount: config.protections?.length ?? 0,
  };
}

function placePair(core: CoreMemory, pair: EnginePair): MarketRow {
  const load = (values: Float64Array) => core.loadColumn("f64", values);
  const date = load(pair.date);
  const open = load(pair.open);
  const high = load(pair.high);
  const low = load(pair.low);
  const close = load(pair.close);
  const ticks = deduceTicks(core, pair.date, { open, high, low, close });
  const empty = pair.trimRows >= pair.date.length;
  return {
    ...marketRow(pair.market),
    rows: empty ? 0 : pair.date.length,
    firstRow: pair.trimRows + 1,
    date: date.pointer,
    open: open.pointer,
    high: high.pointer,
    low: low.pointer,
    close: close.pointer,
    flags: packFlags(core, pair).pointer,
    enterTag: pair.enterTag === null ? 0 : core.loadColumn("tag", pair.enterTag).pointer,
    exitTag: pair.exitTag === null ? 0 : core.loadColumn("tag", pair.exitTag).pointer,
    shut: pair.closed ? core.loadColumn("bool", pair.closed).pointer : 0,
    tickCount: ticks.length,
    ticks: loadNumbers(core, ticks.flatMap(({ from, tick }) => [from, tick])),
  };
}

function protectionRow(rule: Protection): Record<typeof PROTECTION_FIELDS[number], number> {
  return {
    method: PROTECTION_METHODS[rule.method],
    stopMs: rule.stopDurationMs,
    unlockAtMinutes: rule.unlockAtMinutes ?? NaN,
    lookbackMs: rule.lookbackMs,
    tradeLimit: "tradeLimit" in rule ? rule.tradeLimit : 0,
    requiredProfit: "requiredProfit" in rule ? rule.requiredProfit : 0,
    onlyPerPair: Number("onlyPerPair" in rule && rule.onlyPerPair),
    onlyPerSide: Number("onlyPerSide" in rule && rule.onlyPerSide),
    maxDrawdown: "maxAllowedDrawdown" in rule ? rule.maxAllowedDrawdown : 0,
    equityMode: Number("calculationMode" in rule && rule.calculationMode === "equity"),
  };
}

function marketRow(market: MarketRules) {
  return {
    amountPrecision: market.amountPrecision ?? NaN,
    pricePrecision: market.pricePrecision ?? NaN,
    precisionMode: PRECISION_MODES[market.precisionMode],
    amountMin: market.amountMin ?? NaN,
    amountMax: market.amountMax ?? NaN,
    costMin: market.costMin ?? NaN,
    costMax: market.costMax ?? NaN,
    contractSize: market.contractSize,
  };
}

function packFlags(core: CoreMemory, pair: EnginePair): PlacedColumn {
  const packed = core.allocateColumn("bool", pair.date.length);
  core.scope(() => {
    const signals = [pair.enterLong, pair.exitLong, pair.enterShort, pair.exitShort];
    const [a, b, c, d] = signals.map((column) => core.loadColumn("bool", column).pointer);
    core.call("enginePackFlags", pair.date.length, a ?? 0, b ?? 0, c ?? 0, d ?? 0, packed.pointer);
  });
  return packed;
}

function countEntries(pair: EnginePair): number {
  let count = 0;
  for (let i = 0; i < pair.date.length; i++) {
    if (pair.enterLong[i] === 1 || pair.enterShort[i] === 1) count++;
  }
  return count;
}

function loadNumbers(core: CoreMemory, values: readonly number[]): number {
  return core.loadColumn("f64", Float64Array.from(values)).pointer;
}
