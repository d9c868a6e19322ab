/** A real app on a real libSQL file and a real KV, in a folder of its own; only time is fake. */
import assert from "node:assert/strict";
import { createApp } from "./app.ts";
import { openPlatform } from "./boot.ts";
import { parseSettings, type Settings } from "./platform/config.ts";
import type { Platform } from "./platform/context.ts";
import { findTraces, type Traces } from "./platform/database/testing.ts";
import type { Router } from "./platform/http/router.ts";
import { createFakeClock, createSeededRandom, type FakeClock } from "./platform/testing.ts";

export interface TestApp extends AsyncDisposable {
  readonly app: Router;
  readonly platform: Platform;
  readonly clock: FakeClock;
  readonly dataDir: string;
  /** Registers `name` with `name@example.com` and signs in; ready to send requests as that user. */
  signUp(name: string): Promise<TestUser>;
  /** The same for a user who is an admin; a name of its own each time. */
  admin(): Promise<TestUser>;
  /** The audit rows and outbox events about one row, oldest first. */
  traces(resourceId: string): Promise<Traces>;
  /** Sends a request as a command on this machine does: as the system, with every scope. */
  asLocal(path: string, init?: TestRequest): Promise<Response>;
}

export interface TestUser {
  readonly userId: string;
  readonly name: string;
  readonly password: string;
  readonly token: string;
  readonly refreshToken: string;
  /** Sends a request with the user's access token. */
  as(path: string, init?: TestRequest): Promise<Response>;
}

/** `json` is sent as the body; the method is then POST unless named. */
export interface TestRequest extends RequestInit {
  readonly json?: unknown;
}

/** Settings of every test: cheap hashes, a folder of its own. */
export function testSettings(dataDir: string, overrides: Record<string, string> = {}): Settings {
  return parseSettings({
    DATA_DIR: dataDir,
    ARGON2_MEMORY_KIB: "8",
    ARGON2_PASSES: "1",
    LOG_LEVEL: "error",
    RATE_LIMITS: "off",
    ...overrides,
  });
}

/** `await using test = await createTestApp()`: everything is closed and deleted at the end. */
export async function createTestApp(overrides: Record<string, string> = {}): Promise<TestApp> {
  const dataDir = await Deno.makeTempDir({ prefix: "candlewick-test-" });
  const clock = createFakeClock();
  const opened = await openPlatform(testSettings(dataDir, overrides), {
    clock,
    random: createSeededRandom(1),
  });
  const { localToken } = opened;
  const app = createApp(opened.platform, { localToken });
  let admins = 0;
  const test: TestApp = {
    app,
    platform: opened.platform,
    clock,
    dataDir,
    signUp: (name) => signUp(app, name),
    admin: async () => {
      admins++;
      const user = await signUp(app, `admin-${admins}`);
      await expectStatus(
        await test.asLocal(`/api/v1/users/${user.userId}`, {
          method: "PATCH",
          json: { role: "admin" },
        }),
        200,
      );
      return user;
    },
    traces: (resourceId) => findTraces(opened.platform.db, resourceId),
    asLocal: async (path, init) =>
      await app.request(path, toRequest(init, `Local ${localToken}`), LOOPBACK),
    [Symbol.asyncDispose]: async () => {
      await opened.close();
      await Deno.remove(dataDir, { recursive: true });
    },
  };
  return test;
}

/** What Deno.serve tells of a client on this machine. */
const LOOPBACK = { remoteAddr: { hostname: "127.0.0.1" } };

async function signUp(app: Router, name: string): Promise<TestUser> {
  const password = `password of ${name}`;
  const answer = await app.request(
    "/api/v1/auth/register",
    toRequest({ json: { username: name, email: `${name}@example.com`, password } }),
  );
  const body = await expectStatus(answer, 201);
  return {
    userId: body.user.id,
    name,
    password,
    token: body.access_token,
    refreshToken: body.refresh_token,
    as: async (path, init) =>
      await app.request(path, toRequest(init, `Bearer ${body.access_token}`)),
  };
}

/** A request as `app.request` takes it. */
export function toRequest(init: TestRequest | undefined, authorization?: string): RequestInit {
  const { json, ...rest } = init ?? {};
  const headers = new Headers(rest.headers);
  if (authorization !== undefined) headers.set("Authorization", authorization);
  if (json === undefined) return { ...rest, headers };
  headers.set("Content-Type", "application/json");
  return { method: "POST", ...rest, headers, body: JSON.stringify(json) };
}

/** The answer's JSON, once its status is the expected one. */
async function expectStatus(answer: Response, status: number) {
  const body = await answer.json();
  assert.equal(answer.status, status, JSON.stringify(body));
  return body;
}
