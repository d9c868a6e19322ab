import assert from "node:assert/strict";
import { importSimulatedMarket, listSymbols, loadSeries } from "./service.ts";
import { countRows, createMarketTest } from "./testing.ts";

Deno.test("importSimulatedMarket() fills the shared dataset once, labelled as simulated", async () => {
  await using market = await createMarketTest();
  const { system, bob } = market;
  const first = await importSimulatedMarket(system);
  assert.deepEqual(first.imported, ["BTC/USDT 5m", "BTC/USDT 1h", "ETH/USDT 5m", "ETH/USDT 1h"]);
  const before = await countRows(system);
  assert.deepEqual(await importSimulatedMarket(system), { imported: [] });
  assert.deepEqual(await countRows(system), before);
  const { items } = await listSymbols(bob, {}, { limit: 10, offset: 0 });
  assert.deepEqual(items.map(({ symbol, source }) => [symbol, source]), [
    ["BTC/USDT", "simulated"],
    ["ETH/USDT", "simulated"],
  ]);
  const { candles } = await loadSeries(bob, { symbol: "ETHUSDT", timeframe: "5m" });
  assert.equal(candles.time.length, 105_408);
});

Deno.test("importSimulatedMarket() is refused to a user", async () => {
  await using market = await createMarketTest();
  await assert.rejects(importSimulatedMarket(market.ann), { code: "FORBIDDEN" });
});
