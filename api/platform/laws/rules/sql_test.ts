import { assertAllowed, assertRefused } from "../testing.ts";

const QUERIES = [
  "const rows = await sql`SELECT 1`.execute(db);",
  `const rows = await db.selectFrom("orders").selectAll().execute();`,
  `await db.insertInto("orders").values(row).execute();`,
  `await db.updateTable("orders").set({ status }).execute();`,
  `await db.deleteFrom("orders").execute();`,
  `await client.execute("SELECT id FROM orders");`,
  "await client.execute(`DELETE FROM orders WHERE id = ${id}`);",
  `await client.execute("INSERT INTO orders VALUES (1)");`,
  `await client.execute("PRAGMA synchronous");`,
  `import { sql } from "kysely";`,
];

Deno.test("sql-in-stores refuses queries in services, routes, rules and workers", () => {
  const paths = ["api/orders/service.ts", "api/orders/routes.ts", "api/orders/state.ts"];
  for (const path of [...paths, "workers/handlers/backtest.ts", "api/main.ts"]) {
    assertRefused("sql-in-stores", { path, sources: QUERIES });
  }
});

Deno.test("sql-in-stores allows stores, migrations, platform/ and tests", () => {
  const paths = [
    "api/orders/store.ts",
    "api/market/candle_store.ts",
    "api/platform/database/dialect.ts",
    "migrations/0001_start.ts",
    "api/orders/service_test.ts",
  ];
  for (const path of paths) assertAllowed("sql-in-stores", { path, sources: QUERIES });
});

Deno.test("sql-in-stores allows prose and Kysely's types in a service", () => {
  assertAllowed("sql-in-stores", {
    path: "api/orders/service.ts",
    sources: [
      `import type { Transaction } from "kysely";`,
      `throw new Error("Cannot update the order: select one from the list");`,
      `const message = "Select a pair";`,
      `await deleteOrder(tx, id);`,
    ],
  });
});

const STORE = "api/orders/store.ts";

Deno.test("money-stays-out-of-sql refuses sums, means, extremes and order of decimal text", () => {
  assertRefused("money-stays-out-of-sql", {
    path: STORE,
    sources: [
      `db.selectFrom("orders").select((eb) => eb.fn.sum("amount").as("total"));`,
      `db.selectFrom("orders").select(({ fn }) => fn.avg("orders.entry_price"));`,
      `db.selectFrom("orders").select(({ fn }) => fn.max("stake"));`,
      `db.selectFrom("orders").orderBy("orders.price", "desc");`,
      `db.selectFrom("orders").where("cost", ">", limit);`,
      "sql`SELECT SUM(realized_profit) FROM trades`;",
      "sql`SELECT id FROM trades ORDER BY created_at, profit DESC`;",
      `client.execute("SELECT total(fee) FROM orders");`,
    ],
  });
});

Deno.test("money-stays-out-of-sql allows integers in 1e-8, ratios, counts and equality", () => {
  assertAllowed("money-stays-out-of-sql", {
    path: STORE,
    sources: [
      `db.selectFrom("orders").select((eb) => eb.fn.sum("cost_e8").as("total"));`,
      `db.selectFrom("trades").orderBy("profit_ratio", "desc");`,
      `db.selectFrom("orders").orderBy("created_at");`,
      `db.selectFrom("orders").where("price", "=", price);`,
      "sql`SELECT SUM(cost_e8) FROM orders ORDER BY row_id`;",
      `const largest = Math.max(price, 1);`,
    ],
  });
});
