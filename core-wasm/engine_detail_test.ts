import assert from "node:assert/strict";
import { runEngine } from "./engine.ts";
import type { EngineConfig, EngineRun } from "./engine_types.ts";
import { CoreMemory, readCoreModule } from "./memory.ts";

/** freqtrade's own table-driven cases; they are not part of this repository. */
const FOLDER = Deno.env.get("CASES_DIR");
const HOUR = 3_600_000;

interface DetailCase {
  readonly name: string;
  readonly columns: readonly string[];
  readonly data: readonly (readonly number[])[];
  readonly stop_loss: number;
  readonly roi: Readonly<Record<string, number>>;
  readonly trades: readonly {
    readonly exit_reason: string;
    readonly open_tick: number;
    readonly close_tick: number;
    readonly enter_tag: string | null;
  }[];
  readonly profit_perc: number;
  readonly trailing_stop: boolean;
  readonly trailing_only_offset_is_reached: boolean;
  readonly trailing_stop_positive: number | null;
  readonly trailing_stop_positive_offset: number;
  readonly use_exit_signal: boolean;
  readonly use_custom_stoploss: boolean;
  readonly leverage: number;
  readonly [more: string]: unknown;
}

interface DetailFile {
  readonly harness: { readonly start: string };
  readonly cases: readonly DetailCase[];
}

const CALLBACKS = [
  "custom_entry_price",
  "custom_exit_price",
  "adjust_entry_price",
  "adjust_exit_price",
  "adjust_trade_position",
];

function isLongAndPlain(one: DetailCase): boolean {
  return one.leverage === 1 && !one.use_custom_stoploss &&
    !one.columns.includes("enter_short") &&
    CALLBACKS.every((name) => one[name] === null);
}

function configOf(one: DetailCase): EngineConfig {
  return {
    timeframeMs: HOUR,
    tradingMode: "spot",
    canShort: false,
    maxOpenTrades: 10,
    stakeAmount: 0.001,
    dryRunWallet: 1000,
    tradableBalanceRatio: 0.99,
    availableCapital: null,
    amendLastStakeAmount: false,
    lastStakeAmountMinRatio: 0.5,
    amountReservePercent: 0.05,
    feeRate: 0,
    minimalRoi: Object.entries(one.roi)
      .map(([minutes, value]) => ({ minutes: Number(minutes), value }))
      .sort((a, b) => a.minutes - b.minutes),
    stoploss: one.stop_loss,
    trailingStop: one.trailing_stop,
    trailingStopPositive: one.trailing_stop_positive,
    trailingStopPositiveOffset: one.trailing_stop_positive_offset,
    trailingOnlyOffsetIsReached: one.trailing_only_offset_is_reached,
    useExitSignal: one.use_exit_signal,
    exitProfitOnly: false,
    exitProfitOffset: 0,
    ignoreRoiIfEntrySignal: false,
    positionStacking: false,
    entryOrderType: "limit",
    exitOrderType: "limit",
    unfilledEntryTimeoutMs: 600_000,
    unfilledExitTimeoutMs: 1_800_000,
  };
}

function runOf(one: DetailCase, start: number): EngineRun {
  const column = (name: string) => {
    const at = one.columns.indexOf(name);
    return Float64Array.from(one.data, (row) => (at < 0 ? 0 : row[at]) ?? NaN);
  };
  const flags = (name: string) => Uint8Array.from(column(name));
  return {
    config: configOf(one),
    pairs: [{
      market: {
        pair: "UNITTEST/BTC",
        base: "UNITTEST",
        quote: "BTC",
        settle: null,
        precisionMode: "tick_size",
        amountPrecision: 1e-8,
        pricePrecision: 1e-8,
        amountMin: null,
        amountMax: null,
        costMin: 1e-5,
        costMax: null,
        makerRate: 0,
        takerRate: 0,
        contractSize: 1,
        leverageTiers: [],
      },
      trimRows: 0,
      date: column("date").map((tick) => start + tick * HOUR),
      open: column("open"),
      high: column("high"),
      low: column("low"),
      close: column("close"),
      volume: column("volume"),
      enterLong: flags("enter_long"),
      exitLong: flags("exit_long"),
      enterShort: flags("enter_short"),
      exitShort: flags("exit_short"),
      enterTag: null,
      exitTag: null,
    }],
    strings: [],
  };
}

Deno.test({
  name: "runEngine() trades as freqtrade's own long cases say (needs CASES_DIR, a folder with " +
    "cases/ and candles/)",
  ignore: !FOLDER,
  fn: async (t) => {
    const text = await Deno.readTextFile(`${FOLDER}/cases/backtest_detail.json`);
    const { harness, cases } = JSON.parse(text) as DetailFile;
    const start = Date.parse(harness.start);
    const chosen = cases.filter(isLongAndPlain);
    assert.equal(chosen.length, 22);
    const module = await readCoreModule();
    for (const one of chosen) {
      await t.step(one.name, () => {
        const { trades } = runEngine(new CoreMemory(module), runOf(one, start));
        assert.deepEqual(
          trades.map((trade) => [trade.exitReason, trade.openDate, trade.closeDate]),
          one.trades.map((trade) => [
            trade.exit_reason,
            start + trade.open_tick * HOUR,
            start + trade.close_tick * HOUR,
          ]),
        );
        const profit = trades.reduce((sum, trade) => sum + trade.profitRatio, 0);
        assert.equal(Math.round(profit * 1000) / 1000 + 0, one.profit_perc);
      });
    }
  },
});
