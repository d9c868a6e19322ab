import assert from "node:assert/strict";
import { parseBacktestArguments } from "./backtest_arguments.ts";
import { UsageError } from "./usage.ts";

const REQUIRED = ["--strategy", "S.py", "--candles", "data"];

Deno.test("parseBacktestArguments() takes every further word as a path of candles", () => {
  const given = [
    "--strategy",
    "S.py",
    "--candles",
    "a.csv",
    "b.csv",
    "--pairs",
    "A/B, C/D",
    "c.csv",
  ];
  const parsed = parseBacktestArguments(given);
  assert.deepEqual(parsed?.candles, ["a.csv", "b.csv", "c.csv"]);
  assert.deepEqual(parsed?.pairs, ["A/B", "C/D"]);
  assert.equal(parsed?.timeframe, null);
});

Deno.test("parseBacktestArguments() answers null when help is asked for", () => {
  assert.equal(parseBacktestArguments(["--help"]), null);
  assert.equal(parseBacktestArguments([...REQUIRED, "-h"]), null);
});

Deno.test("parseBacktestArguments() refuses what is missing, unknown or without its value", () => {
  const refused: [args: string[], text: RegExp][] = [
    [["--candles", "data"], /'--strategy' is missing/],
    [["--strategy", "S.py"], /'--candles' is missing/],
    [["--strategy", "S.py", "data"], /Unexpected argument 'data'/],
    [[...REQUIRED, "--fee", "0.1"], /--fee/],
    [[...REQUIRED, "--timeframe"], /--timeframe/],
  ];
  for (const [args, text] of refused) {
    assert.throws(() => parseBacktestArguments(args), (err: unknown) => {
      assert.ok(err instanceof UsageError);
      assert.match(err.message, text);
      return true;
    });
  }
});
