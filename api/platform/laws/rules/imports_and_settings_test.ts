import assert from "node:assert/strict";
import { assertAllowed, assertRefused, lintMessages } from "../testing.ts";

Deno.test("capability-imports refuses another capability's store in every form of import", () => {
  assertRefused("capability-imports", {
    path: "api/backtests/service.ts",
    sources: [
      `import { findMarket } from "../market/store.ts";`,
      `import type { MarketRow } from "../market/store.ts";`,
      `export * from "../market/store.ts";`,
      `export { findMarket } from "../market/store.ts";`,
      `const store = await import("../market/store.ts");`,
      `import { klinesQuery } from "../market/schema.ts";`,
      `import { type Kline, klinesQuery } from "../market/schema.ts";`,
      `import { Memory } from "../../core-wasm/memory.ts";`,
    ],
  });
});

Deno.test("capability-imports allows services, schema types, packages and the own folder", () => {
  assertAllowed("capability-imports", {
    path: "api/backtests/service.ts",
    sources: [
      `import { listKlines } from "../market/service.ts";`,
      `import type { Kline } from "../market/schema.ts";`,
      `import { type Kline, type Ticker } from "../market/schema.ts";`,
      `export type { Kline } from "../market/schema.ts";`,
      `import { z } from "zod";`,
      `import { insertBacktest } from "./store.ts";`,
      `import { loadCore } from "../../core-wasm/mod.ts";`,
    ],
  });
});

Deno.test("capability-imports names the service to call instead", () => {
  const source = `import { findMarket } from "../market/store.ts";`;
  assert.deepEqual(lintMessages("capability-imports", "api/backtests/service.ts", source), [
    'Cannot import "api/market/store.ts": call a verb of "api/market/service.ts"',
  ]);
});

const READS = [
  `const port = Deno.env.get("PORT");`,
  `const all = Deno["env"].toObject();`,
  `const port = globalThis.Deno.env.get("PORT");`,
  `const port = process.env.PORT;`,
  `const { env } = Deno;`,
  `import { env } from "node:process";`,
];

Deno.test("environment-in-main refuses every read of the environment outside main.ts", () => {
  assertRefused("environment-in-main", { path: "api/platform/config.ts", sources: READS });
  assertRefused("environment-in-main", { path: "workers/handlers/backtest.ts", sources: READS });
});

Deno.test("environment-in-main allows main.ts, tests, tools and other members of Deno", () => {
  assertAllowed("environment-in-main", { path: "api/main.ts", sources: READS });
  assertAllowed("environment-in-main", { path: "api/orders/cases_test.ts", sources: READS });
  assertAllowed("environment-in-main", { path: "core-wasm/tools/compare.ts", sources: READS });
  assertAllowed("environment-in-main", {
    path: "api/platform/blobs.ts",
    sources: [`const text = await Deno.readTextFile(path);`, `const env = settings.env;`],
  });
});
