import assert from "node:assert/strict";
import { createLiveEngine, type LiveEngine } from "./engine.ts";
import { readCases } from "./engine_cases.ts";
import { ORDER_STATUSES } from "./engine_kinds.ts";
import { CoreMemory, readCoreModule } from "./memory.ts";

const module = await readCoreModule();
const cases = await readCases(new URL("testdata/engine/rules.json.gz", import.meta.url));
const base = cases.find((one) => one.name === "stop");
assert(base);
const { config, pairs } = base;
const market = pairs[0]?.market;
assert(market);
const MINUTE = 60_000;

function desk(change: Partial<typeof config> = {}): LiveEngine {
  return createLiveEngine(new CoreMemory(module), {
    config: { ...config, stoploss: -0.1, feeRate: 0, ...change },
    markets: [market as NonNullable<typeof market>],
    strings: ["breakout"],
  });
}

function poll(minute: number, rate: number, more = {}) {
  return { pair: 0, time: minute * MINUTE, rate, high: rate, low: rate, ...more };
}

/** Places an entry of one unit at 100 and lets the exchange accept it. */
function entered(engine: LiveEngine) {
  const [intent, none] = engine.decide("ENTER", poll(0, 100, { enterLong: true, enterTag: 0 }));
  assert(intent && !none);
  assert.equal(intent.kind, "PLACE");
  assert.equal(intent.price, 100);
  assert.ok(engine.apply({ kind: "ACCEPTED", subject: intent.order, time: 0 }));
  return intent;
}

Deno.test("a filled entry becomes a position, a filled exit closes it with its profit", () => {
  const engine = desk();
  const entry = entered(engine);
  assert.equal(engine.openTrade(0)?.amount, 0);
  assert.ok(engine.apply({ kind: "FILL", subject: entry.order, time: MINUTE, price: 100 }));
  assert.equal(engine.openTrade(0)?.amount, 1);
  assert.equal(engine.openTrade(0)?.enterTag, "breakout");
  assert.equal(engine.balance().free, 900);
  const [exit] = engine.decide("EXIT", poll(5, 110, { exitLong: true }));
  assert.equal(exit?.kind, "EXIT");
  assert.equal(exit?.reason, "exit_signal");
  assert.ok(engine.apply({ kind: "ACCEPTED", subject: exit?.order ?? -1, time: 5 * MINUTE }));
  assert.ok(
    engine.apply({ kind: "FILL", subject: exit?.order ?? -1, time: 6 * MINUTE, price: 110 }),
  );
  assert.equal(engine.openTrade(0), null);
  assert.equal(engine.trade(entry.trade)?.profitAbs, 10);
  assert.equal(engine.balance().total, 1010);
});

Deno.test("a partly filled entry counts as position and keeps its part when cancelled", () => {
  const engine = desk();
  const { order, trade } = entered(engine);
  assert.ok(
    engine.apply({ kind: "PARTIAL_FILL", subject: order, time: MINUTE, amount: 0.4, price: 98 }),
  );
  const part = engine.openTrade(0);
  assert.equal(part?.amount, 0.4);
  assert.equal(part?.openRate, 98);
  assert.equal(part?.stopLossAbs, 88.2);
  assert.deepEqual(part?.orderStates[0], {
    index: order,
    status: ORDER_STATUSES.OPEN,
    filled: 0.4,
  });
  assert.ok(engine.apply({ kind: "CANCELLED", subject: order, time: 2 * MINUTE }));
  const kept = engine.trade(trade);
  assert.equal(kept?.amount, 0.4);
  assert.equal(kept?.orders[0]?.amount, 0.4);
  assert.equal(kept?.filledEntries, 1);
  assert.equal(kept?.orderStates[0]?.status, ORDER_STATUSES.FILLED);
});

Deno.test("two partial fills average their prices", () => {
  const engine = desk();
  const { order } = entered(engine);
  const fill = (amount: number, price: number) =>
    engine.apply({ kind: "PARTIAL_FILL", subject: order, time: MINUTE, amount, price });
  assert.ok(fill(0.5, 99));
  assert.ok(fill(0.5, 101));
  assert.equal(engine.openTrade(0)?.amount, 1);
  assert.equal(engine.openTrade(0)?.openRate, 100);
  assert.equal(engine.openTrade(0)?.orderStates[0]?.status, ORDER_STATUSES.FILLED);
  assert.equal(fill(0.1, 100), false);
});

Deno.test("a rejected or expired entry leaves no trade and no stake behind", () => {
  for (const kind of ["REJECTED", "EXPIRED", "CANCELLED"] as const) {
    const engine = desk();
    const { order } = entered(engine);
    assert.ok(engine.apply({ kind, subject: order, time: MINUTE }));
    assert.equal(engine.openTrade(0), null);
    assert.equal(engine.balance().free, 1000);
    assert.equal(engine.apply({ kind: "FILL", subject: order, time: MINUTE, price: 100 }), false);
  }
});

Deno.test("a rejected exit leaves the trade, and the next view wants out again", () => {
  const engine = desk();
  const entry = entered(engine);
  engine.apply({ kind: "FILL", subject: entry.order, time: MINUTE, price: 100 });
  const [exit] = engine.decide("EXIT", poll(5, 80));
  assert.equal(exit?.reason, "stop_loss");
  assert.ok(engine.apply({ kind: "REJECTED", subject: exit?.order ?? -1, time: 5 * MINUTE }));
  assert.equal(engine.openTrade(0)?.amount, 1);
  const [again] = engine.decide("EXIT", poll(6, 79));
  assert.equal(again?.kind, "EXIT");
  assert.equal(again?.price, 79);
});

Deno.test("a better exit displaces the waiting one, which may still fill", () => {
  const engine = desk();
  const entry = entered(engine);
  engine.apply({ kind: "FILL", subject: entry.order, time: MINUTE, price: 100 });
  const [first] = engine.decide("EXIT", poll(5, 105, { exitLong: true }));
  engine.apply({ kind: "ACCEPTED", subject: first?.order ?? -1, time: 5 * MINUTE });
  const same = engine.decide("EXIT", poll(6, 105, { exitLong: true }));
  assert.deepEqual(same, []);
  const [cancel, second] = engine.decide("EXIT", poll(7, 103, { exitLong: true }));
  assert.equal(cancel?.kind, "CANCEL");
  assert.equal(cancel?.order, first?.order);
  assert.equal(second?.kind, "EXIT");
  assert.ok(
    engine.apply({ kind: "FILL", subject: first?.order ?? -1, time: 7 * MINUTE, price: 105 }),
  );
  assert.equal(engine.trade(entry.trade)?.isOpen, false);
  assert.equal(engine.trade(entry.trade)?.closeRate, 105);
});

Deno.test("an order that waits too long is to be cancelled", () => {
  const engine = desk({ unfilledEntryTimeoutMs: 10 * MINUTE });
  const { order } = entered(engine);
  assert.deepEqual(engine.decide("MANAGE", poll(9, 100)), []);
  const [cancel] = engine.decide("MANAGE", poll(10, 100));
  assert.equal(cancel?.kind, "CANCEL");
  assert.equal(cancel?.order, order);
  assert.deepEqual(engine.decide("MANAGE", poll(11, 100)), [], "asked once");
  assert.ok(engine.apply({ kind: "CANCELLED", subject: order, time: 11 * MINUTE }));
  assert.equal(engine.openTrade(0), null);
});

Deno.test("a foreign fill changes the trade, a position closed elsewhere closes it", () => {
  const engine = desk();
  const entry = entered(engine);
  engine.apply({ kind: "FILL", subject: entry.order, time: MINUTE, price: 100 });
  const foreign = engine.adopt({
    trade: entry.trade,
    isEntry: false,
    time: 2 * MINUTE,
    amount: 0.25,
    price: 104,
  });
  assert.ok(engine.apply({ kind: "FILL", subject: foreign, time: 2 * MINUTE, price: 104 }));
  assert.equal(engine.openTrade(0)?.amount, 0.75);
  assert.equal(engine.openTrade(0)?.realizedProfit, 1);
  assert.ok(
    engine.apply({ kind: "CLOSED_OUTSIDE", subject: entry.trade, time: 3 * MINUTE, price: 90 }),
  );
  const closed = engine.trade(entry.trade);
  assert.equal(closed?.exitReason, "closed_outside");
  assert.equal(closed?.profitAbs, 1 - 7.5);
  assert.equal(engine.balance().total, 1000 - 6.5);
});

Deno.test("a balance correction and funding move only what they name", () => {
  const engine = desk();
  assert.ok(engine.apply({ kind: "BALANCE_CORRECTION", subject: 0, time: 0, amount: -250 }));
  assert.equal(engine.balance().free, 750);
  const entry = entered(engine);
  engine.apply({ kind: "FILL", subject: entry.order, time: MINUTE, price: 100 });
  assert.ok(engine.apply({ kind: "FUNDING", subject: entry.trade, time: MINUTE, amount: -0.5 }));
  assert.equal(engine.openTrade(0)?.fundingFees, -0.5);
  assert.ok(
    engine.apply({ kind: "LIQUIDATION", subject: entry.trade, time: MINUTE, price: 50 }),
  );
  assert.equal(engine.trade(entry.trade)?.exitReason, "liquidation");
});

Deno.test("apply() answers false for unknown subjects and throws for bad numbers", () => {
  const engine = desk();
  assert.equal(engine.apply({ kind: "FILL", subject: 5, time: 0, price: 1 }), false);
  assert.equal(engine.apply({ kind: "FUNDING", subject: -1, time: 0, amount: 1 }), false);
  const { order } = entered(engine);
  const fill = (amount: number, price: number) =>
    engine.apply({ kind: "PARTIAL_FILL", subject: order, time: 0, amount, price });
  assert.throws(() => fill(2, 100), /amount is 2/);
  assert.throws(() => fill(0.5, NaN), /price is NaN/);
  assert.throws(() => engine.decide("EXIT", { ...poll(0, 1), pair: 3 }), /no such pair/);
});

Deno.test("a snapshot of a half-filled entry goes on in another instance", () => {
  const engine = desk();
  const { order, trade } = entered(engine);
  engine.apply({ kind: "PARTIAL_FILL", subject: order, time: MINUTE, amount: 0.4, price: 99 });
  const bytes = engine.snapshot();
  const other = desk();
  other.restore(bytes);
  for (const one of [engine, other]) {
    assert.ok(one.apply({ kind: "FILL", subject: order, time: 2 * MINUTE, price: 100 }));
  }
  assert.deepEqual(other.trade(trade), engine.trade(trade));
  assert.deepEqual(other.snapshot(), engine.snapshot());
});
