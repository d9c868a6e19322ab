/** A stranger's token with a real id is answered as with an id that does not exist. */
import assert from "node:assert/strict";
import { createTestApp, type TestApp, type TestRequest, type TestUser } from "./testing.ts";

/** The kinds of ids a client can name, with one of the first user's each. */
interface Ids {
  readonly strategy_id: string;
  readonly version: string;
  readonly dataset_id: string;
  readonly dataset: string;
  readonly import_id: string;
  readonly backtest_id: string;
  readonly job_id: string;
  readonly resource_id: string;
  readonly user_id: string;
  readonly session_id: string;
  readonly token_id: string;
}

interface World {
  readonly test: TestApp;
  readonly ann: TestUser;
  readonly bob: TestUser;
  readonly ids: Ids;
}

/** Bodies that would be valid if the id were the caller's. */
const BODIES: Readonly<Record<string, (ids: Ids) => unknown>> = {
  updateUser: () => ({ is_active: false }),
  updateStrategy: () => ({ description: "taken over" }),
  replaceStrategy: () => ({ name: "Taken", description: "", code: "# taken over" }),
  putMarkets: () => ({ "BTC/USDT": { price_tick: "0.01" } }),
  createBacktest: ({ strategy_id, dataset }) => ({
    strategy_id,
    dataset,
    symbol: "AAA/BBB",
    exchange: "simulated",
  }),
  computeIndicator: ({ dataset }) => ({
    name: "RSI",
    symbol: "AAA/BBB",
    timeframe: "5m",
    exchange: "simulated",
    dataset,
  }),
};

const FIRST_OPEN_MS = 1_700_000_100_000;
const ROWS = Array.from(
  { length: 40 },
  (_, row) => `${FIRST_OPEN_MS + row * 300_000},1,2,0.5,1,10`,
);
const CSV = `timestamp_ms,open,high,low,close,volume\n${ROWS.join("\n")}\n`;

/** Query parameters that a request needs beside the ids. */
const QUERIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  importCandles: { filename: "AAA_BBB-5m.csv", exchange: "simulated" },
  getKlines: { interval: "5m", exchange: "simulated" },
  exportCandles: { timeframe: "5m", exchange: "simulated" },
  getTicker: { exchange: "simulated" },
  listCoverage: { exchange: "simulated" },
};

/** Operations that name nobody's row. A new route stands here or names ids. */
const WITHOUT_IDS = new Set([
  "getHealth",
  "getApiHealth",
  "getReady",
  "getMetrics",
  "copyDatabase",
  "getResources",
  "getCacheHealth",
  "getCacheStats",
  "purgeCacheKeys",
  "register",
  "login",
  "refreshTokens",
  "logout",
  "changePassword",
  "forgotPassword",
  "resetPassword",
  "rotateSigningKeys",
  "listSessions",
  "endOtherSessions",
  "createApiToken",
  "listApiTokens",
  "getMe",
  "updateMe",
  "listUsers",
  "analyzeStrategy",
  "createStrategy",
  "listStrategies",
  "createDataset",
  "listDatasets",
  "getJobHealth",
  "getJobStats",
  "listDeadLetters",
  "listEvents",
  "createWebSocketTicket",
  "listIndicators",

  "openWebSocket",
]);

/** Another user's id in job arguments is refused with 403; the jobs' own tests hold it. */
const EXCEPTIONS = new Set(["submitJob"]);

const ID_NAMES: ReadonlySet<string> = new Set([
  "strategy_id",
  "version",
  "dataset_id",
  "dataset",
  "import_id",
  "backtest_id",
  "job_id",
  "resource_id",
  "user_id",
  "session_id",
  "token_id",
]);

interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly pathNames: readonly string[];
  readonly queryNames: readonly string[];
  readonly takesCsv: boolean;
}

async function openWorld(): Promise<World> {
  const test = await createTestApp();
  const ann = await test.signUp("ann");
  const bob = await test.signUp("bob");
  const dataset = await created(ann, "/api/v1/market/datasets", { json: { name: "candles" } });
  const query = new URLSearchParams(QUERIES.importCandles).toString();
  const upload = await created(
    ann,
    `/api/v1/market/datasets/${dataset.id}/imports?${query}`,
    { method: "POST", headers: { "Content-Type": "text/csv" }, body: CSV },
  );
  const strategy = await created(ann, "/api/v1/strategies", {
    json: { name: "Mine", description: "", code: STRATEGY },
  });
  const backtest = await created(ann, "/api/v1/backtests", {
    json: {
      strategy_id: strategy.id,
      symbol: "AAA/BBB",
      exchange: "simulated",
      dataset: dataset.id,
    },
  });
  const token = await created(ann, "/api/v1/auth/tokens", { json: { name: "Mine" } });
  const ids = {
    strategy_id: strategy.id,
    version: "1",
    dataset_id: dataset.id,
    dataset: dataset.id,
    import_id: upload.id,
    backtest_id: backtest.id,
    job_id: backtest.job_id,
    resource_id: backtest.id,
    user_id: ann.userId,
    session_id: await firstId(ann, "/api/v1/auth/sessions"),
    token_id: token.id,
  };
  return { test, ann, bob, ids };
}

const STRATEGY = `from freqtrade.strategy import IStrategy


class Mine(IStrategy):
    timeframe = "5m"
    stoploss = -0.1

    def populate_indicators(self, dataframe, metadata):
        return dataframe

    def populate_entry_trend(self, dataframe, metadata):
        dataframe.loc[dataframe["close"] < 2, "enter_long"] = 1
        return dataframe

    def populate_exit_trend(self, dataframe, metadata):
        return dataframe
`;

async function created(user: TestUser, path: string, init: TestRequest) {
  const answer = await user.as(path, init);
  const body = await answer.json();
  assert.equal(answer.status, 201, JSON.stringify(body));
  return body;
}

async function firstId(user: TestUser, path: string): Promise<string> {
  return (await (await user.as(path)).json()).items[0].id;
}

async function readOperations(test: TestApp): Promise<Operation[]> {
  const document = await (await test.app.request("/openapi.json")).json();
  return Object.entries<Record<string, RawOperation>>(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const names = (place: string) =>
        (operation.parameters ?? []).filter((each) => each.in === place).map(({ name }) => name);
      return {
        operationId: operation.operationId,
        method: method.toUpperCase(),
        path,
        pathNames: names("path"),
        queryNames: names("query").filter((name) => ID_NAMES.has(name)),
        takesCsv: operation.requestBody?.content["text/csv"] !== undefined,
      };
    })
  );
}

interface RawOperation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
}

function namesIds(operation: Operation): boolean {
  return operation.pathNames.some((name) => ID_NAMES.has(name)) ||
    operation.queryNames.length > 0 || BODIES[operation.operationId] !== undefined;
}

async function send(user: TestUser, operation: Operation, ids: Ids): Promise<Response> {
  const { operationId, method, path, queryNames, takesCsv } = operation;
  const known: Readonly<Record<string, string>> = { ...ids, symbol: "AAA%2FBBB" };
  const url = path.replace(/\{(\w+)\}/g, (_, name) => known[name] ?? "missing");
  const query = new URLSearchParams(QUERIES[operationId]);
  for (const name of queryNames) query.set(name, known[name] ?? "missing");
  const body = BODIES[operationId]?.(ids);
  return await user.as(`${url}?${query}`, {
    method,
    ...(body === undefined ? {} : { json: body }),
    ...(takesCsv ? { headers: { "Content-Type": "text/csv" }, body: CSV } : {}),
  });
}

/** Status, headers and body with request id, time and the ids themselves masked. */
async function masked(answer: Response, ids: Ids) {
  const headers = Object.fromEntries(
    [...answer.headers].filter(([name]) => name !== "x-request-id"),
  );
  let body = await answer.text();
  for (const id of Object.values(ids)) body = body.replaceAll(id, "ID");
  body = body.replace(/"(timestamp|request_id)":"[^"]*"/g, '"$1":"MASKED"');
  return { status: answer.status, headers: maskIds(headers, ids), body };
}

function maskIds(headers: Record<string, string>, ids: Ids): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Object.values(ids).reduce((text, id) => text.replaceAll(id, "ID"), value),
    ]),
  );
}

function unknownIds(test: TestApp): Ids {
  const uuid = () => test.platform.ids.uuid();
  return {
    strategy_id: uuid(),
    version: "1",
    dataset_id: uuid(),
    dataset: uuid(),
    import_id: uuid(),
    backtest_id: uuid(),
    job_id: uuid(),
    resource_id: uuid(),
    user_id: uuid(),
    session_id: uuid(),
    token_id: uuid(),
  };
}

Deno.test("Every route is known to name ids or not to", async () => {
  await using test = await createTestApp();
  for (const operation of await readOperations(test)) {
    const { operationId } = operation;
    const listed = WITHOUT_IDS.has(operationId) || EXCEPTIONS.has(operationId);
    assert.notEqual(namesIds(operation), listed, `${operationId} stands in one list`);
  }
});

Deno.test("A stranger's token with a real id is answered as with an unknown one", async (t) => {
  const world = await openWorld();
  const { test, bob, ids } = world;
  await using _ = test;
  const unknown = unknownIds(test);
  for (const operation of (await readOperations(test)).filter(namesIds)) {
    await t.step(operation.operationId, async () => {
      const real = await masked(await send(bob, operation, ids), ids);
      const none = await masked(await send(bob, operation, unknown), unknown);
      assert.deepEqual(real, none);
      assert.ok([200, 403, 404].includes(real.status), `${real.status} ${real.body}`);
    });
  }
});

Deno.test("The owner's rows are untouched after a stranger tried every route", async () => {
  const { test, ann, bob, ids } = await openWorld();
  await using _ = test;
  const read = async () => ({
    strategy: await (await ann.as(`/api/v1/strategies/${ids.strategy_id}`)).json(),
    backtest: await (await ann.as(`/api/v1/backtests/${ids.backtest_id}`)).json(),
    dataset: await (await ann.as(`/api/v1/market/datasets/${ids.dataset_id}`)).json(),
    me: await (await ann.as("/api/v1/users/me")).json(),
    sessions: await (await ann.as("/api/v1/auth/sessions")).json(),
    tokens: await (await ann.as("/api/v1/auth/tokens")).json(),
  });
  const before = await read();
  for (const operation of (await readOperations(test)).filter(namesIds)) {
    await (await send(bob, operation, ids)).body?.cancel();
  }
  assert.deepEqual(await read(), before);
});

Deno.test("A stranger's request with the owner's Idempotency-Key simply succeeds", async () => {
  const { test, ann, bob } = await openWorld();
  await using _ = test;
  const request = {
    json: { name: "Keyed", description: "", code: STRATEGY },
    headers: { "Idempotency-Key": "shared-key" },
  };
  const first = await created(ann, "/api/v1/strategies", request);
  const answer = await bob.as("/api/v1/strategies", request);
  assert.equal(answer.status, 201);
  assert.equal(answer.headers.get("Idempotent-Replayed"), null);
  assert.notEqual((await answer.json()).id, first.id);
});
