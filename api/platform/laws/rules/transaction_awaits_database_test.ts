import assert from "node:assert/strict";
import { assertAllowed, assertRefused, lintMessages } from "../testing.ts";

const RULE = "transaction-awaits-database";
const PATH = "api/orders/service.ts";

function inTransaction(body: string): string {
  return `await ctx.db.transaction(async (trx) => { ${body} });`;
}

Deno.test("transaction-awaits-database refuses network, files, keys, timers and other verbs", () => {
  assertRefused(RULE, {
    path: PATH,
    sources: [
      `await fetch(url);`,
      `await ctx.exchange.createOrder(order);`,
      `await ctx.kv.set(key, 1);`,
      `await Deno.readTextFile(path);`,
      `const text = await response.text();`,
      `const row = await findOrder(trx, id); await fetch(row.url);`,
      `const row = await findOrder(trx, id); await notify(row);`,
      `await Promise.all([insertOrder(trx, row), fetch(url)]);`,
      `await Promise.all(rows.map((row) => send(row)));`,
      `for await (const line of lines) count(line);`,
      `await placeOrder(ctx, input);`,
    ].map(inTransaction),
  });
});

Deno.test("transaction-awaits-database allows whatever comes from the transaction or takes it", () => {
  assertAllowed(RULE, {
    path: PATH,
    sources: [
      `await trx.selectFrom("orders").execute();`,
      `const row = await findOrder(trx, id); await insertOrder(trx, row);`,
      `await emitAudit({ ...ctx, db: trx }, action);`,
      `const inner = { ...ctx, db: trx }; await emitAudit(inner, action);`,
      `await Promise.all([insertOrder(trx, row), insertFill(trx, fill)]);`,
      `await Promise.all(rows.map((row) => insertOrder(trx, row)));`,
      `const query = trx.selectFrom("orders"); await query.execute();`,
      `for await (const row of listOrders(trx)) count(row);`,
      `await new Reservation(trx).hold(amount);`,
      `await (found ? updateOrder(trx, row) : insertOrder(trx, row));`,
    ].map(inTransaction),
  });
});

Deno.test("transaction-awaits-database judges every way to open a transaction, and tx itself", () => {
  assertRefused(RULE, {
    path: PATH,
    sources: [
      `await inTransaction(ctx, async (tx) => { await fetch(url); });`,
      `await db.transaction().execute(async (trx) => { await fetch(url); });`,
      `await ctx.db.transaction().setIsolationLevel("serializable").execute(async (trx) => { await fetch(url); });`,
      `async function settle(tx: Db, id: string) { await fetch(id); }`,
      `await savepoint(tx, async (inner) => { await fetch(url); });`,
      `await inTransaction(ctx, (tx) => tx.run(async () => { await fetch(url); }));`,
    ],
  });
});

Deno.test("transaction-awaits-database lets everything be awaited before and after", () => {
  assertAllowed(RULE, {
    path: PATH,
    sources: [
      `const page = await fetch(url); await inTransaction(ctx, async (tx) => { await save(tx, page); }); await fetch(url);`,
    ],
  });
});

Deno.test("transaction-awaits-database names the awaited call", () => {
  assert.deepEqual(lintMessages(RULE, PATH, inTransaction("await ctx.kv.set(key, 1);")), [
    'Cannot await "ctx.kv.set" inside a transaction',
  ]);
});
