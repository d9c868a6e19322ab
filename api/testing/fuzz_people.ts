/** Who a fuzzing run acts as, and the rows that each of its operations may use up. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type Person, send, signUp, until } from "../../workers/testing/fleet.ts";
import { runAdmin } from "../cli/admin/run_admin.ts";
import type { Values } from "./fuzz_document.ts";

export interface FuzzRole {
  readonly name: "user" | "admin";
  readonly token: string;
  /** Real ids, tokens and names, by operation and by parameter or body member; `*`: everywhere. */
  readonly values: Values;
  /** Who asks in place of the role's own session, where asking would end that. */
  readonly authorizations: Readonly<Record<string, string>>;
}

/** A person with rows that are there to be read, and their spares, which are there to be lost. */
export interface Owner {
  readonly person: Person;
  readonly name: "user" | "admin";
  readonly strategies: readonly string[];
  readonly spareStrategies: readonly string[];
  readonly datasets: readonly string[];
  readonly spareDatasets: readonly string[];
  readonly imports: readonly string[];
  readonly backtests: readonly string[];
  /** Jobs that ended: completed ones first. */
  readonly jobs: readonly string[];
  readonly failedJobs: readonly string[];
  readonly sessions: readonly string[];
  readonly refreshTokens: readonly string[];
  readonly apiTokens: readonly string[];
  readonly resetTokens: readonly string[];
}

const SPARES = 40;
const FEW = 10;
const CANDLES = "timestamp,open,high,low,close,volume\n1704067200000,1,1,1,1,1\n" +
  "1704067500000,1,1,1,1,1\n";

/** Lays an owner's rows through a server that runs jobs, and waits for their ends. */
export async function layOwner(
  url: string,
  name: "user" | "admin",
  dataDir: string,
): Promise<Owner> {
  const person = await signUp(url, `fuzz-${name}`);
  if (name === "admin") await runAdmin(["grant", emailOf(person), "--data-dir", dataDir], {});
  const strategies = await createStrategies(person, "Kept", 3);
  const datasets = await createDatasets(person, "kept", 2);
  const imports = await Promise.all(datasets.map((id) => importCandles(url, person, id)));
  const created = await Promise.all(
    strategies.map((strategy) => create(person, "/api/v1/backtests", backtestOf(strategy))),
  );
  const failedJobs = await many(SPARES, () => createJob(person, VERIFY_NOTHING));
  const jobs = created.map(({ job_id }) => String(job_id));
  await untilEnded(person, [...jobs, ...failedJobs]);
  return {
    person,
    name,
    strategies,
    spareStrategies: await createStrategies(person, "Spare", SPARES),
    datasets,
    spareDatasets: await createDatasets(person, "spare", SPARES),
    imports,
    backtests: created.map(({ id }) => String(id)),
    jobs,
    failedJobs,
    ...await layAccess(url, person, { name, dataDir }),
  };
}

/** What a role may do over a server that runs no jobs: what waits there waits to be cancelled. */
export async function layRole(url: string, owner: Owner): Promise<FuzzRole> {
  const { person, name } = owner;
  const strategy = owner.strategies[0] ?? assert.fail();
  const waiting = () =>
    many(SPARES, () => create(person, "/api/v1/backtests", backtestOf(strategy)));
  const [cancelled, deleted] = [await waiting(), await waiting()];
  const [leaver, changer, tidier] = await many(3, (at) => signUp(url, `fuzz-${name}-${at}`));
  assert.ok(leaver && changer && tidier);
  const strangers = await many(FEW, (at) => signUp(url, `spare-${name}-${at}`));
  const password = `fuzz-${name}-1 password`;
  return {
    name,
    token: person.token,
    authorizations: {
      logout: bearer(leaver),
      changePassword: bearer(changer),
      endOtherSessions: bearer(tidier),
    },
    values: {
      ...readingValues(owner),
      ...losingValues(owner),
      cancelBacktest: { backtest_id: idsOf(cancelled) },
      deleteBacktest: { backtest_id: idsOf(deleted) },
      cancelJob: { job_id: await many(SPARES, () => createJob(person, PURGE)) },
      deleteJob: { job_id: await many(SPARES, () => createJob(person, PURGE)) },
      updateUser: { user_id: strangers.map(({ userId }) => userId) },
      changePassword: { current_password: [password], new_password: [password] },
      login: { username: [person.username], password: [`${person.username} password`] },
    },
  };
}

/** What stays, however often it is asked for. */
function readingValues({ person, strategies, datasets, imports, backtests, jobs }: Owner): Values {
  const where = { exchange: ["binance"], dataset: ["venue"] };
  const market = { ...where, symbol: ["BTCUSDT", "BTC/USDT", "ETH_USDT"] };
  const when = { start_date: ["2024-01-01"], end_date: ["2024-02-01T00:00:00Z", 1709251200000] };
  const series = { ...where, symbol: ["BTC/USDT", "ETH/USDT"], timeframe: ["1h"] };
  return {
    "*": {
      strategy_id: strategies,
      version: [1],
      dataset_id: datasets,
      import_id: imports,
      backtest_id: backtests,
      job_id: jobs,
      user_id: [person.userId],
    },
    listSymbols: where,
    listCoverage: market,
    getKlines: market,
    getTicker: market,
    exportCandles: { ...market, timeframe: ["5m", "1h"] },
    createBacktest: {
      ...{ ...series, ...when, symbols: [["BTC/USDT"], ["BTC/USDT", "ETH/USDT"]] },
      ...{ class_name: ["TrendPullback"], parameters: [{ buy: { buy_rsi: 30 } }] },
    },
    computeIndicator: {
      ...{ ...series, name: ["EMA", "RSI"], parameters: [{}, { timeperiod: 3 }] },
      inputs: [{ real: Array.from({ length: 30 }, (_, at) => at % 7) }],
    },
    putMarkets: { exchange: ["kraken"] },
    submitJob: { name: ["purge_jobs"], args: [{}, { older_than_days: 30 }] },
    importCandles: {
      ...{ body: [CANDLES], filename: ["AAA_BBB-5m.csv"], symbol: ["AAA/BBB"] },
      ...{ exchange: ["binance"], timeframe: ["5m"], format: ["header"] },
    },
  };
}

/** What is gone after it was asked for once. */
function losingValues(owner: Owner): Values {
  return {
    deleteStrategy: { strategy_id: owner.spareStrategies },
    deleteDataset: { dataset_id: owner.spareDatasets },
    deleteApiToken: { token_id: owner.apiTokens },
    endSession: { session_id: owner.sessions },
    refreshTokens: { refresh_token: owner.refreshTokens },
    resetPassword: { token: owner.resetTokens },
    retryJob: { job_id: owner.failedJobs },
    replaceStrategy: { name: newNames("renamed") },
    register: {
      username: newNames(owner.name),
      email: newNames(owner.name).map((name) => `${name}@example.com`),
    },
  };
}

function newNames(prefix: string): string[] {
  return Array.from({ length: SPARES }, (_, at) => `new-${prefix}-${at}`);
}

async function layAccess(
  url: string,
  person: Person,
  { name, dataDir }: { name: string; dataDir: string },
) {
  const lost = await many(SPARES, (at) => signUp(url, `lost-${name}-${at}`));
  for (const each of lost) {
    const json = { email: emailOf(each) };
    const { status } = await send(url, "POST", "/api/v1/auth/forgot-password", { json });
    assert.equal(status, 202);
  }
  const json = { username: person.username, password: `${person.username} password` };
  await many(SPARES, () => send(url, "POST", "/api/v1/auth/login", { json }));
  const sessions = await person.call("GET", "/api/v1/auth/sessions?limit=100");
  const others = sessions.body.items.filter(({ current }: { current: boolean }) => !current);
  const logins = await many(FEW, () => send(url, "POST", "/api/v1/auth/login", { json }));
  const tokens = await many(FEW, (at) => create(person, "/api/v1/auth/tokens", { name: `t${at}` }));
  return {
    sessions: idsOf(others),
    refreshTokens: logins.map(({ body }) => String(body.refresh_token)),
    apiTokens: idsOf(tokens),
    resetTokens: await readResetTokens(dataDir, lost.map(emailOf)),
  };
}

/** Waits for the mails and reads their tokens, in the order of the addresses. */
async function readResetTokens(dataDir: string, addresses: readonly string[]): Promise<string[]> {
  const tokens = new Map<string, string>();
  await until(async () => {
    for (const { to, token } of await readMails(join(dataDir, "mail"))) tokens.set(to, token);
    return addresses.every((address) => tokens.has(address));
  });
  return addresses.map((address) => tokens.get(address) ?? assert.fail());
}

async function readMails(folder: string): Promise<{ to: string; token: string }[]> {
  const mails: { to: string; token: string }[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) {
      if (!name.endsWith(".eml")) continue;
      const text = await Deno.readTextFile(join(folder, name));
      const to = /^To: (\S+)$/m.exec(text)?.[1];
      const token = /^\s*([\w-]{43})\s*$/m.exec(text)?.[1];
      if (to !== undefined && token !== undefined) mails.push({ to, token });
    }
  } catch (err) {
    if (!(err instanceof Deno.errors.NotFound)) throw err;
  }
  return mails;
}

const STRATEGY = new URL("../../examples/strategies/trend_pullback.py", import.meta.url);
const PURGE = { name: "purge_jobs", args: {} };
const VERIFY_NOTHING = {
  name: "verify_candles",
  args: { symbol: "NONE/USDT", timeframe: "1h" },
  max_retries: 0,
};

function backtestOf(strategy_id: string) {
  return {
    strategy_id,
    symbol: "BTC/USDT",
    timeframe: "1h",
    start_date: "2024-01-01",
    end_date: "2024-03-01",
  };
}

async function createStrategies(person: Person, prefix: string, count: number): Promise<string[]> {
  const code = await Deno.readTextFile(STRATEGY);
  return idsOf(
    await many(
      count,
      (at) => create(person, "/api/v1/strategies", { name: `${prefix} ${at}`, code }),
    ),
  );
}

async function createDatasets(person: Person, prefix: string, count: number): Promise<string[]> {
  return idsOf(
    await many(
      count,
      (at) => create(person, "/api/v1/market/datasets", { name: `${prefix}-${at}` }),
    ),
  );
}

async function importCandles(url: string, person: Person, datasetId: string): Promise<string> {
  const answer = await fetch(
    `${url}/api/v1/market/datasets/${datasetId}/imports?filename=AAA_BBB-5m.csv`,
    {
      method: "POST",
      headers: { Authorization: bearer(person), "Content-Type": "text/csv" },
      body: CANDLES,
    },
  );
  const body = await answer.json();
  assert.equal(answer.status, 201, JSON.stringify(body));
  return body.id;
}

async function createJob(person: Person, json: unknown): Promise<string> {
  return String((await create(person, "/api/v1/jobs", json)).job_id);
}

async function create(
  person: Person,
  path: string,
  json: unknown,
): Promise<Record<string, unknown>> {
  const { status, body } = await person.call("POST", path, json);
  assert.equal(status, 201, `${path}: ${JSON.stringify(body)}`);
  return body;
}

async function untilEnded(person: Person, jobIds: readonly string[]): Promise<void> {
  for (const id of jobIds) {
    await until(async () => {
      const { body } = await person.call("GET", `/api/v1/jobs/${id}`);
      return body.status === "completed" || body.status === "failed";
    });
  }
}

/** One after another, because an owner's rows are numbered in a transaction each. */
async function many<T>(count: number, make: (at: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let at = 0; at < count; at++) made.push(await make(at));
  return made;
}

function idsOf(rows: readonly Record<string, unknown>[]): string[] {
  return rows.map(({ id }) => String(id));
}

function emailOf({ username }: Person): string {
  return `${username}@example.com`;
}

function bearer({ token }: Person): string {
  return `Bearer ${token}`;
}
