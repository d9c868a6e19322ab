/** What the docs page offers to send is sent: every operation's own example, to a running server. */
import assert from "node:assert/strict";
import { runAdmin } from "./cli/admin/run_admin.ts";
import { pause } from "./platform/clock.ts";
import { type RunningServer, startServer } from "./server.ts";
import { testSettings } from "./testing.ts";

/** Examples that a running server cannot take, and why. */
const REFUSED: Readonly<Record<string, { status: number; reason: string }>> = {
  register: { status: 409, reason: "the account of the example is the one that asks" },
  refreshTokens: { status: 401, reason: "no token can be written down beforehand" },
  resetPassword: { status: 422, reason: "no token can be written down beforehand" },
  copyDatabase: { status: 403, reason: "only a command on the server's machine may" },
  cancelBacktest: { status: 409, reason: "the backtest has ended: its results are read" },
  cancelJob: { status: 409, reason: "the job has ended" },
  retryJob: { status: 409, reason: "the job has not failed" },
};

/** Answers that do not end, or are no HTTP. */
const OTHER_WAYS = new Set(["streamEvents", "openWebSocket"]);

/** What hides the shared candles from others, or ends what they need, comes last, in this order. */
const LAST = [
  "putMarkets",
  "importCandles",
  "deleteBacktest",
  "deleteJob",
  "deleteStrategy",
  "deleteDataset",
  "deleteApiToken",
  "endSession",
  "endOtherSessions",
  "changePassword",
  "logout",
];

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly example?: unknown;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { schema: Schema; example?: unknown }>>;
  };
}

interface World {
  readonly baseUrl: string;
  readonly token: string;
  readonly ids: Record<string, string>;
  readonly schemas: Readonly<Record<string, Schema>>;
}

Deno.test("Every operation takes the example that its document gives", async (t) => {
  const dataDir = await Deno.makeTempDir({ prefix: "candlewick-examples-" });
  let server: RunningServer | undefined;
  try {
    const settings = testSettings(dataDir, { PORT: "0", RATE_LIMITS: "off" });
    server = await startServer(settings, { withSimulatedMarket: true });
    const baseUrl = `http://127.0.0.1:${server.address.port}`;
    const document = await (await fetch(`${baseUrl}/openapi.json`)).json();
    const world = await prepare(baseUrl, dataDir, document.components.schemas);
    const operations = inOrder(listOperations(document.paths));
    assert.ok(operations.length > 50);
    for (const operation of operations) {
      await t.step(operation.operationId, () => tryOut(world, operation));
    }
  } finally {
    await server?.stop();
    await Deno.remove(dataDir, { recursive: true });
  }
});

function listOperations(paths: Readonly<Record<string, Record<string, Operation>>>): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
    }))
  );
}

function inOrder(operations: readonly Operation[]): Operation[] {
  const rank = ({ operationId }: Operation) => LAST.indexOf(operationId);
  return operations.filter(({ operationId }) => !OTHER_WAYS.has(operationId))
    .toSorted((a, b) => rank(a) - rank(b));
}

async function tryOut(world: World, operation: Operation): Promise<void> {
  const answer = await send(world, operation);
  const text = await answer.text();
  const expected = REFUSED[operation.operationId]?.status;
  if (expected === undefined) assert.ok(answer.ok, `${answer.status} ${text.slice(0, 500)}`);
  else assert.equal(answer.status, expected, text.slice(0, 500));
  // The strategy of the example goes on under its own name.
  if (operation.operationId === "createStrategy") world.ids.strategy_id = JSON.parse(text).id;
}

async function send(world: World, operation: Operation): Promise<Response> {
  const { method, path, parameters = [], requestBody } = operation;
  const url = new URL(
    world.baseUrl + path.replace(/\{(\w+)\}/g, (_, name) => {
      const schema = parameters.find((each) => each.name === name)?.schema ?? {};
      return encodeURIComponent(String(world.ids[name] ?? exampleOf(world, schema)));
    }),
  );
  for (const each of parameters.filter((one) => one.in === "query" && one.required)) {
    url.searchParams.set(each.name, String(exampleOf(world, each.schema)));
  }
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const body = content === undefined ? undefined : content.example ??
    exampleOf(world, content.schema);
  return await fetch(url, {
    method,
    headers: {
      Authorization: `Bearer ${world.token}`,
      ...(type === undefined ? {} : { "Content-Type": type }),
    },
    body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
  });
}

/** The example as the page shows it; ids of rows are those that exist. */
function exampleOf(world: World, schema: Schema, name = ""): unknown {
  if (schema.$ref !== undefined) {
    return exampleOf(world, world.schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {}, name);
  }
  if (schema.example !== undefined) return withIds(world, schema.example, name);
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first !== undefined) return exampleOf(world, first, name);
  if (schema.properties !== undefined) {
    return Object.fromEntries(
      Object.entries(schema.properties)
        .map(([key, value]) => [key, exampleOf(world, value, key)] as const)
        .filter(([, value]) => value !== undefined),
    );
  }
  if (schema.items !== undefined) return [exampleOf(world, schema.items)];
  return schema.default ?? schema.const ?? schema.enum?.[0];
}

function withIds({ ids }: World, example: unknown, name: string): unknown {
  if (typeof example === "string") return ids[name] ?? example;
  if (typeof example !== "object" || example === null || Array.isArray(example)) return example;
  return Object.fromEntries(
    Object.entries(example).map(([key, value]) => [key, ids[key] ?? value]),
  );
}

/** The rows that the page's reader would have made before: an admin's, the first of each kind. */
async function prepare(
  baseUrl: string,
  dataDir: string,
  schemas: World["schemas"],
): Promise<World> {
  const post = async (path: string, token: string, body: unknown) => {
    const answer = await fetch(baseUrl + path, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${token}`,
        "Content-Type": typeof body === "string" ? "text/csv" : "application/json",
      },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    assert.ok(answer.ok, `${path} ${await answer.clone().text()}`);
    return await answer.json();
  };
  const world: World = { baseUrl, token: "", ids: {}, schemas };
  const example = (name: string) =>
    exampleOf(world, schemas[name] ?? {}) as Record<string, unknown>;
  await post("/api/v1/auth/register", "", example("Register"));
  await runAdmin(["grant", String(example("Register").email), "--data-dir", dataDir], {});
  const other = { username: "other", email: "other@example.com", password: "SecurePass123!" };
  const { user } = await post("/api/v1/auth/register", "", other);
  const { access_token: token } = await post("/api/v1/auth/login", "", example("Login"));
  const strategy = await post("/api/v1/strategies", token, {
    ...example("CreateStrategy"),
    name: "First",
  });
  const dataset = await post("/api/v1/market/datasets", token, { name: "first" });
  const imports = `/api/v1/market/datasets/${dataset.id}/imports?filename=AAA_BBB-5m.csv`;
  const imported = await post(
    imports,
    token,
    "timestamp,open,high,low,close,volume\n" +
      "1704067200000,1,1,1,1,1\n1704067500000,1,1,1,1,1\n",
  );
  Object.assign(world.ids, { strategy_id: strategy.id });
  const backtest = await post("/api/v1/backtests", token, example("CreateBacktest"));
  const apiToken = await post("/api/v1/auth/tokens", token, example("CreateApiToken"));
  const sessions = await (await fetch(`${baseUrl}/api/v1/auth/sessions`, {
    headers: { Authorization: `Bearer ${token}` },
  })).json();
  const ids = {
    strategy_id: strategy.id,
    dataset_id: dataset.id,
    import_id: imported.id,
    backtest_id: backtest.id,
    job_id: backtest.job_id,
    user_id: user.id,
    token_id: apiToken.id,
    session_id: sessions.items.find(({ current }: { current: boolean }) => !current).id,
  };
  await untilCompleted(baseUrl, token, backtest.id);
  return { ...world, token, ids };
}

async function untilCompleted(baseUrl: string, token: string, id: string): Promise<void> {
  const deadline = AbortSignal.timeout(60_000);
  for (let status = ""; status !== "completed";) {
    await pause(100, deadline);
    deadline.throwIfAborted();
    const answer = await fetch(`${baseUrl}/api/v1/backtests/${id}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    ({ status } = await answer.json());
    assert.notEqual(status, "failed");
  }
}
