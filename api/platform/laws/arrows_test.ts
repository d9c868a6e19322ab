import assert from "node:assert/strict";
import { judgeArrow } from "./arrows.ts";

function refused(from: string, to: string, typeOnly = false): void {
  assert.notEqual(judgeArrow({ from, to, typeOnly }), null, `${from} may import ${to}`);
}

function allowed(from: string, to: string, typeOnly = false): void {
  assert.equal(judgeArrow({ from, to, typeOnly }), null);
}

Deno.test("judgeArrow() opens service, schema types and foundations to other capabilities", () => {
  allowed("api/backtests/service.ts", "api/market/service.ts");
  allowed("api/backtests/service.ts", "api/market/schema.ts", true);
  allowed("api/backtests/service.ts", "api/audit/emit.ts");
  allowed("api/backtests/service.ts", "api/jobs/queue.ts");
  allowed("api/backtests/routes.ts", "api/auth/scopes.ts");
  allowed("api/backtests/service.ts", "api/realtime/events.ts");
  allowed("api/backtests/service.ts", "api/platform/context.ts");
});

Deno.test("judgeArrow() closes everything else of another capability", () => {
  refused("api/backtests/service.ts", "api/market/store.ts");
  refused("api/backtests/service.ts", "api/market/store.ts", true);
  refused("api/backtests/service.ts", "api/market/routes.ts");
  refused("api/backtests/service.ts", "api/market/schema.ts");
  refused("api/backtests/service.ts", "api/strategies/python/mod.ts");
  refused("api/backtests/service.ts", "api/audit/sign.ts");
  refused("api/backtests/store.ts", "api/market/service.ts");
});

Deno.test("judgeArrow() keeps the four roles of a capability in order", () => {
  refused("api/orders/routes.ts", "api/orders/store.ts");
  refused("api/orders/store.ts", "api/orders/service.ts");
  refused("api/orders/service.ts", "api/orders/routes.ts");
  refused("api/orders/schema.ts", "api/orders/service.ts");
  allowed("api/orders/service.ts", "api/orders/store.ts");
  allowed("api/orders/service.ts", "api/orders/state.ts");
  allowed("api/orders/routes.ts", "api/orders/service.ts");
});

Deno.test("judgeArrow() keeps platform/ free of capabilities and of the laws", () => {
  refused("api/platform/context.ts", "api/users/service.ts");
  refused("api/platform/context.ts", "api/main.ts");
  refused("api/platform/context.ts", "api/platform/laws/arrows.ts");
  allowed("api/platform/database/migrate.ts", "migrations/mod.ts");
  allowed("api/platform/context.ts", "api/auth/scopes.ts", true);
  allowed("api/platform/laws/layers.ts", "api/platform/laws/arrows.ts");
});

Deno.test("judgeArrow() gives workers services and package doors, no routes and no tables", () => {
  allowed("workers/handlers/backtest.ts", "api/backtests/service.ts");
  allowed("workers/compute/main.ts", "api/strategies/python/mod.ts");
  allowed("workers/compute/main.ts", "core-wasm/mod.ts");
  refused("workers/handlers/backtest.ts", "api/backtests/store.ts");
  refused("workers/handlers/backtest.ts", "api/backtests/routes.ts");
  refused("workers/handlers/backtest.ts", "api/boot.ts");
  allowed("workers/main.ts", "api/boot.ts");
  refused("workers/main.ts", "api/jobs/store.ts");
  refused("workers/compute/main.ts", "core-wasm/memory.ts");
});

Deno.test("judgeArrow() lets the core import nothing but itself", () => {
  allowed("core-wasm/mod.ts", "core-wasm/memory.ts");
  refused("core-wasm/mod.ts", "api/platform/decimal.ts");
  refused("core-wasm/mod.ts", "workers/pool.ts", true);
  refused("api/indicators/service.ts", "core-wasm/memory.ts");
  allowed("api/indicators/service.ts", "core-wasm/mod.ts");
  allowed("api/indicators/service.ts", "core-wasm/kernel.ts", true);
});

Deno.test("judgeArrow() lets doors parse with every capability's schemas", () => {
  allowed("api/mcp/tools.ts", "api/orders/schema.ts");
  allowed("api/compat/tradebot/routes.ts", "api/bots/service.ts");
  allowed("api/cli/backtest.ts", "api/strategies/python/mod.ts");
  refused("api/compat/tradebot/routes.ts", "api/bots/store.ts");
  refused("api/mcp/tools.ts", "workers/pool.ts");
});

Deno.test("judgeArrow() leaves tests free and keeps their helpers out of production", () => {
  allowed("api/orders/service_test.ts", "api/market/store.ts");
  refused("api/orders/service.ts", "api/platform/testing.ts");
  refused("api/orders/service.ts", "api/platform/testing/clock.ts");
});

Deno.test("judgeArrow() lets the composition see everything except tables", () => {
  allowed("api/edge/edge.ts", "api/boot.ts");
  refused("api/edge/edge.ts", "api/jobs/store.ts");
  allowed("api/main.ts", "api/orders/routes.ts");
  allowed("api/main.ts", "workers/pool.ts");
  refused("api/main.ts", "api/orders/store.ts");
});
