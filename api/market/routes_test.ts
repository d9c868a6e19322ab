import assert from "node:assert/strict";
import { loadSeries } from "./series.ts";
import { decodeBlock } from "./candles/blocks.ts";
import { createMarketTest, csvOf, HOUR, type MarketTest, START } from "./testing.ts";

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // deno-lint-ignore no-explicit-any -- JSON of whatever route a test asks
  readonly body: any;
}

type Who = keyof MarketTest["users"];

async function request(
  market: MarketTest,
  path: string,
  init: RequestInit & { as?: Who } = {},
): Promise<Answer> {
  const { as = "ann", ...rest } = init;
  const answer = await market.users[as].as(`/api/v1/market${path}`, rest);
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: text === "" ? null : JSON.parse(text),
  };
}

async function newDataset(market: MarketTest, as: Who = "ann", name = "mine"): Promise<string> {
  const body = JSON.stringify({ name });
  const headers = { "Content-Type": "application/json" };
  const answer = await request(market, "/datasets", { method: "POST", body, headers, as });
  assert.equal(answer.status, 201);
  return answer.body.id;
}

function upload(
  market: MarketTest,
  dataset: string,
  text: BodyInit,
  { query = "filename=BTC_USDT-1h.csv", headers = {} } = {},
): Promise<Answer> {
  const path = `/datasets/${dataset}/imports?${query}`;
  return request(market, path, {
    ...{ method: "POST", body: text },
    headers: { "Content-Type": "text/csv", ...headers },
  });
}

Deno.test("POST /datasets creates one, lists it and refuses the name a second time with 409", async () => {
  await using market = await createMarketTest();
  const id = await newDataset(market);
  const init = { method: "POST", headers: { "Content-Type": "application/json" } };
  const taken = await request(market, "/datasets", { ...init, body: '{"name":"mine"}' });
  assert.equal(taken.status, 409);
  assert.equal(taken.body.code, "NAME_TAKEN");
  const venue = await request(market, "/datasets", { ...init, body: '{"name":"venue"}' });
  assert.equal(venue.status, 409);
  const list = await request(market, "/datasets");
  assert.deepEqual(list.body.items.map((item: { name: string }) => item.name), ["venue", "mine"]);
  assert.equal(list.body.total, 2);
  const shown = await request(market, `/datasets/${id}`);
  assert.deepEqual([shown.body.name, shown.body.shared], ["mine", false]);
});

Deno.test("POST /imports streams a file in, and its report is found again", async () => {
  await using market = await createMarketTest();
  const id = await newDataset(market);
  const done = await upload(market, id, csvOf([10, 11, 12]));
  assert.equal(done.status, 201);
  assert.equal(done.body.symbol, "BTC/USDT");
  assert.equal(done.body.inserted, 3);
  assert.equal(done.headers.get("Location"), `/api/v1/market/imports/${done.body.id}`);
  const shown = await request(market, `/imports/${done.body.id}`);
  assert.deepEqual(shown.body, done.body);
  const list = await request(market, `/datasets/${id}/imports`);
  assert.deepEqual(list.body.items, [done.body]);
});

Deno.test("POST /imports takes a packed file, and says 422 for what is no candle file", async () => {
  await using market = await createMarketTest();
  const id = await newDataset(market);
  const packed = new Blob([csvOf([10, 11])]).stream().pipeThrough(new CompressionStream("gzip"));
  const bytes = await new Response(packed).arrayBuffer();
  assert.equal((await upload(market, id, bytes)).body.inserted, 2);
  for (const text of ["hello", '{"a":1}', "PK\x03\x04"]) {
    const refused = await upload(market, id, text);
    assert.equal(refused.status, 422, text);
    assert.equal(refused.body.code, "CANDLES_REFUSED");
  }
  const unnamed = await upload(market, id, csvOf([10, 11]), { query: "filename=x.csv" });
  assert.equal(unnamed.status, 422);
  assert.deepEqual(unnamed.body.errors, [{
    field: "symbol",
    message: "Name the symbol: the file's name does not tell it",
  }]);
});

Deno.test("POST /imports takes feather, parquet, JSON and zip under any content type", async () => {
  await using market = await createMarketTest();
  const id = await newDataset(market);
  const names = ["zstd.feather", "zstd.parquet", "freqtrade.json", "binance.zip"];
  for (const [index, name] of names.entries()) {
    const bytes = await Deno.readFile(new URL(`files/testdata/${name}`, import.meta.url));
    const headers = { "Content-Type": name.endsWith("json") ? "application/json" : "text/csv" };
    const done = await upload(market, id, bytes, { headers });
    assert.equal(done.status, 201, name);
    assert.equal(done.body.inserted, index === 0 ? 120 : 0, name);
  }
});

Deno.test("POST /imports answers 413 beyond the limit, by its header and while it streams", async () => {
  await using market = await createMarketTest({ IMPORT_BYTES_MAX: "2000" });
  const id = await newDataset(market);
  const text = csvOf(Array.from({ length: 200 }, () => 10));
  const declared = await upload(market, id, text, {
    headers: { "Content-Length": String(text.length) },
  });
  assert.equal(declared.status, 413);
  const streamed = await upload(market, id, text);
  assert.equal(streamed.status, 413);
  assert.equal((await request(market, "/coverage")).body.total, 0);
});

Deno.test("POST /imports answers the same file and key again, and another file 422", async () => {
  await using market = await createMarketTest();
  const id = await newDataset(market);
  const headers = { "Idempotency-Key": "once" };
  const text = csvOf([10, 11, 12]);
  const first = await upload(market, id, text, { headers });
  assert.equal(first.status, 201);
  const inPieces = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.slice(at, at + 7));
      controller.close();
    },
  });
  const again = await upload(market, id, inPieces, { headers });
  assert.deepEqual([again.status, again.body], [201, first.body]);
  assert.equal(again.headers.get("Idempotent-Replayed"), "true");
  for (const type of ["text/csv", "application/json"]) {
    const other = await upload(market, id, csvOf([10, 11, 13]), {
      headers: { ...headers, "Content-Type": type },
    });
    assert.deepEqual([other.status, other.body.code], [422, "IDEMPOTENCY_KEY_REUSED"], type);
  }
  const klines = await request(market, "/klines/BTCUSDT?interval=1h");
  assert.deepEqual(klines.body.data.map((row: { close: string }) => Number(row.close)), [
    10,
    11,
    12,
  ]);
});

Deno.test("A stranger's dataset answers every path as an unknown one does", async () => {
  await using market = await createMarketTest();
  const id = await newDataset(market);
  const done = await upload(market, id, csvOf([10]));
  const none = "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e";
  const json = { "Content-Type": "application/json" };
  const calls = (dataset: string, importId: string): [string, RequestInit][] => [
    [`/datasets/${dataset}`, {}],
    [`/datasets/${dataset}`, { method: "DELETE" }],
    [`/datasets/${dataset}/imports`, {}],
    [`/datasets/${dataset}/imports?filename=A_B-1h.csv`, { method: "POST", body: csvOf([10]) }],
    [`/datasets/${dataset}/markets`, { method: "PUT", body: '{"A/B":{}}', headers: json }],
    [`/imports/${importId}`, {}],
    [`/symbols?dataset=${dataset}`, {}],
    [`/coverage?dataset=${dataset}`, {}],
    [`/klines/BTCUSDT?dataset=${dataset}`, {}],
    [`/ticker/BTCUSDT?dataset=${dataset}`, {}],
  ];
  const strange = calls(id, done.body.id);
  for (const [index, [path, init]] of calls(none, none).entries()) {
    const [theirs, theirInit] = strange[index] ?? ["", {}];
    const unknown = await request(market, path, { ...init, as: "bob" });
    const foreign = await request(market, theirs, { ...theirInit, as: "bob" });
    assert.equal(foreign.status, 404, theirs);
    assert.deepEqual({ ...foreign.body, request_id: "" }, { ...unknown.body, request_id: "" });
  }
  assert.equal((await request(market, "/symbols", { as: "bob" })).body.total, 0);
  assert.equal((await request(market, "/coverage", { as: "bob" })).body.total, 0);
});

Deno.test("GET /klines shows candles as documented, the latest or from a start on", async () => {
  await using market = await createMarketTest();
  await upload(market, await newDataset(market), csvOf([10, 11.25, 12, 13]));
  const latest = await request(market, "/klines/BTCUSDT?interval=1h&limit=2");
  assert.equal(latest.status, 200);
  assert.equal(latest.body.symbol, "BTCUSDT");
  assert.equal(latest.body.interval, "1h");
  assert.deepEqual([latest.body.market, latest.body.dataset], ["BTC/USDT", "mine"]);
  assert.deepEqual(latest.body.data, [
    {
      ...{ timestamp: "2024-01-01T02:00:00.000Z", open: "12", high: "13", low: "11", close: "12" },
      volume: "5",
    },
    {
      ...{ timestamp: "2024-01-01T03:00:00.000Z", open: "13", high: "14", low: "12", close: "13" },
      volume: "5",
    },
  ]);
  const closes = async (query: string) =>
    (await request(market, `/klines/BTC_USDT?${query}`)).body.data
      .map((row: { close: string }) => row.close);
  assert.deepEqual(await closes("start=2024-01-01T01:00:00Z&limit=2"), ["11.25", "12"]);
  assert.deepEqual(await closes(`end=${START + HOUR}`), ["10", "11.25"]);
  assert.deepEqual(await closes(`start=${START + HOUR}&end=${START + HOUR}`), ["11.25"]);
  for (const bad of ["limit=0", "limit=1001", "interval=7x", "start=yesterday"]) {
    assert.equal((await request(market, `/klines/BTCUSDT?${bad}`)).status, 422, bad);
  }
});

Deno.test("GET /klines answers 304 until an import changes the series, then its candles", async () => {
  await using market = await createMarketTest();
  const dataset = await newDataset(market);
  await upload(market, dataset, csvOf([10, 11]));
  const path = "/api/v1/market/klines/BTCUSDT?interval=1h&limit=2";
  const closesOf = async (answer: Response) =>
    (await answer.json()).data.map(({ close }: { close: string }) => close);
  const first = await market.users.ann.as(path);
  assert.deepEqual(await closesOf(first), ["10", "11"]);
  const headers = { "If-None-Match": first.headers.get("ETag") ?? "" };
  assert.equal((await market.users.ann.as(path, { headers })).status, 304);
  await upload(market, dataset, csvOf([10, 12, 13]));
  const changed = await market.users.ann.as(path, { headers });
  assert.equal(changed.status, 200);
  assert.deepEqual(await closesOf(changed), ["12", "13"]);
});

Deno.test("GET /klines makes longer candles from shorter ones", async () => {
  await using market = await createMarketTest();
  const closes = Array.from({ length: 30 }, (_, hour) => 10 + hour);
  await upload(market, await newDataset(market), csvOf(closes));
  const answer = await request(market, "/klines/BTCUSDT?interval=4h&limit=2");
  assert.deepEqual(
    answer.body.data.map((row: { timestamp: string; close: string; volume: string }) => [
      row.timestamp.slice(0, 16),
      row.close,
      row.volume,
    ]),
    [["2024-01-01T20:00", "33", "20"], ["2024-01-02T00:00", "37", "20"]],
  );
  assert.equal((await request(market, "/klines/BTCUSDT?interval=5m")).body.code, "NO_CANDLES");
});

Deno.test("GET /klines answers a block of columns to a client that accepts octets", async () => {
  await using market = await createMarketTest();
  await upload(market, await newDataset(market), csvOf([10, 11]));
  const answer = await market.users.ann.as("/api/v1/market/klines/BTC%2FUSDT", {
    headers: { Accept: "application/octet-stream" },
  });
  assert.equal(answer.headers.get("Content-Type"), "application/octet-stream");
  assert.equal(answer.headers.get("X-Candles-Market"), "BTC/USDT");
  const candles = decodeBlock(new Uint8Array(await answer.arrayBuffer()));
  assert.deepEqual([...candles.time], [START, START + HOUR]);
  assert.deepEqual([...candles.close], [10, 11]);
});

Deno.test("GET /ticker tells the last close and when it was", async () => {
  await using market = await createMarketTest();
  await upload(market, await newDataset(market), csvOf([10, 11.5]));
  const { body } = await request(market, "/ticker/BTCUSDT");
  assert.equal(body.symbol, "BTCUSDT");
  assert.equal(body.price, "11.5");
  assert.equal(body.timestamp, "2024-01-01T02:00:00.000Z");
});

Deno.test("GET /klines answers 422 with the candidates when a spelling names two markets", async () => {
  await using market = await createMarketTest();
  const id = await newDataset(market);
  await upload(market, id, csvOf([10]));
  await upload(market, id, csvOf([20]), { query: "filename=BTC_USDT_USDT-1h-futures.csv" });
  const ambiguous = await request(market, "/klines/BTCUSDT");
  assert.equal(ambiguous.status, 422);
  assert.equal(ambiguous.body.code, "AMBIGUOUS_SYMBOL");
  assert.deepEqual(ambiguous.body.candidates, ["BTC/USDT", "BTC/USDT:USDT"]);
  const closeOf = async (symbol: string) =>
    (await request(market, `/ticker/${encodeURIComponent(symbol)}`)).body.price;
  assert.equal(await closeOf("BTC/USDT"), "10");
  assert.equal(await closeOf("BTC/USDT:USDT"), "20");
});

Deno.test("GET /ticker looks on the default exchange and names the others", async () => {
  await using market = await createMarketTest();
  const id = await newDataset(market);
  await upload(market, id, csvOf([10]), { query: "filename=BTC_USDT-1h.csv&exchange=kraken" });
  const missing = await request(market, "/ticker/BTCUSDT");
  assert.equal(missing.status, 404);
  assert.match(missing.body.detail, /no candles on exchange "binance", but on kraken/);
  assert.equal((await request(market, "/ticker/BTCUSDT?exchange=kraken")).body.price, "10");
});

Deno.test("PUT /markets sets rules that later imports keep", async () => {
  await using market = await createMarketTest();
  const id = await newDataset(market);
  const rules = {
    "BTC/USDT": {
      precision: { price: 0.01, amount: "0.00001" },
      limits: { cost: { min: 5 } },
      taker: 0.001,
      asset_type: "stock",
    },
  };
  const put = await request(market, `/datasets/${id}/markets`, {
    method: "PUT",
    body: JSON.stringify(rules),
    headers: { "Content-Type": "application/json" },
  });
  assert.deepEqual(put.body, { updated: 1 });
  await upload(market, id, csvOf([10]));
  const { items } = (await request(market, "/symbols")).body;
  assert.equal(items.length, 1);
  assert.equal(items[0].price_tick, "0.01");
  assert.equal(items[0].taker_rate, "0.001");
  assert.equal(items[0].session, "exchange_days");
  assert.deepEqual(items[0].limits, { cost: { min: "5" } });
});

Deno.test("GET /coverage names range, revision and gaps of every series", async () => {
  await using market = await createMarketTest();
  const id = await newDataset(market);
  await upload(market, id, csvOf([10, undefined, 12]));
  const { items } = (await request(market, "/coverage?symbol=btc-usdt")).body;
  assert.deepEqual(items, [{
    dataset: "mine",
    dataset_id: id,
    exchange: "binance",
    symbol: "BTC/USDT",
    candle_type: "spot",
    timeframe: "1h",
    revision: 1,
    candles: 2,
    from: "2024-01-01T00:00:00.000Z",
    to: "2024-01-01T02:00:00.000Z",
    missing: 1,
    gaps: [{ from: "2024-01-01T01:00:00.000Z", to: "2024-01-01T01:00:00.000Z", missing: 1 }],
  }]);
});

Deno.test("DELETE /datasets removes an own dataset with its candles and answers 404 afterwards", async () => {
  await using market = await createMarketTest();
  const id = await newDataset(market);
  await upload(market, id, csvOf([10]));
  assert.equal((await request(market, `/datasets/${id}`, { method: "DELETE" })).status, 204);
  assert.equal((await request(market, `/datasets/${id}`, { method: "DELETE" })).status, 404);
  assert.equal((await request(market, "/coverage")).body.total, 0);
  const venue = (await request(market, "/datasets")).body.items[0].id;
  for (const as of ["ann", "root"] as const) {
    const refused = await request(market, `/datasets/${venue}`, { method: "DELETE", as });
    assert.equal(refused.status, 403, as);
  }
});

Deno.test("GET /klines writes tiny and dusty prices as plain decimals", async () => {
  await using market = await createMarketTest();
  const id = await newDataset(market);
  const text = `time,open,high,low,close\n${START},0.00000123,1e-3,1.2e-7,0.0027589999999999997\n`;
  await upload(market, id, text);
  const { data } = (await request(market, "/klines/BTCUSDT")).body;
  assert.deepEqual(data, [{
    ...{ timestamp: "2024-01-01T00:00:00.000Z", open: "0.00000123", high: "0.001" },
    ...{ low: "0.00000012", close: "0.002759", volume: null },
  }]);
});

Deno.test("A dataset with rules but without the candles asked for does not hide another one", async () => {
  await using market = await createMarketTest();
  const venue = (await request(market, "/datasets")).body.items[0].id;
  const path = `/datasets/${venue}/imports?filename=BTC_USDT-1h.csv`;
  const shared = await request(market, path, {
    ...{ method: "POST", body: csvOf([10, 11]), as: "root" as const },
    headers: { "Content-Type": "text/csv" },
  });
  assert.equal(shared.status, 201, JSON.stringify(shared.body));
  const id = await newDataset(market);
  const rules = JSON.stringify({ "BTC/USDT": { maker: 0.5 } });
  const headers = { "Content-Type": "application/json" };
  await request(market, `/datasets/${id}/markets`, { method: "PUT", body: rules, headers });
  const from = async (path: string) => (await request(market, path)).body.dataset;
  assert.equal(await from("/klines/BTCUSDT?interval=1h"), "venue");
  assert.equal(await from("/ticker/BTCUSDT"), "venue");
  const { pin } = await loadSeries(market.ann, { symbol: "BTCUSDT", timeframe: "1h" });
  assert.equal(pin.dataset, "venue");
  assert.equal((await request(market, "/coverage?symbol=BTCUSDT")).body.items[0].dataset, "venue");
  const daily = csvOf([20, 21]).replace(String(START + HOUR), String(START + 24 * HOUR));
  const own = await upload(market, id, daily, { query: "filename=BTC_USDT-1d.csv" });
  assert.equal(own.status, 201, JSON.stringify(own.body));
  assert.equal(await from("/klines/BTCUSDT?interval=1h"), "venue");
  assert.equal(await from("/klines/BTCUSDT?interval=1d"), "mine");
  assert.equal(await from("/ticker/BTCUSDT"), "mine");
  const none = await request(market, "/klines/BTCUSDT?interval=5m");
  assert.deepEqual([none.status, none.body.code], [422, "NO_CANDLES"]);
  assert.match(none.body.detail, /dataset "mine" has 1d/);
});
