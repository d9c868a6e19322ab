import assert from "node:assert/strict";
import { encodeBlock } from "./candles/blocks.ts";
import { findGaps } from "./candles/gaps.ts";
import { sha256Hex } from "../platform/encoding.ts";
import { simulateMarket } from "./simulated.ts";

Deno.test("simulateMarket() makes the same bytes everywhere", () => {
  const made = simulateMarket().map(({ pair, timeframe, candles }) =>
    `${pair} ${timeframe} ${sha256Hex(encodeBlock(candles)).slice(0, 16)}`
  );
  assert.deepEqual(made, [
    "BTC/USDT 5m c35ea9235c8f7ef1",
    "BTC/USDT 1h 154a55cf9abc4c76",
    "ETH/USDT 5m 3f66be2e7ee1eb66",
    "ETH/USDT 1h f0960236a872973d",
  ]);
});

Deno.test("simulateMarket() covers 2024 without a gap and with sound candles for any seed", () => {
  for (const { timeframe, candles } of [...simulateMarket(), ...simulateMarket(7)]) {
    const { time, open, high, low, close, volume } = candles;
    assert.equal(time[0], Date.UTC(2024, 0, 1));
    assert.equal(time.length, timeframe === "5m" ? 366 * 288 : 366 * 24);
    assert.deepEqual(findGaps(time, { timeframe, session: "always" }), []);
    const unsound = time.findIndex((_, row) => {
      const [o = 0, h = 0, l = 0, c = 0, v = 0] = [open, high, low, close, volume].map((it) =>
        it[row]
      );
      return !(l > 0 && l <= Math.min(o, c) && h >= Math.max(o, c) && v > 0);
    });
    assert.equal(unsound, -1);
  }
});
