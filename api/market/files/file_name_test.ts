import assert from "node:assert/strict";
import { describeFileName, type FileNameFacts } from "./file_name.ts";

function facts(path: string): Partial<FileNameFacts> {
  return Object.fromEntries(
    Object.entries(describeFileName(path)).filter(([, value]) => value !== undefined),
  );
}

Deno.test("describeFileName() reads freqtrade's names, spot and derivatives", () => {
  const crypto = { assetType: "crypto" };
  assert.deepEqual(facts("a/ADA_BTC-5m.csv"), {
    ...crypto,
    pair: "ADA/BTC",
    timeframe: "5m",
    candleType: "spot",
  });
  const xrp = { ...crypto, pair: "XRP/USDT:USDT" };
  const name = (rest: string) => facts(`XRP_USDT_USDT-${rest}.csv.gz`);
  assert.deepEqual(name("5m-futures"), { ...xrp, timeframe: "5m", candleType: "futures" });
  assert.deepEqual(name("1h-mark"), { ...xrp, timeframe: "1h", candleType: "mark" });
  assert.deepEqual(name("1h-funding_rate"), {
    ...xrp,
    timeframe: "1h",
    candleType: "funding_rate",
  });
  assert.deepEqual(name("funding"), { ...xrp, candleType: "funding_rate" });
});

Deno.test("describeFileName() looks past the ending of every format", () => {
  const known = facts("ADA_BTC-5m.csv");
  for (const ending of ["feather", "parquet", "json", "json.gz", "csv.zip", "zip"]) {
    assert.deepEqual(facts(`data/ADA_BTC-5m.${ending}`), known, ending);
  }
});

Deno.test("describeFileName() reads LEAN's names, their day and their scale", () => {
  assert.deepEqual(facts("cryptofuture_binance_minute_adausdt_20221213_trade.csv"), {
    pair: "ADA/USDT:USDT",
    assetType: "crypto",
    exchange: "binance",
    timeframe: "1m",
    candleType: "futures",
    midnightMs: Date.UTC(2022, 11, 13),
  });
  assert.deepEqual(facts("20131007_btcusd_minute_trade.csv"), {
    pair: "BTC/USD",
    assetType: "crypto",
    timeframe: "1m",
    candleType: "spot",
    midnightMs: Date.UTC(2013, 9, 7),
  });
  assert.equal(facts("equity_usa_daily_spy_trade.csv").priceScale, 1e-4);
});

Deno.test("describeFileName() reads other vendors' names", () => {
  const pairs: Record<string, [string | undefined, string | undefined, string | undefined]> = {
    "BTCUSDT-1h-2024-10-28.csv": ["BTC/USDT", "1h", "binance"],
    "futures-um-klines-BTCUSDT-1mo-2024-10.csv": ["BTC/USDT:USDT", "1M", "binance"],
    "Coinbase_BTCUSD_1h.csv": ["BTC/USD", "1h", "coinbase"],
    "gbpusd-m1-bid-2012.csv": ["GBP/USD", "1m", undefined],
    "btc-perp-20211231-20220201_1m.csv": ["BTC/USD:USD", "1m", undefined],
    "EURUSD.csv": ["EUR/USD", undefined, undefined],
    "SPY_D.csv": ["SPY/USD", "1d", undefined],
    "BNBUSD_d.csv": ["BNB/USD", "1d", undefined],
    "candles.csv": [undefined, undefined, undefined],
  };
  for (const [name, [pair, timeframe, exchange]] of Object.entries(pairs)) {
    const found = describeFileName(name);
    assert.deepEqual(
      [found.pair, found.timeframe, found.exchange],
      [pair, timeframe, exchange],
      name,
    );
  }
  assert.equal(facts("EURUSD.csv").assetType, "currency");
  assert.equal(facts("GOOG.csv").assetType, "stock");
});
