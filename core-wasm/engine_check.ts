/** Refuses a run the engine cannot honour, naming the field. */
import type { EngineConfig, EnginePair, EngineRun, MarketRules } from "./engine_types.ts";

/** Exact decimals are proven for prices and amounts within these. */
const PRICE_MIN = 1e-15;
const PRICE_MAX = 1e15;

export function checkRun(run: EngineRun): void {
  checkConfig(run.config);
  checkMarkets(run.pairs.map((pair) => pair.market));
  run.pairs.forEach((pair, index) => checkColumns(pair, `pairs[${index}]`, run.strings.length));
  checkGrid(run);
}

export function checkMarkets(markets: readonly MarketRules[]): void {
  if (markets.length === 0) refuse("pairs", "is empty", "at least one pair");
  const names = new Set<string>();
  markets.forEach((market, index) => {
    const name = market.pair;
    if (names.has(name)) refuse(`pairs[${index}].market.pair`, `is "${name}" again`, "each once");
    names.add(name);
    checkMarket(market, `pairs[${index}].market`);
  });
}

function refuse(field: string, found: string, expected: string): never {
  throw new RangeError(`Cannot run the engine: "${field}" ${found}, expected ${expected}`);
}

function within(field: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high)) refuse(field, `is ${value}`, `${low} to ${high}`);
}

function withinOrNull(field: string, value: number | null, low: number, high: number): void {
  if (value !== null) within(field, value, low, high);
}

export function checkConfig(config: EngineConfig): void {
  const at = (name: keyof EngineConfig) => `config.${name}`;
  if (config.tradingMode !== "spot") {
    refuse(at("tradingMode"), `is "${config.tradingMode}"`, `"spot"; others are not supported yet`);
  }
  const asked = config.callbacks ?? 0;
  within(at("callbacks"), asked, 0, 2 ** 32 - 1);
  within(at("timeframeMs"), config.timeframeMs, 1000, 1e11);
  if (config.maxOpenTrades !== Infinity) {
    within(at("maxOpenTrades"), config.maxOpenTrades, -1e9, 1e9);
    if (!Number.isInteger(config.maxOpenTrades)) {
      refuse(at("maxOpenTrades"), `is ${config.maxOpenTrades}`, "an integer or Infinity");
    }
  }
  if (config.stakeAmount !== "unlimited") within(at("stakeAmount"), config.stakeAmount, 0, 1e15);
  else if (config.maxOpenTrades < 0 || config.maxOpenTrades === Infinity) {
    refuse(at("stakeAmount"), `is "unlimited"`, "a number while maxOpenTrades is unlimited");
  }
  within(at("dryRunWallet"), config.dryRunWallet, 0, 1e15);
  within(at("tradableBalanceRatio"), config.tradableBalanceRatio, 0, 1);
  withinOrNull(at("availableCapital"), config.availableCapital, 0, 1e15);
  within(at("lastStakeAmountMinRatio"), config.lastStakeAmountMinRatio, 0, 1);
  within(at("amountReservePercent"), config.amountReservePercent, 0, 1);
  within(at("feeRate"), config.feeRate, 0, 1);
  within(at("stoploss"), config.stoploss, -1e6, 1e6);
  withinOrNull(at("trailingStopPositive"), config.trailingStopPositive, -1e6, 1e6);
  within(at("trailingStopPositiveOffset"), config.trailingStopPositiveOffset, -1e6, 1e6);
  within(at("exitProfitOffset"), config.exitProfitOffset, -1e6, 1e6);
  within(at("maxEntryPositionAdjustment"), config.maxEntryPositionAdjustment ?? -1, -1, 1e9);
  withinOrNull(at("unfilledEntryTimeoutMs"), config.unfilledEntryTimeoutMs, 0, 1e15);
  withinOrNull(at("unfilledExitTimeoutMs"), config.unfilledExitTimeoutMs, 0, 1e15);
  within(at("tradesMax"), config.tradesMax ?? 1, 1, 1e7);
  checkRoi(config);
  config.protections?.forEach((rule, index) => {
    const field = `config.protections[${index}]`;
    within(`${field}.lookbackMs`, rule.lookbackMs, 0, 1e13);
    within(`${field}.stopDurationMs`, rule.stopDurationMs, 0, 1e13);
    withinOrNull(`${field}.unlockAtMinutes`, rule.unlockAtMinutes, 0, 1439);
    if ("tradeLimit" in rule) within(`${field}.tradeLimit`, rule.tradeLimit, 0, 1e9);
    if ("requiredProfit" in rule) within(`${field}.requiredProfit`, rule.requiredProfit, -1e6, 1e6);
    if ("maxAllowedDrawdown" in rule) {
      within(`${field}.maxAllowedDrawdown`, rule.maxAllowedDrawdown, -1e6, 1e6);
    }
  });
}

function checkRoi(config: EngineConfig): void {
  let before = -Infinity;
  config.minimalRoi.forEach(({ minutes, value }, index) => {
    const field = `config.minimalRoi[${index}]`;
    if (!Number.isInteger(minutes) || minutes <= before) {
      refuse(`${field}.minutes`, `is ${minutes}`, "integers that ascend");
    }
    within(`${field}.value`, value, -1e6, 1e6);
    before = minutes;
  });
}

function checkMarket(market: MarketRules, field: string): void {
  const tick = market.precisionMode === "tick_size";
  for (const name of ["amountPrecision", "pricePrecision"] as const) {
    const value = market[name];
    if (value === null) continue;
    if (tick) within(`${field}.${name}`, value, 1e-15, 1e9);
    else if (!Number.isInteger(value) || value < 0 || value > 17) {
      refuse(`${field}.${name}`, `is ${value}`, "an integer from 0 to 17");
    }
  }
  for (const name of ["amountMin", "amountMax", "costMin", "costMax"] as const) {
    withinOrNull(`${field}.${name}`, market[name], 0, Infinity);
  }
  within(`${field}.contractSize`, market.contractSize, 1e-12, 1e12);
}

function checkColumns(pair: EnginePair, field: string, strings: number): void {
  const length = pair.date.length;
  const columns = ["open", "high", "low", "close", "volume"] as const;
  const signals = ["enterLong", "exitLong", "enterShort", "exitShort"] as const;
  const tags = ["enterTag", "exitTag"] as const;
  for (const name of [...columns, ...signals, ...tags, "closed"] as const) {
    const column = pair[name] ?? null;
    if (column !== null && column.length !== length) {
      refuse(`${field}.${name}`, `has ${column.length} rows`, `${length} as "date" has`);
    }
  }
  within(`${field}.trimRows`, pair.trimRows, 0, length);
  if (!Number.isInteger(pair.trimRows)) refuse(`${field}.trimRows`, "is broken", "an integer");
  for (const name of ["open", "high", "low", "close"] as const) {
    const row = firstOutside(pair[name], PRICE_MIN, PRICE_MAX);
    if (row >= 0) {
      refuse(`${field}.${name}[${row}]`, `is ${pair[name][row]}`, `${PRICE_MIN} to ${PRICE_MAX}`);
    }
  }
  for (const name of tags) {
    const row = pair[name]?.findIndex((code) => code < -1 || code >= strings) ?? -1;
    if (row >= 0) refuse(`${field}.${name}[${row}]`, "is no string", `-1 to ${strings - 1}`);
  }
}

function firstOutside(column: Float64Array, low: number, high: number): number {
  for (let i = 0; i < column.length; i++) {
    const value = column[i] ?? NaN;
    if (!(value >= low && value <= high)) return i;
  }
  return -1;
}

function checkGrid({ config, pairs }: EngineRun): void {
  let rows = 0;
  pairs.forEach((pair, index) => {
    const { date } = pair;
    rows += date.length - pair.trimRows;
    for (let i = 1; i < date.length; i++) {
      if ((date[i] ?? NaN) - (date[i - 1] ?? NaN) === config.timeframeMs) continue;
      refuse(
        `pairs[${index}].date[${i}]`,
        `is ${date[i]} after ${date[i - 1]}`,
        `${config.timeframeMs} ms more; fill gaps first`,
      );
    }
  });
  if (rows === 0) refuse("pairs", "have no rows left after trimming", "at least one");
}
