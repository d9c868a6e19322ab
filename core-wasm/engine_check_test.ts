import assert from "node:assert/strict";
import { checkRun } from "./engine_check.ts";
import { readCases, runOfCase } from "./engine_cases.ts";
import type { EngineConfig, EnginePair, EngineRun } from "./engine_types.ts";

const [golden] = await readCases(new URL("testdata/engine/rules.json.gz", import.meta.url));
assert(golden);
const run = runOfCase(golden);

function withConfig(change: Partial<EngineConfig>): EngineRun {
  return { ...run, config: { ...run.config, ...change } };
}

function withPair(change: (pair: EnginePair) => Partial<EnginePair>): EngineRun {
  return { ...run, pairs: run.pairs.map((pair) => ({ ...pair, ...change(pair) })) };
}

function edited(column: Float64Array, row: number, value: number): Float64Array {
  return column.with(row, value);
}

const refused: [string, EngineRun, RegExp][] = [
  ["futures", withConfig({ tradingMode: "futures" }), /"config.tradingMode" is "futures"/],
  [
    "a mask that is no mask",
    withConfig({ callbacks: -1 }),
    /"config.callbacks" is -1/,
  ],
  ["a negative fee", withConfig({ feeRate: -1 }), /"config.feeRate" is -1, expected 0 to 1/],
  ["a wallet that is not a number", withConfig({ dryRunWallet: NaN }), /"config.dryRunWallet"/],
  [
    "unlimited stake with unlimited slots",
    withConfig({ stakeAmount: "unlimited", maxOpenTrades: -1 }),
    /"config.stakeAmount" is "unlimited"/,
  ],
  [
    "a table that does not ascend",
    withConfig({ minimalRoi: [{ minutes: 5, value: 0 }, { minutes: 5, value: 0 }] }),
    /"config.minimalRoi\[1\].minutes" is 5/,
  ],
  ["no pairs", { ...run, pairs: [] }, /"pairs" is empty/],
  ["a pair named twice", { ...run, pairs: [...run.pairs, ...run.pairs] }, /"AAA\/USDT" again/],
  [
    "columns of another length",
    withPair((pair) => ({ low: pair.low.subarray(1) })),
    /"pairs\[0\].low" has 239 rows, expected 240/,
  ],
  [
    "a price that is not finite",
    withPair((pair) => ({ high: edited(pair.high, 7, Infinity) })),
    /"pairs\[0\].high\[7\]" is Infinity/,
  ],
  [
    "a price of zero",
    withPair((pair) => ({ open: edited(pair.open, 0, 0) })),
    /"pairs\[0\].open\[0\]" is 0/,
  ],
  [
    "dates with a gap",
    withPair((pair) => ({ date: edited(pair.date, 239, 2e12) })),
    /"pairs\[0\].date\[239\]" is 2000000000000 after .* fill gaps first/,
  ],
  [
    "nothing left after trimming",
    withPair(() => ({ trimRows: 240 })),
    /"pairs" have no rows left after trimming/,
  ],
  [
    "a tag beyond the table",
    withPair(() => ({ exitTag: new Int32Array(240).fill(3) })),
    /"pairs\[0\].exitTag\[0\]" is no string/,
  ],
  [
    "a precision of zero",
    withPair((pair) => ({ market: { ...pair.market, amountPrecision: 0 } })),
    /"pairs\[0\].market.amountPrecision" is 0/,
  ],
];

for (const [what, input, message] of refused) {
  Deno.test(`checkRun() refuses ${what}`, () => {
    assert.throws(() => checkRun(input), message);
  });
}

Deno.test("checkRun() takes a run freqtrade took", () => checkRun(run));
