import assert from "node:assert/strict";
import fc from "fast-check";
import {
  checkConfig,
  checkMarkets,
  checkParameterFile,
  choosePairs,
  marketRules,
  parseRelaxedJson,
  resolveSettings,
  type StrategySettings,
} from "./mod.ts";

const STRATEGY: StrategySettings = {
  timeframe: "5m",
  startupCandleCount: 0,
  minimalRoi: [],
  stoploss: -0.1,
  trailingStop: false,
  trailingStopPositive: null,
  trailingStopPositiveOffset: 0,
  trailingOnlyOffsetIsReached: false,
  useCustomStoploss: false,
  useExitSignal: true,
  exitProfitOnly: false,
  exitProfitOffset: 0,
  ignoreRoiIfEntrySignal: false,
  maxOpenTrades: Infinity,
  canShort: false,
  orderTypes: { entry: "limit", exit: "limit" },
  unfilledTimeout: null,
  protections: [],
};

function resolve(config: object, strategy: Partial<StrategySettings> = {}) {
  return resolveSettings({
    config: checkConfig(config).config,
    strategy: { ...STRATEGY, ...strategy },
    markets: [marketRules("BTC/USDT")],
  });
}

function assertRefused(act: () => unknown, code: string, text: string): void {
  assert.throws(act, (err: unknown) => {
    const { code: actual, message } = err as { code: string; message: string };
    assert.equal(actual, code);
    assert.ok(message.includes(text), message);
    return true;
  });
}

Deno.test("resolveSettings() fills in what neither configuration nor class states", () => {
  const { engine, stakeCurrency, timerange, startupCandleCount } = resolve({});
  assert.equal(stakeCurrency, "USDT");
  assert.equal(timerange, "");
  assert.equal(startupCandleCount, 0);
  assert.deepEqual(engine, {
    timeframeMs: 300_000,
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
    minimalRoi: [],
    stoploss: -0.1,
    trailingStop: false,
    trailingStopPositive: null,
    trailingStopPositiveOffset: 0,
    trailingOnlyOffsetIsReached: false,
    useExitSignal: true,
    exitProfitOnly: false,
    exitProfitOffset: 0,
    ignoreRoiIfEntrySignal: false,
    positionStacking: false,
    entryOrderType: "limit",
    exitOrderType: "limit",
    unfilledEntryTimeoutMs: null,
    unfilledExitTimeoutMs: null,
  });
});

Deno.test("resolveSettings() takes the worse fee of the first pair unless one is given", () => {
  const markets = checkMarkets({ "A/B": { maker: 0.002, taker: 0.001 }, "C/B": { taker: 0.05 } });
  const source = {
    strategy: STRATEGY,
    markets: [marketRules("A/B", markets), marketRules("C/B", markets)],
  };
  const feeOf = (config: object) =>
    resolveSettings({ ...source, config: checkConfig(config).config }).engine.feeRate;
  assert.equal(feeOf({}), 0.002);
  assert.equal(feeOf({ fee: 0 }), 0);
});

Deno.test("resolveSettings() reads order timeouts in minutes unless they say seconds", () => {
  const minutes = resolve({}, { unfilledTimeout: { entry: 10 } }).engine;
  assert.equal(minutes.unfilledEntryTimeoutMs, 600_000);
  assert.equal(minutes.unfilledExitTimeoutMs, null);
  const seconds = resolve({}, { unfilledTimeout: { exit: 10, unit: "seconds" } }).engine;
  assert.equal(seconds.unfilledExitTimeoutMs, 10_000);
});

Deno.test("resolveSettings() takes the strategy's slots unless the configuration limits them", () => {
  assert.equal(resolve({}, { maxOpenTrades: 5 }).engine.maxOpenTrades, 5);
  assert.equal(resolve({ max_open_trades: 2 }, { maxOpenTrades: 5 }).engine.maxOpenTrades, 2);
  const unlimited = resolve({ max_open_trades: -1, stake_amount: 10 });
  assert.equal(unlimited.engine.maxOpenTrades, Infinity);
});

Deno.test("checkConfig() understands the names settings had before", () => {
  const { config, warnings } = checkConfig({ sell_profit_only: true, use_sell_signal: false });
  assert.deepEqual(config, { exit_profit_only: true, use_exit_signal: false });
  assert.deepEqual(warnings, []);
});

Deno.test("a refused setting is named with its value and with what is allowed", () => {
  const invalid: [config: object, strategy: Partial<StrategySettings>, text: string][] = [
    [{ fee: -1 }, {}, '"fee" is -1, the least is 0'],
    [{ stake_amount: 2000 }, {}, '"stake_amount" is 2000 USDT'],
    [
      { stake_amount: "lots" },
      {},
      '"stake_amount" is "lots", expected a number of at least 0.0001',
    ],
    [{ max_open_trades: -1 }, {}, '"max_open_trades" and "stake_amount" cannot both be unlimited'],
    [{ max_open_trades: "3" }, {}, '"max_open_trades" is "3", expected a whole number'],
    [{}, { timeframe: null }, '"timeframe" is missing'],
    [{}, { timeframe: "7x" }, 'timeframe "7x"'],
    [{}, { stoploss: 0.1 }, '"stoploss" is 0.1, expected below 0'],
    [{ minimal_roi: { "0.5": 1 } }, {}, '"minimal_roi.0.5"'],
    [{ stake_currency: "EUR" }, {}, '"stake_currency" "EUR"'],
    [{}, { unfilledTimeout: { unit: "h" } }, '"unfilledtimeout.unit" is "h", expected "minutes"'],
    [{}, { trailingStop: true, trailingStopPositive: 0 }, '"trailing_stop_positive" is 0'],
    [
      {},
      { trailingStop: true, trailingStopPositive: 0.02, trailingStopPositiveOffset: 0.01 },
      '"trailing_stop_positive_offset" is 0.01',
    ],
    [
      { entry_pricing: { price_side: "same" } },
      { orderTypes: { entry: "market", exit: "limit" } },
      '"entry_pricing.price_side" is "same"',
    ],
  ];
  for (const [config, strategy, text] of invalid) {
    assertRefused(() => resolve(config, strategy), "VALIDATION_ERROR", text);
  }
});

Deno.test("a setting that would change the result and is not computed is refused", () => {
  const unsupported: [config: object, strategy: Partial<StrategySettings>, text: string][] = [
    [{ trading_mode: "futures" }, {}, '"trading_mode" "futures"'],
    [{ timeframe_detail: "1m" }, {}, '"timeframe_detail" "1m"'],
    [{ dry_run_wallet: { USDT: 5, BTC: 1 } }, {}, '"dry_run_wallet.BTC" 1'],
    [{ enable_protections: true }, { protections: [{ method: "CooldownPeriod" }] }, "protections"],
    [{ pairlists: [{ method: "VolumePairList" }] }, {}, '"pairlists"'],
    [{ freqai: { enabled: true } }, {}, '"freqai"'],
    [{}, { canShort: true }, '"can_short"'],
  ];
  for (const [config, strategy, text] of unsupported) {
    assertRefused(() => resolve(config, strategy), "UNSUPPORTED_OPTION", text);
  }
});

Deno.test("checkConfig() warns of settings without effect and stays silent about comments", () => {
  const config = { telegram: {}, nope: 1, liquidation_buffer: 0.1, "//": "x", _note: "y", fee: 0 };
  const { warnings } = checkConfig(config);
  assert.deepEqual(warnings, [
    'Ignored, a backtest does not depend on it: "telegram"',
    'Ignored, it has no effect on a spot market: "liquidation_buffer"',
    'Ignored, freqtrade has no such setting: "nope"',
  ]);
});

Deno.test("marketRules() gives every absent rule its default", () => {
  const { leverageTiers, ...rules } = marketRules("BTC/USDT:USDT");
  assert.equal(leverageTiers.length, 5);
  assert.deepEqual(rules, {
    pair: "BTC/USDT:USDT",
    base: "BTC",
    quote: "USDT",
    settle: "USDT",
    precisionMode: "tick_size",
    amountPrecision: 1e-8,
    pricePrecision: 1e-8,
    amountMin: null,
    amountMax: null,
    costMin: null,
    costMax: null,
    makerRate: 0.001,
    takerRate: 0.001,
    contractSize: 1,
  });
});

Deno.test("checkMarkets() names the pair and the rule it refuses", () => {
  const typo = { "A/B": { limits: { amount: { mn: 1 } } } };
  assertRefused(
    () => checkMarkets(typo),
    "VALIDATION_ERROR",
    '"A/B.limits.amount" has the unknown',
  );
  const text = { "A/B": { precision: { amount: "x" } } };
  assertRefused(() => checkMarkets(text), "VALIDATION_ERROR", '"A/B.precision.amount" is "x"');
  assertRefused(() => marketRules("BTCUSDT"), "UNKNOWN_SYMBOL", '"BTCUSDT"');
});

Deno.test("choosePairs() refuses a pair asked for without candles and leaves out a listed one", () => {
  const config = checkConfig({ exchange: { pair_whitelist: ["A/B", "X/B"] } }).config;
  const choice = { config, available: ["C/B", "A/B"], timeframe: "5m" };
  assert.deepEqual(choosePairs(choice).pairs, ["A/B"]);
  assert.match(choosePairs(choice).warnings[0] ?? "", /Left out "X\/B"/);
  assertRefused(() => choosePairs({ ...choice, asked: ["A/B", "X/B"] }), "NO_CANDLES", '"X/B"');
  assert.deepEqual(choosePairs({ ...choice, config: {} }).pairs, ["C/B", "A/B"]);
});

Deno.test("choosePairs() leaves out pairs of another currency unless they were asked for", () => {
  const available = ["A/BTC", "B/USDT", "C/BTC"];
  const choose = (config: object, asked?: string[]) =>
    choosePairs({ config: checkConfig(config).config, available, asked, timeframe: "5m" });
  assert.deepEqual(choose({}).pairs, ["A/BTC", "C/BTC"]);
  assert.deepEqual(choose({}).warnings, ['Left out "B/USDT": it is not quoted in "BTC"']);
  assert.deepEqual(choose({ stake_currency: "USDT" }).pairs, ["B/USDT"]);
  assert.deepEqual(choose({}, ["A/BTC", "B/USDT"]).pairs, ["A/BTC", "B/USDT"]);
  assertRefused(() => choose({ stake_currency: "ETH" }), "NO_CANDLES", 'quoted in "ETH"');
});

Deno.test("choosePairs() drops pairs the blacklist names or matches", () => {
  const available = ["ETH/USDT", "BNB/USDT", "BTC/EUR", "XRP/USDT"];
  const pairsLess = (patterns: string[]) => {
    const config = checkConfig({ exchange: { pair_blacklist: patterns } }).config;
    return choosePairs({ config, available, timeframe: "5m" }).pairs;
  };
  assert.deepEqual(pairsLess(["bnb/.*"]), ["ETH/USDT", "XRP/USDT"]);
  assert.deepEqual(pairsLess(["(BNB|XRP)/USDT", ".*/EUR"]), ["ETH/USDT"]);
  assertRefused(() => pairsLess(["[A-Z]+/USDT"]), "UNSUPPORTED_OPTION", '"[A-Z]+/USDT"');
});

Deno.test("checkParameterFile() refuses another strategy's file", () => {
  const file = { strategy_name: "Other", params: {} };
  assertRefused(() => checkParameterFile(file, "Sample"), "VALIDATION_ERROR", '"Other"');
});

Deno.test("parseRelaxedJson() ignores comments and trailing commas but never inside strings", () => {
  const text = '\uFEFF{ // note\n "a": "//x,}", /* y */ "b": [1, 2, ], // z\n }';
  assert.deepEqual(parseRelaxedJson(text, "c.json"), { a: "//x,}", b: [1, 2] });
  assertRefused(() => parseRelaxedJson("{", "c.json"), "VALIDATION_ERROR", '"c.json"');
});

Deno.test("parseRelaxedJson() reads plain JSON as JSON does", () => {
  fc.assert(fc.property(fc.json(), (text) => {
    assert.deepEqual(parseRelaxedJson(text, "x"), JSON.parse(text));
  }));
});
