/** Every operation that writes leaves one audit row of its request, and at least one event. */
import assert from "node:assert/strict";
import { sendPasswordReset } from "./auth/service.ts";
import type { JobTables } from "./jobs/rows.ts";
import { createCtx } from "./platform/context.ts";
import { tables } from "./platform/database/open.ts";
import {
  createTestApp,
  type TestApp,
  type TestRequest,
  type TestUser,
  toRequest,
} from "./testing.ts";

/** What a request leaves in the two tables of traces. */
interface TraceTables {
  audit_actions: { row_id: number; request_id: string; action: string };
  events: { row_id: number; type: string };
}

/** A request that has to succeed, after what it needs has been made. */
type Prepare = (world: World) => Promise<Call>;

interface Call {
  readonly path: string;
  readonly init?: TestRequest;
  /** Nobody: the request carries no token. */
  readonly from: TestUser | "nobody" | "this machine";
}

interface World {
  readonly test: TestApp;
  readonly ann: TestUser;
  newName(): string;
  /** A user of its own for what ends sessions or changes accounts. */
  newUser(): Promise<TestUser>;
  /** Sends a request as ann and answers what it made. */
  make(path: string, init: TestRequest): Promise<Record<string, string>>;
  /** Of ann's, as all below: answers the id. */
  newStrategy(): Promise<string>;
  newDataset(): Promise<string>;
  newBacktestRequest(): Promise<Record<string, string>>;
  newBacktest(): Promise<string>;
  newJob(): Promise<string>;
}

/** POST operations that change nothing. */
const READS = new Set(["analyzeStrategy", "computeIndicator"]);

/** Writes without an owner's row to tell of: a ticket stands in KV for 30 seconds. */
const WITHOUT_TRACE = new Set(["createWebSocketTicket"]);

/** Writes that concern nobody's resources, so that no client waits for an event. */
const WITHOUT_EVENT = new Set(["copyDatabase", "purgeCacheKeys"]);

const CODE = `from freqtrade.strategy import IStrategy


class Traced(IStrategy):
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

const FIRST_OPEN_MS = 1_700_000_100_000;
const ROWS = Array.from(
  { length: 40 },
  (_, row) => `${FIRST_OPEN_MS + row * 300_000},1,2,0.5,1,10`,
);
const UPLOAD: TestRequest = {
  method: "POST",
  headers: { "Content-Type": "text/csv" },
  body: `timestamp_ms,open,high,low,close,volume\n${ROWS.join("\n")}\n`,
};
const FILE = "filename=AAA_BBB-5m.csv&exchange=simulated";
const DELETE: TestRequest = { method: "DELETE" };
const POST: TestRequest = { method: "POST" };
const PASSWORD = "a brand new password";

function auth(path: string): string {
  return `/api/v1/auth/${path}`;
}

function market(path: string): string {
  return `/api/v1/market/${path}`;
}

const CALLS: Readonly<Record<string, Prepare>> = {
  copyDatabase: () =>
    Promise.resolve({ path: "/api/v1/system/backup", init: POST, from: "this machine" }),
  purgeCacheKeys: async ({ test }) => ({
    path: "/api/v1/cache/keys/nothing",
    init: DELETE,
    from: await test.admin(),
  }),
  register: ({ newName }) => {
    const username = newName();
    const json = { username, email: `${username}@example.com`, password: PASSWORD };
    return Promise.resolve({ path: auth("register"), init: { json }, from: "nobody" });
  },
  login: async ({ newUser }) => {
    const { name, password } = await newUser();
    return { path: auth("login"), init: { json: { username: name, password } }, from: "nobody" };
  },
  refreshTokens: async ({ newUser }) => {
    const json = { refresh_token: (await newUser()).refreshToken };
    return { path: auth("refresh"), init: { json }, from: "nobody" };
  },
  logout: async ({ newUser }) => ({ path: auth("logout"), init: POST, from: await newUser() }),
  changePassword: async ({ newUser }) => {
    const user = await newUser();
    const json = { current_password: user.password, new_password: PASSWORD };
    return { path: auth("change-password"), init: { json }, from: user };
  },
  forgotPassword: async ({ newUser }) => {
    const json = { email: `${(await newUser()).name}@example.com` };
    return { path: auth("forgot-password"), init: { json }, from: "nobody" };
  },
  resetPassword: async ({ test, newUser }) => {
    const json = { token: await mailToken(test, await newUser()), new_password: PASSWORD };
    return { path: auth("reset-password"), init: { json }, from: "nobody" };
  },
  rotateSigningKeys: async ({ test }) => ({
    path: auth("keys/rotate"),
    init: POST,
    from: await test.admin(),
  }),
  endOtherSessions: async ({ test, newUser }) => {
    const user = await newUser();
    await signInAgain(test, user);
    return { path: auth("sessions"), init: DELETE, from: user };
  },
  endSession: async ({ test, newUser }) => {
    const user = await newUser();
    await signInAgain(test, user);
    const { items } = await (await user.as(auth("sessions"))).json();
    const other = items.find((each: { current: boolean }) => !each.current);
    return { path: auth(`sessions/${other.id}`), init: DELETE, from: user };
  },
  createApiToken: ({ ann }) =>
    Promise.resolve({ path: auth("tokens"), init: { json: { name: "Traced" } }, from: ann }),
  deleteApiToken: async ({ ann, make }) => {
    const { id } = await make(auth("tokens"), { json: { name: "Goes" } });
    return { path: auth(`tokens/${id}`), init: DELETE, from: ann };
  },
  updateMe: ({ ann }) => {
    const init = { method: "PATCH", json: { full_name: "Ann" } };
    return Promise.resolve({ path: "/api/v1/users/me", init, from: ann });
  },
  updateUser: async ({ test, newUser }) => {
    const init = { method: "PATCH", json: { is_active: false } };
    const { userId } = await newUser();
    return { path: `/api/v1/users/${userId}`, init, from: await test.admin() };
  },
  createStrategy: ({ ann, newName }) => {
    const json = { name: newName(), description: "", code: CODE };
    return Promise.resolve({ path: "/api/v1/strategies", init: { json }, from: ann });
  },
  updateStrategy: async ({ ann, newStrategy }) => ({
    path: `/api/v1/strategies/${await newStrategy()}`,
    init: { method: "PATCH", json: { description: "Changed" } },
    from: ann,
  }),
  replaceStrategy: async ({ ann, newStrategy, newName }) => ({
    path: `/api/v1/strategies/${await newStrategy()}`,
    init: { method: "PUT", json: { name: newName(), description: "", code: `${CODE}\n# 2` } },
    from: ann,
  }),
  deleteStrategy: async ({ ann, newStrategy }) => ({
    path: `/api/v1/strategies/${await newStrategy()}`,
    init: DELETE,
    from: ann,
  }),
  createDataset: ({ ann, newName }) =>
    Promise.resolve({ path: market("datasets"), init: { json: { name: newName() } }, from: ann }),
  deleteDataset: async ({ ann, newDataset }) => ({
    path: market(`datasets/${await newDataset()}`),
    init: DELETE,
    from: ann,
  }),
  importCandles: async ({ ann, newDataset }) => ({
    path: market(`datasets/${await newDataset()}/imports?${FILE}`),
    init: UPLOAD,
    from: ann,
  }),
  putMarkets: async ({ ann, newDataset }) => ({
    path: market(`datasets/${await newDataset()}/markets`),
    init: { method: "PUT", json: { "BTC/USDT": { precision: { price: 0.01 } } } },
    from: ann,
  }),
  createBacktest: async ({ ann, newBacktestRequest }) => ({
    path: "/api/v1/backtests",
    init: { json: await newBacktestRequest() },
    from: ann,
  }),
  deleteBacktest: async ({ ann, newBacktest }) => ({
    path: `/api/v1/backtests/${await newBacktest()}`,
    init: DELETE,
    from: ann,
  }),
  cancelBacktest: async ({ ann, newBacktest }) => ({
    path: `/api/v1/backtests/${await newBacktest()}/cancel`,
    init: POST,
    from: ann,
  }),
  submitJob: ({ ann }) =>
    Promise.resolve({ path: "/api/v1/jobs", init: { json: { name: "purge_jobs" } }, from: ann }),
  deleteJob: async ({ ann, newJob }) => ({
    path: `/api/v1/jobs/${await newJob()}`,
    init: DELETE,
    from: ann,
  }),
  cancelJob: async ({ ann, newJob }) => ({
    path: `/api/v1/jobs/${await newJob()}/cancel`,
    init: POST,
    from: ann,
  }),
  retryJob: async ({ test, ann, newJob }) => {
    const id = await newJob();
    await tables<JobTables>(test.platform.db).updateTable("jobs")
      .set({ status: "failed", finished_at: test.clock.now() }).where("id", "=", id).execute();
    return { path: `/api/v1/jobs/${id}/retry`, init: POST, from: ann };
  },
};

async function openWorld(): Promise<World> {
  const test = await createTestApp();
  const ann = await test.signUp("ann");
  const newName = () => `n${test.platform.ids.uuid().slice(-12)}`;
  const make = async (path: string, init: TestRequest) => {
    const answer = await ann.as(path, init);
    const body = await answer.json();
    assert.equal(answer.status, 201, JSON.stringify(body));
    return body;
  };
  const newStrategy = async () => {
    const json = { name: newName(), description: "", code: CODE };
    return (await make("/api/v1/strategies", { json })).id ?? "";
  };
  const newDataset = async () =>
    (await make(market("datasets"), { json: { name: newName() } })).id ?? "";
  const newBacktestRequest = async () => {
    const dataset = await newDataset();
    await make(market(`datasets/${dataset}/imports?${FILE}`), UPLOAD);
    const strategy_id = await newStrategy();
    return { strategy_id, dataset, symbol: "AAA/BBB", exchange: "simulated" };
  };
  return {
    test,
    ann,
    newName,
    newUser: () => test.signUp(newName()),
    make,
    newStrategy,
    newDataset,
    newBacktestRequest,
    newBacktest: async () =>
      (await make("/api/v1/backtests", { json: await newBacktestRequest() })).id ?? "",
    newJob: async () => (await make("/api/v1/jobs", { json: { name: "purge_jobs" } })).job_id ?? "",
  };
}

async function signInAgain({ app }: TestApp, { name, password }: TestUser): Promise<void> {
  const init = toRequest({ json: { username: name, password } });
  assert.equal((await app.request(auth("login"), init)).status, 200);
}

/** The token that a mail brought to the user. */
async function mailToken({ platform, dataDir }: TestApp, { name }: TestUser): Promise<string> {
  const ctx = createCtx(platform, { actor: null, signal: new AbortController().signal });
  await sendPasswordReset(ctx, `${name}@example.com`);
  for (const file of Deno.readDirSync(`${dataDir}/mail`)) {
    const text = await Deno.readTextFile(`${dataDir}/mail/${file.name}`);
    const token = /^[A-Za-z0-9_-]{43}$/m.exec(text)?.[0];
    if (token !== undefined && text.includes(`To: ${name}@example.com`)) return token;
  }
  throw new Error(`No mail to ${name}`);
}

async function listWrites(test: TestApp): Promise<string[]> {
  const { paths } = await (await test.app.request("/openapi.json")).json();
  return Object.values<Record<string, { operationId: string }>>(paths)
    .flatMap((methods) => Object.entries(methods))
    .filter(([method]) => ["post", "put", "patch", "delete"].includes(method))
    .map(([, { operationId }]) => operationId)
    .filter((id) => !READS.has(id) && !WITHOUT_TRACE.has(id));
}

async function send({ test, ann }: World, call: Call, requestId: string): Promise<Response> {
  const headers = { ...call.init?.headers, "X-Request-ID": requestId };
  const init = { ...call.init, headers };
  if (call.from === "this machine") return await test.asLocal(call.path, init);
  if (call.from === "nobody") return await test.app.request(call.path, toRequest(init));
  return await (call.from ?? ann).as(call.path, init);
}

/** The rows that were written after `marks`. */
async function readTraces({ platform }: TestApp, marks: { audit: number; event: number }) {
  const db = tables<TraceTables>(platform.db);
  return {
    audits: await db.selectFrom("audit_actions").select(["row_id", "request_id", "action"])
      .where("row_id", ">", marks.audit).orderBy("row_id").execute(),
    events: await db.selectFrom("events").select(["row_id", "type"])
      .where("row_id", ">", marks.event).orderBy("row_id").execute(),
  };
}

async function findMarks(test: TestApp) {
  const { audits, events } = await readTraces(test, { audit: 0, event: 0 });
  return { audit: audits.at(-1)?.row_id ?? 0, event: events.at(-1)?.row_id ?? 0 };
}

Deno.test("Every operation that writes leaves one audit row and tells of it by an event", async (t) => {
  const world = await openWorld();
  const { test } = world;
  await using _ = test;
  for (const operationId of await listWrites(test)) {
    await t.step(operationId, async () => {
      const prepare = CALLS[operationId];
      assert.ok(prepare, "a new operation that writes stands in CALLS");
      const call = await prepare(world);
      const marks = await findMarks(test);
      const answer = await send(world, call, `trace-${operationId}`);
      const body = await answer.text();
      assert.ok(answer.ok, `${answer.status} ${body}`);
      const { audits, events } = await readTraces(test, marks);
      assert.deepEqual(audits.map(({ request_id }) => request_id), [`trace-${operationId}`]);
      const told = WITHOUT_EVENT.has(operationId) ? events.length === 0 : events.length > 0;
      assert.ok(told, `${events.length} events`);
    });
  }
});
