import assert from "node:assert/strict";
import { analyzeSource } from "./analyze.ts";

const HEAD = `
import talib.abstract as ta
from freqtrade.strategy import IStrategy, IntParameter, DecimalParameter, CategoricalParameter
from technical import qtpylib
`;

function strategy(populate: string, attributes = ""): string {
  return `${HEAD}
class Sample(IStrategy):
    timeframe = "5m"
    stoploss = -0.1
    minimal_roi = {"0": 0.1}
${attributes}
    def populate_indicators(self, dataframe, metadata):
${populate}
        return dataframe

    def populate_entry_trend(self, dataframe, metadata):
        dataframe.loc[dataframe["close"] > dataframe["open"], "enter_long"] = 1
        return dataframe

    def populate_exit_trend(self, dataframe, metadata):
        dataframe.loc[(), "exit_long"] = 1
        return dataframe
`;
}

function only(text: string) {
  const [analysis, more] = analyzeSource(text);
  assert.ok(analysis !== undefined && more === undefined);
  return analysis;
}

Deno.test("analyzeSource() accepts a class and lists its kernels, timeframe and warm-up", () => {
  const analysis = only(strategy(`        dataframe["rsi"] = ta.RSI(dataframe, timeperiod=7)`));
  assert.equal(analysis.accepted, true);
  assert.equal(analysis.timeframe, "5m");
  assert.equal(analysis.indicators.RSI, 1);
  assert.deepEqual(analysis.refusals, []);
});

Deno.test("analyzeSource() refuses an unknown function with its place, a code and a hint", () => {
  const analysis = only(strategy(`        dataframe["x"] = ta.NOTHING(dataframe)`));
  assert.equal(analysis.accepted, false);
  assert.deepEqual(analysis.refusals[0], {
    line: 12,
    column: 26,
    endLine: 12,
    endColumn: 47,
    code: "unsupported_call",
    message: 'Cannot call the TA-Lib function "NOTHING"',
    hint: "docs/indicators.md lists every function there is",
  });
  const slip = only(strategy(`        dataframe["x"] = ta.RIS(dataframe)`));
  assert.equal(slip.refusals[0]?.hint, "Write ta.RSI");
});

Deno.test("analyzeSource() refuses a bad argument of an indicator with its place, its value and what is allowed", () => {
  const cases: [string, RegExp][] = [
    ["ta.RSI(dataframe, timeperiod=1)", /RSI takes 2 to 100000 for "timeperiod", not 1$/],
    ["ta.SMA(dataframe, timeperiod=200000)", /1 to 100000 for "timeperiod", not 200000$/],
    ["ta.RSI(dataframe, timeperiod=2.5)", /whole number from 2 to 100000.*not the float 2.5$/],
    ["ta.RSI(dataframe, timeperiod=float('nan'))", /whole number from 2.*not the float NaN$/],
    ["ta.MA(dataframe, matype=99)", /MA takes 0 to 13 for "matype", not 99$/],
    ["ta.ATR(dataframe['high'], dataframe['low'])", /ATR needs 3 price columns, 2 are given$/],
    ["dataframe['close'].rolling(-1).mean()", /-1 for "window".*whole numbers from/],
    [
      "qtpylib.bollinger_bands(dataframe['close'], window=0)['mid']",
      /0 for "window" of qtpylib_bollinger_bands: allowed are whole numbers from 1 to/,
    ],
  ];
  for (const [call, message] of cases) {
    const [refusal] = only(strategy(`        dataframe["x"] = ${call}`)).refusals;
    assert.deepEqual([refusal?.line, refusal?.column], [12, 26], call);
    assert.match(refusal?.message ?? "", message, call);
  }
});

Deno.test("analyzeSource() reports a syntax error with line and column", () => {
  const analysis = only("import os\n\nclass Broken(IStrategy:\n    pass\n");
  assert.equal(analysis.accepted, false);
  assert.equal(analysis.refusals[0]?.code, "syntax_error");
  assert.equal(analysis.refusals[0]?.line, 3);
});

Deno.test("analyzeSource() says that a file without a strategy holds none", () => {
  assert.equal(only("x = 1\n").refusals[0]?.code, "no_strategy");
});

Deno.test("analyzeSource() marks a negative shift as look-ahead and names the signal it reaches", () => {
  const text = strategy(`        dataframe["next"] = dataframe["close"].shift(-2)`)
    .replace('["close"] > dataframe["open"]', '["next"] > dataframe["open"]');
  const [warning] = only(text).warnings;
  assert.equal(warning?.code, "look_ahead");
  assert.equal(warning?.line, 12);
  assert.match(warning?.message ?? "", /2 later candles.*enterLong/);
});

Deno.test("analyzeSource() refuses a strategy that rewrites the candles it trades on", () => {
  const text = strategy(`        dataframe["close"] = dataframe["close"].shift(1)`);
  assert.match(only(text).refusals[0]?.message ?? "", /assigns to the column "close"/);
});

Deno.test("analyzeSource() tells slots from parameters that shape the program", () => {
  const analysis = only(strategy(
    `        dataframe["rsi"] = ta.RSI(dataframe, timeperiod=self.buy_period.value)
        if self.buy_kind.value == "ema":
            dataframe["ma"] = ta.EMA(dataframe, timeperiod=5)`,
    `    buy_period = IntParameter(5, 30, default=14)
    buy_kind = CategoricalParameter(["ema", "sma"], default="ema")
    sell_unused = DecimalParameter(0.1, 0.2, default=0.15, decimals=2)`,
  ));
  const roles = Object.fromEntries(analysis.parameters.map(({ name, role }) => [name, role]));
  assert.equal(analysis.accepted, true);
  assert.equal(roles.buy_period, "slot");
  assert.equal(roles.buy_kind, "variant");
  assert.equal(roles.sell_unused, "unused");
});

Deno.test("analyzeSource() warns where freqtrade would not find the class", () => {
  const text = strategy("        pass").replace("class Sample(", "class Sample (");
  assert.equal(only(text).warnings[0]?.code, "leniency");
});

Deno.test("analyzeSource() refuses a callback that does something, and takes one that does not", () => {
  const inert = "    def confirm_trade_entry(self, *args, **kwargs):\n        return True\n";
  const active = "    def custom_exit(self, *args, **kwargs):\n        return 'now'\n";
  assert.equal(only(strategy("        pass", inert)).accepted, true);
  const refused = only(strategy("        pass", active));
  assert.equal(refused.refusals[0]?.code, "unsupported_callback");
  assert.deepEqual(refused.callbacks, ["custom_exit"]);
});
