import assert from "node:assert/strict";
import fc from "fast-check";
import type { EngineResult, OrderResult, TradeResult } from "../../../core-wasm/engine_types.ts";
import { readGoldenRuns } from "../export/testdata/read_runs.ts";
import {
  candlesDigest,
  decodeTables,
  packPlots,
  packResult,
  readTrades,
  resultHash,
  tradesCsv,
  unpackPlots,
  unpackResult,
} from "./mod.ts";

const number = fc.double({ noNaN: true });
const maybe = fc.option(number);
const time = fc.integer({ min: 0, max: 4e12 });
const text = fc.string({ unit: "grapheme", maxLength: 12 });
const count = fc.nat(1e6);

const order: fc.Arbitrary<OrderResult> = fc.record({
  side: fc.constantFrom("buy", "sell"),
  tag: text,
  type: fc.constantFrom("limit", "market"),
  isEntry: fc.boolean(),
  placedAt: time,
  filledAt: fc.option(time),
  amount: number,
  price: number,
  cost: number,
});

const trade: fc.Arbitrary<TradeResult> = fc.record({
  pair: text,
  isShort: fc.boolean(),
  openDate: time,
  closeDate: time,
  openRate: number,
  closeRate: number,
  amount: number,
  stakeAmount: number,
  maxStakeAmount: number,
  leverage: number,
  feeOpen: number,
  feeClose: number,
  profitRatio: number,
  profitAbs: number,
  exitReason: text,
  enterTag: fc.option(text),
  tradeDuration: count,
  minRate: number,
  maxRate: number,
  initialStopLossAbs: number,
  initialStopLossRatio: maybe,
  stopLossAbs: number,
  stopLossRatio: maybe,
  fundingFees: number,
  liquidationPrice: maybe,
  realizedProfit: number,
  orders: fc.array(order, { maxLength: 4 }),
});

const result: fc.Arbitrary<EngineResult> = fc.record({
  trades: fc.array(trade, { maxLength: 6 }),
  counters: fc.record({
    rejectedSignals: count,
    timedOutEntryOrders: count,
    timedOutExitOrders: count,
    canceledTradeEntries: count,
    canceledEntryOrders: count,
    canceledExitOrders: count,
    replacedEntryOrders: count,
    replacedExitOrders: count,
  }),
  equity: fc.array(fc.tuple(time, number), { maxLength: 20 }).map((rows) => ({
    date: Float64Array.from(rows, ([date]) => date),
    equity: Float64Array.from(rows, ([, value]) => value),
  })),
  finalBalance: number,
  backtestStart: time,
  backtestEnd: time,
  discarded: count,
});

const goldens = await readGoldenRuns();

function goldenResult(): EngineResult {
  const [golden] = goldens;
  assert.ok(golden);
  return golden.run.result;
}

Deno.test("unpackResult() gives back every value that packResult() was given", () => {
  fc.assert(
    fc.property(result, fc.array(fc.record({ pair: text, timeframe: text, sha256: text })), (
      given,
      inputs,
    ) => {
      const bytes = packResult(given, inputs);
      const unpacked = unpackResult(bytes);
      assert.deepEqual(plain(unpacked.result), plain(given));
      assert.deepEqual(plain(unpacked.inputs), plain(inputs));
      assert.deepEqual(packResult(unpacked.result, unpacked.inputs), bytes);
    }),
  );
});

Deno.test("unpackResult() reads bytes that lie at any offset of their buffer", () => {
  const bytes = packResult(goldenResult(), []);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  assert.deepEqual(plain(unpackResult(shifted.subarray(3)).result), plain(goldenResult()));
});

Deno.test("readTrades() gives any page of trades with their own orders", () => {
  const packed = decodeTables(packResult(goldenResult(), []));
  const all = readTrades(packed);
  fc.assert(fc.property(fc.nat(all.length + 2), fc.nat(all.length + 2), (from, to) => {
    assert.deepEqual(readTrades(packed, from, to), all.slice(from, Math.max(from, to)));
  }));
});

Deno.test("resultHash() is the same in another process", async () => {
  const script = `
    import { resultHash } from ${JSON.stringify(import.meta.resolve("./mod.ts"))};
    import { readGoldenRuns } from ${
    JSON.stringify(import.meta.resolve("../export/testdata/read_runs.ts"))
  };
    console.log(resultHash((await readGoldenRuns())[0].run.result, []));`;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--ext=ts", "-"],
    stdin: "piped",
    stdout: "piped",
  });
  const child = command.spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(script));
  await writer.close();
  const { stdout } = await child.output();
  assert.equal(new TextDecoder().decode(stdout).trim(), resultHash(goldenResult(), []));
});

Deno.test("resultHash() differs when one close rate moves by a tick", () => {
  const given = goldenResult();
  const trades = given.trades.map((each, index) =>
    index === 3 ? { ...each, closeRate: each.closeRate + 0.1 } : each
  );
  assert.notEqual(resultHash({ ...given, trades }, []), resultHash(given, []));
});

Deno.test("resultHash() differs when one candle's close moves by a tick and no trade changes", () => {
  const close = Float64Array.of(10, 11, 12);
  const moved = Float64Array.of(10, 11.5, 12);
  const inputOf = (column: Float64Array) => ({
    pair: "BTC/USDT",
    timeframe: "5m",
    sha256: candlesDigest([column]),
  });
  const given = goldenResult();
  assert.notEqual(resultHash(given, [inputOf(moved)]), resultHash(given, [inputOf(close)]));
  assert.equal(resultHash(given, [inputOf(close.slice())]), resultHash(given, [inputOf(close)]));
});

Deno.test("unpackPlots() gives back columns of every type", () => {
  const columns = [
    { name: "rsi", type: "f64" as const, values: Float64Array.of(NaN, -0) },
    { name: "up", type: "bool" as const, values: Uint8Array.of(0, 1) },
    { name: "count", type: "i64" as const, values: BigInt64Array.of(-(2n ** 60n), 5n) },
    { name: "pattern", type: "i32" as const, values: Int32Array.of(-100, 100) },
    { name: "tag", type: "text" as const, values: Int32Array.of(-1, 0) },
  ];
  const date = Float64Array.of(0, 300_000);
  const { tables, strings } = unpackPlots(packPlots([{ pair: "A/B", date, columns }], ["x"]));
  assert.deepEqual(strings, ["x"]);
  assert.deepEqual(tables[0]?.columns.slice(1), columns);
  assert.deepEqual(tables[0]?.columns[0]?.values, date);
});

Deno.test("decodeTables() refuses what is no packed result, is cut short or is newer", () => {
  const bytes = packResult(goldenResult(), []);
  assert.throws(() => decodeTables(new Uint8Array(4)), /does not begin with its mark/);
  assert.throws(() => decodeTables(bytes.slice(0, 40)), /cut short/);
  assert.throws(() => decodeTables(bytes.slice(0, -8)), /cut short/);
  const text = new TextDecoder("latin1").decode(bytes).replace('"version":1', '"version":2');
  const newer = Uint8Array.from(text, (character) => character.charCodeAt(0));
  assert.throws(() => decodeTables(newer), /version 2 is unknown/);
});

Deno.test("tradesCsv() writes a line per trade and quotes what needs it", () => {
  const [first] = goldenResult().trades;
  assert.ok(first);
  const lines = [...tradesCsv([{ ...first, enterTag: 'a "b", c', liquidationPrice: null }])];
  assert.equal(lines.length, 2);
  assert.match(lines[0] ?? "", /^pair,is_short,open_date,.*,liquidation_price\r\n$/);
  assert.match(lines[1] ?? "", /,"a ""b"", c",/);
  assert.match(
    lines[1] ?? "",
    new RegExp(`^${first.pair},false,\\d{4}-\\d\\d-\\d\\dT.*Z,.*,\\r\\n$`),
  );
});

/** Without prototypes and undefined members, so that only values are compared. */
function plain(value: unknown): unknown {
  return structuredClone(value);
}
