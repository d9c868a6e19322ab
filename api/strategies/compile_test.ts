import assert from "node:assert/strict";
import { type CompiledStrategy, type CompileOptions, compileStrategy } from "./compile.ts";

const HEAD = `
from functools import reduce
import numpy as np
import talib.abstract as ta
from freqtrade.strategy import IStrategy, IntParameter, DecimalParameter, CategoricalParameter
from technical import qtpylib

SHARED = []


def gather(frame, seen=[]):
    seen.append(1)
    return frame


class Sample(IStrategy):
    timeframe = "5m"
    stoploss = -0.1
    minimal_roi = {"10": 0.01, "0": 0.02}
    buy_rsi = IntParameter(20, 45, default=35)
    buy_band = DecimalParameter(0.9, 1.1, default=1.0, decimals=2)
    buy_mode = CategoricalParameter(["a", "b"], default="a")
    cache = {}
`;

interface Bodies {
  readonly attributes?: string;
  readonly indicators?: string;
  readonly entry?: string;
  readonly exit?: string;
}

function source({ attributes = "", indicators, entry, exit }: Bodies): string {
  const method = (name: string, body = "") =>
    `\n    def ${name}(self, dataframe, metadata):\n` +
    body.split("\n").map((line) => `        ${line.trimEnd()}\n`).join("") +
    "        return dataframe\n";
  return HEAD + attributes.split("\n").map((line) => `    ${line}\n`).join("") +
    method("populate_indicators", indicators) + method("populate_entry_trend", entry) +
    method("populate_exit_trend", exit);
}

function compile(bodies: Bodies, options: Partial<CompileOptions> = {}) {
  return compileStrategy(source(bodies), { pairs: ["BTC/USDT", "ETH/USDT"], ...options });
}

function accepted(bodies: Bodies, options: Partial<CompileOptions> = {}): CompiledStrategy {
  const result = compile(bodies, options);
  if (result.accepted) return result;
  return assert.fail(JSON.stringify(result.refusals));
}

function programOf(bodies: Bodies, options: Partial<CompileOptions> = {}) {
  const program = accepted(bodies, options).programs[0]?.program;
  assert.ok(program !== undefined);
  return program;
}

function kernels(bodies: Bodies): string[] {
  return programOf(bodies).nodes.flatMap((node) => node.op === "kernel" ? [node.kernel] : []);
}

Deno.test("compileStrategy() refuses what it does not reproduce, with a code for each", () => {
  const cases: [string, string][] = [
    ["x = [i for i in dataframe['close']]", "unsupported_expression"],
    ["if dataframe['close'] > 1:\n    pass", "condition_on_column"],
    ["dataframe['x'] = dataframe['close'] > 1 and dataframe['open'] > 1", "raises"],
    ["dataframe['x'] = 1 < dataframe['close'] < 2", "raises"],
    ["dataframe['x'] = dataframe['missing']", "missing_column"],
    ["dataframe['x'] = dataframe['close'].max()", "unsupported_method"],
    ["dataframe['x'] = dataframe['close'].rolling(3, center=True).mean()", "unsupported_argument"],
    ["dataframe['x'] = dataframe['close'] & dataframe['open']", "unsupported_operand"],
    ["dataframe['x'] = ta.BBANDS(dataframe, nbdevup=2)['upperband']", "raises"],
    ["dataframe['x'] = ta.SMA(dataframe, timeperiod=5.0)", "raises"],
    ["dataframe['x'] = ta.SMA(dataframe, timeperiod=0)", "raises"],
    ["dataframe['x'] = ta.MACD(dataframe['close'])['macd']", "raises"],
    ["dataframe['x'] = ta.ATR(dataframe['close'])", "raises"],
    ["dataframe['x'] = qtpylib.crossed_above(1, dataframe['close'])", "raises"],
    ["dataframe['x'] = undefined_name", "unknown_name"],
    ["self.last = 1", "state_in_populate"],
    ["SHARED.append(1)", "state_in_populate"],
    ["self.cache['x'] = 1", "state_in_populate"],
    ["dataframe = gather(dataframe)", "state_in_populate"],
    ["dataframe.x = 1", "unsupported_statement"],
    ["try:\n    pass\nexcept Exception:\n    pass", "unsupported_statement"],
    ["import os\nos.remove('x')", "unsupported_call"],
    ["eval('1')", "unknown_name"],
    ["dataframe['x'] = 1 / 0", "raises"],
    ["dataframe['n'] = 1\ndataframe.loc[dataframe['close'] > 1, 'n'] = 1.5", "raises"],
    ["dataframe.loc[dataframe['close'], 'n'] = 1", "unsupported_argument"],
    ["x = dataframe['close']\ny = x\nx += 1", "unsupported_statement"],
    ["x = dataframe['close'] > 1\nheld = [x]\nx &= dataframe['open'] > 1", "unsupported_statement"],
    ["dataframe['x'] = dataframe['close'].rolling(3, min_periods=4).mean()", "raises"],
    ["dataframe['x'] = dataframe['close'].rolling(0).mean()", "unsupported_argument"],
    ["return None", "raises"],
    [
      "dataframe['mean'] = dataframe['close']\ndataframe['x'] = dataframe.mean * 2",
      "unsupported_attribute",
    ],
  ];
  for (const [indicators, code] of cases) {
    const result = compile({ indicators });
    assert.ok(!result.accepted, indicators);
    assert.equal(result.refusals[0]?.code, code, `${indicators}: ${result.refusals[0]?.message}`);
  }
});

Deno.test("compileStrategy() refuses a signal whose values may be other than 0 and 1", () => {
  const result = compile({ entry: "dataframe['enter_long'] = dataframe['close']" });
  assert.ok(!result.accepted);
  assert.equal(result.refusals[0]?.code, "invalid_value");
});

Deno.test("compileStrategy() makes equal calls one node and drops what nobody reads", () => {
  const names = kernels({
    indicators: "dataframe['a'] = ta.RSI(dataframe, timeperiod=9)\n" +
      "dataframe['b'] = ta.RSI(dataframe, 9, price='close') * 2\n" +
      "dataframe['c'] = ta.SMA(dataframe)\n" +
      "dataframe['c'] = dataframe['a']",
  });
  assert.equal(names.filter((name) => name === "RSI").length, 1);
  assert.ok(!names.includes("SMA"));
});

Deno.test("compileStrategy() keeps a parameter a slot while it only feeds arguments", () => {
  const entry = "dataframe.loc[ta.RSI(dataframe, timeperiod=self.buy_rsi.value) " +
    "< 50 * self.buy_band.value, 'enter_long'] = 1";
  const compiled = accepted({ entry });
  assert.deepEqual(Object.keys(compiled.variant), ["buy_band"]);
  const slot = accepted({ entry: entry.replace("50 * ", "") });
  assert.deepEqual(slot.variant, {});
  assert.deepEqual(slot.slotValues, { buy_rsi: 35, buy_band: 1 });
  assert.equal(slot.programs[0]?.program.slots.length, 2);
});

Deno.test("compileStrategy() keys a program by what shaped it, not by slot values", () => {
  const entry = "dataframe.loc[dataframe['close'] > self.buy_rsi.value, 'enter_long'] = 1";
  const file = (value: number) => ({
    parameterFile: { strategy_name: "Sample", params: { buy: { buy_rsi: value } } },
  });
  const key = (bodies: Bodies, options: Partial<CompileOptions>) => accepted(bodies, options).key;
  assert.equal(key({ entry }, file(30)), key({ entry }, file(40)));
  const steering = { entry: `if self.buy_rsi.value > 35:\n    ${entry}` };
  assert.notEqual(key(steering, file(30)), key(steering, file(40)));
  assert.notEqual(key({ entry }, {}), key({ entry }, { config: { timeframe: "1h" } }));
});

Deno.test("compileStrategy() makes a program for each pair only when the source reads the pair", () => {
  assert.equal(accepted({}).programs.length, 1);
  const indicators = "dataframe['x'] = 1 if metadata['pair'] == 'BTC/USDT' else 2";
  const compiled = accepted({ indicators });
  assert.deepEqual(compiled.programs.map(({ pair }) => pair), ["BTC/USDT", "ETH/USDT"]);
});

Deno.test("compileStrategy() resolves settings: configuration, parameter file, class, default", () => {
  const parameterFile = {
    strategy_name: "Sample",
    params: {
      roi: { "0": 0.5 },
      stoploss: { stoploss: -0.3 },
      trailing: { trailing_stop: true, trailing_stop_positive: 0.01 },
      max_open_trades: { max_open_trades: -1 },
      buy: { buy_band: 1.0449 },
    },
  };
  const { attributes, slotValues } = accepted({
    attributes: "sell_profit_only = True\nexit_profit_only = False\nmax_open_trades = 4",
    entry: "dataframe.loc[dataframe['close'] > self.buy_band.value, 'enter_long'] = 1",
  }, { parameterFile, config: { stoploss: -0.2, minimal_roi: { "7": 0.1 } } });
  assert.equal(attributes.stoploss, -0.2);
  assert.deepEqual(attributes.minimalRoi, [{ minutes: 7, value: 0.1 }]);
  assert.equal(attributes.trailingStop, true);
  assert.equal(attributes.trailingStopPositive, 0.01);
  assert.equal(attributes.maxOpenTrades, Infinity);
  assert.equal(attributes.exitProfitOnly, true);
  assert.equal(attributes.useExitSignal, true);
  assert.deepEqual(slotValues, { buy_band: 1.04 });
});

Deno.test("compileStrategy() refuses a parameter file of another strategy", () => {
  const result = compile({}, { parameterFile: { strategy_name: "Other", params: {} } });
  assert.ok(!result.accepted);
  assert.equal(result.refusals[0]?.code, "invalid_parameter_file");
});

Deno.test("compileStrategy() asks for the class when the file holds several", () => {
  const text = `${source({})}\n\nclass Second(Sample):\n    stoploss = -0.5\n`;
  const ambiguous = compileStrategy(text, { pairs: [] });
  assert.ok(!ambiguous.accepted);
  assert.equal(ambiguous.refusals[0]?.code, "no_strategy");
  const second = compileStrategy(text, { pairs: [], className: "Second" });
  assert.ok(second.accepted);
  assert.equal(second.attributes.stoploss, -0.5);
});

Deno.test("compileStrategy() follows super() to the class that is derived from", () => {
  const derived = `
class Derived(Sample):
    def populate_indicators(self, dataframe, metadata):
        dataframe = super().populate_indicators(dataframe, metadata)
        dataframe["twice"] = dataframe["rsi"] * self.factor()
        return dataframe

    def factor(self):
        return 2
`;
  const text = source({ indicators: "dataframe['rsi'] = ta.RSI(dataframe)" }) + derived;
  const compiled = compileStrategy(text, { pairs: [], className: "Derived" });
  assert.ok(compiled.accepted, JSON.stringify(compiled));
  const names = compiled.programs[0]?.program.frame.map(({ name }) => name) ?? [];
  assert.deepEqual(names.slice(6, 8), ["rsi", "twice"]);
});

Deno.test("compileStrategy() changes a column in place where only one name holds it", () => {
  const inPlace = kernels({
    indicators: "mask = dataframe['close'] > 1\nmask &= dataframe['open'] > 1\n" +
      "dataframe['x'] = mask\ndataframe['x'] |= dataframe['low'] > 2",
  });
  assert.deepEqual(inPlace.filter((name) => name === "and" || name === "or"), ["and", "or"]);
});

Deno.test("compileStrategy() remarks on an argument that TA-Lib ignores", () => {
  const { remarks } = accepted({ indicators: "dataframe['x'] = ta.RSI(dataframe, period=7)" });
  assert.equal(remarks[0]?.code, "no_effect");
  assert.match(remarks[0]?.message ?? "", /RSI ignores the argument "period"/);
});

Deno.test("compileStrategy() refuses a class that sells short on a spot market", () => {
  const attributes = "can_short = True";
  const spot = compile({ attributes });
  assert.ok(!spot.accepted);
  assert.match(spot.refusals[0]?.message ?? "", /sells short/);
  assert.ok(compile({ attributes }, { config: { trading_mode: "futures" } }).accepted);
});

Deno.test("compileStrategy() counts a node's warm-up along its inputs", () => {
  const program = programOf({
    entry: "dataframe.loc[dataframe['close'].rolling(10).mean().shift(3) > 1, 'enter_long'] = 1",
  });
  const signal = program.signals.enterLong;
  const node = signal === null ? undefined : program.nodes[signal.node];
  assert.ok(node?.op === "kernel");
  assert.deepEqual(node.warmUp, { bars: 12, unstable: false });
});

Deno.test("compileStrategy() knows which averages never forget", () => {
  const cases: [string, boolean][] = [
    ["ta.SMA(dataframe, 5)", false],
    ["ta.MACD(dataframe)['macd']", true],
    ["ta.MA(dataframe, 5, matype=0)", false],
    ["ta.MA(dataframe, 5, matype=1)", true],
    ["ta.EMA(dataframe, 5).rolling(3).mean()", true],
  ];
  for (const [expr, unstable] of cases) {
    const program = programOf({ entry: `dataframe.loc[${expr} > 1, 'enter_long'] = 1` });
    const node = program.nodes[program.signals.enterLong?.node ?? 0];
    assert.equal(node?.op === "kernel" && node.warmUp.unstable, unstable, expr);
  }
});

Deno.test("compileStrategy() spans every kernel node in the source", () => {
  const text = source({ indicators: "dataframe['x'] = ta.RSI(dataframe)" });
  const result = compileStrategy(text, { pairs: [] });
  assert.ok(result.accepted);
  const node = result.programs[0]?.program.nodes.find((each) =>
    each.op === "kernel" && each.kernel === "RSI"
  );
  assert.ok(node?.op === "kernel");
  const line = text.split("\n")[node.span.line - 1] ?? "";
  assert.equal(line.slice(node.span.column - 1, node.span.endColumn - 1), "ta.RSI(dataframe)");
});
