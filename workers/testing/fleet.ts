/** Several processes over one libSQL server and one KV, with a person who uses them. */
import assert from "node:assert/strict";
import { SCOPES } from "../../api/auth/scopes.ts";
import { type OpenPlatform, openPlatform } from "../../api/boot.ts";
import { importCandles } from "../../api/market/service.ts";
import { createCtx, systemActor } from "../../api/platform/context.ts";
import { pause } from "../../api/platform/clock.ts";
import { startHranaServer } from "../../api/platform/testing/hrana_server.ts";
import { testSettings } from "../../api/testing.ts";
import { candleFile } from "./candles.ts";
import { copyForServer } from "./ground.ts";
import { findDenokv, type KvServer, startKvServer } from "./kv_server.ts";
import { createTallyTable } from "./tally.ts";

export type Platform = OpenPlatform["platform"];

export interface Fleet extends AsyncDisposable {
  /** What every process is started with. */
  readonly environment: Record<string, string>;
  /** Opens database and KV in this process. */
  open(): Promise<OpenPlatform>;
  /** Takes the database server away for a while. */
  withoutDatabase(work: () => Promise<void>): Promise<void>;
  /** The KV server; null where the KV is a file that processes share. */
  readonly kvServer: KvServer | null;
}

export interface FleetOptions {
  /** Years of 5m candles of BTC/USDT; 0: none. */
  readonly years: number;
  readonly seed: number;
  readonly leaseMs: number;
}

/** Lays the database into a file first, which is faster, and serves a copy of it then. */
export async function layFleet({ years, seed, leaseMs }: FleetOptions): Promise<Fleet> {
  const dataDir = await Deno.makeTempDir({ prefix: "candlewick-fleet-" });
  await layFile(dataDir, { years, seed });
  const path = await copyForServer(dataDir);
  let database = startHranaServer({ path, idleMs: 1_000 });
  const port = Number(new URL(database.url).port);
  const binary = findDenokv();
  const kvServer = binary === null ? null : await startKvServer(binary, dataDir);
  const environment = {
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    JOB_LEASE_MS: String(leaseMs),
    WORKER_CPU_CORES: "4",
    ARGON2_MEMORY_KIB: "8",
    ARGON2_PASSES: "1",
    RATE_LIMITS: "off",
    ...(kvServer === null ? {} : { KV_URL: kvServer.url }),
  };
  return {
    environment,
    kvServer,
    open: () => openPlatform(testSettings(dataDir, environment)),
    async withoutDatabase(work) {
      await database[Symbol.asyncDispose]();
      try {
        await work();
      } finally {
        database = startHranaServer({ path, port, idleMs: 1_000 });
      }
    },
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await kvServer?.[Symbol.asyncDispose]();
      await Deno.remove(dataDir, { recursive: true });
    },
  };
}

async function layFile(
  dataDir: string,
  { years, seed }: Pick<FleetOptions, "years" | "seed">,
): Promise<void> {
  const { platform, close } = await openPlatform(testSettings(dataDir));
  await createTallyTable(platform.db);
  const { signal } = new AbortController();
  const ctx = createCtx(platform, { actor: systemActor(SCOPES), signal });
  if (years > 0) {
    const stream = candleFile(years, seed);
    await importCandles(ctx, { dataset: "venue", fileName: "BTC_USDT-5m.csv", stream });
  }
  await close();
}

export interface Person {
  readonly userId: string;
  readonly username: string;
  readonly token: string;
  call(method: string, path: string, json?: unknown): Promise<Answered>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Answer;
}

// deno-lint-ignore no-explicit-any -- a test looks at answers as a client without types does
type Answer = any;

/** Signs somebody up at a server; the token is good at every server of the fleet. */
export async function signUp(url: string, username: string): Promise<Person> {
  const account = { username, email: `${username}@example.com`, password: `${username} password` };
  const { status, body } = await send(url, "POST", "/api/v1/auth/register", { json: account });
  assert.equal(status, 201, JSON.stringify(body));
  const { access_token: token, user } = body;
  return {
    userId: user.id,
    username,
    token,
    call: (method, path, json) => send(url, method, path, { json, token }),
  };
}

/** Sends one request and reads its JSON. */
export async function send(
  url: string,
  method: string,
  path: string,
  { json, token }: { json?: unknown; token?: string } = {},
): Promise<Answered> {
  const headers = new Headers();
  if (json !== undefined) headers.set("Content-Type", "application/json");
  if (token !== undefined) headers.set("Authorization", `Bearer ${token}`);
  const body = json === undefined ? null : JSON.stringify(json);
  const answer = await fetch(`${url}${path}`, { method, headers, body });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: text === "" ? null : JSON.parse(text),
  };
}

/** Looks again and again until `holds`; a test that waits for ever is ended by its runner. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!await holds()) await pause(100);
}
