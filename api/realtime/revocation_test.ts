import assert from "node:assert/strict";
import { createApp, createHub } from "../app.ts";
import { scopesOfRole } from "../auth/scopes.ts";
import { findStanding } from "../auth/service.ts";
import { tables } from "../platform/database/open.ts";
import { startHranaServer } from "../platform/testing/hrana_server.ts";
import { createTestApp, type TestApp, type TestUser, toRequest } from "../testing.ts";
import type { Hub } from "./hub.ts";
import { StandingWatch } from "./standing_watch.ts";

/** An app whose live connections end with the test. */
interface LiveApp extends AsyncDisposable {
  readonly hub: Hub;
  /** Opens a stream and answers, once it ends, its last event, or the status of a refusal. */
  follow(path: string, token: string): Promise<{ readonly ended: Promise<string> }>;
}

function openLive(test: TestApp): LiveApp {
  const hub = createHub(test.platform);
  const app = createApp(test.platform, { localToken: null, hub });
  return {
    hub,
    async follow(path, token) {
      const answer = await app.request(path, toRequest({}, `Bearer ${token}`));
      if (answer.status !== 200) {
        await answer.body?.cancel();
        return { ended: Promise.resolve(String(answer.status)) };
      }
      return { ended: answer.text().then((text) => text.trim().split("\n\n").at(-1) ?? "") };
    },
    [Symbol.asyncDispose]: () => hub.stop(),
  };
}

const DAY_MS = 86_400_000;
const ALL = "/api/v1/events/stream";
const CHANGED = "event: unauthorized\n" +
  'data: {"code":"INVALID_TOKEN","reason":"credentials have changed: sign in again"}';
const ENDED = "event: unauthorized\n" +
  'data: {"code":"INVALID_TOKEN","reason":"the session or token has ended: sign in again"}';

async function enqueuePurge(test: TestApp): Promise<{ admin: TestUser; path: string }> {
  const admin = await test.admin();
  const answer = await admin.as("/api/v1/jobs", { json: { name: "purge_jobs" } });
  const body = await answer.json();
  assert.equal(answer.status, 201, JSON.stringify(body));
  return { admin, path: `${ALL}?job_id=${body.job_id}` };
}

Deno.test("Streams of all events and of one job end with the session, and say why", async () => {
  await using test = await createTestApp();
  await using live = openLive(test);
  const { admin, path } = await enqueuePurge(test);
  const bob = await test.signUp("bob");
  const streams = [await live.follow(ALL, admin.token), await live.follow(path, admin.token)];
  const others = await live.follow(ALL, bob.token);
  await admin.as("/api/v1/auth/logout", { method: "POST" });
  test.clock.advance(1_000);
  for (const { ended } of streams) assert.equal(await ended, CHANGED);
  assert.equal(await (await live.follow(ALL, admin.token)).ended, "401");
  await live.hub.stop();
  assert.doesNotMatch(await others.ended, /unauthorized/);
});

Deno.test("A stream ends when another process disables its user, within two seconds", async () => {
  const folder = await Deno.makeTempDir({ prefix: "candlewick-test-" });
  try {
    await using server = startHranaServer({ path: `${folder}/shared.db` });
    const settings = { DATABASE_URL: server.url, MASTER_KEYS: `main:${"A".repeat(43)}` };
    await using one = await createTestApp(settings);
    await using two = await createTestApp(settings);
    await using live = openLive(two);
    const ann = await one.signUp("ann");
    const { ended } = await live.follow(ALL, ann.token);
    const root = await one.signUp("root");
    await tables<{ users: { id: string; role: string } }>(one.platform.db).updateTable("users")
      .set({ role: "admin" }).where("id", "=", root.userId).execute();
    const disabled = await root.as(`/api/v1/users/${ann.userId}`, {
      method: "PATCH",
      json: { is_active: false },
    });
    assert.equal(disabled.status, 200);
    await disabled.body?.cancel();
    const start = performance.now();
    two.clock.advance(1_000);
    assert.equal(await ended, CHANGED);
    assert.ok(performance.now() - start < 2_000);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("A stream ends with its API token: deleted, or over by itself", async () => {
  await using test = await createTestApp();
  await using live = openLive(test);
  const ann = await test.signUp("ann");
  const create = async (body: Record<string, unknown>) => {
    const answer = await ann.as("/api/v1/auth/tokens", { json: { scopes: ["read"], ...body } });
    assert.equal(answer.status, 201);
    return await answer.json();
  };
  const deleted = await create({ name: "deleted" });
  const short = await create({
    name: "short",
    expires_at: new Date(test.clock.now() + 60_000).toISOString(),
  });
  const first = await live.follow(ALL, deleted.token);
  const second = await live.follow(ALL, short.token);
  await ann.as(`/api/v1/auth/tokens/${deleted.id}`, { method: "DELETE" });
  test.clock.advance(1_000);
  assert.equal(await first.ended, CHANGED);
  test.clock.advance(60_000);
  assert.equal(await second.ended, ENDED);
});

Deno.test("A connection outlives its access token, as its session is renewed", async () => {
  await using test = await createTestApp();
  const { platform, clock } = test;
  const ann = await test.signUp("ann");
  const [session] = (await (await ann.as("/api/v1/auth/sessions")).json()).items;
  const reasons: string[] = [];
  const client = {
    actor: {
      userId: ann.userId,
      username: "ann",
      role: "user",
      scopes: scopesOfRole("user"),
      sessionId: session.id,
    },
    cutOff: (reason: string) => void reasons.push(reason),
  } as const;
  const watch = new StandingWatch(platform, (actor) => findStanding(platform, actor));
  watch.add(client);
  assert.equal(await watch.admit(client), true);
  clock.advance(6 * DAY_MS);
  const refresh = toRequest({ json: { refresh_token: ann.refreshToken } });
  await (await test.app.request("/api/v1/auth/refresh", refresh)).body?.cancel();
  clock.advance(6 * DAY_MS);
  await watch.catchUp();
  assert.deepEqual([reasons, watch.countOf(ann.userId)], [[], 1]);
  clock.advance(8 * DAY_MS);
  await watch.catchUp();
  assert.deepEqual(reasons, ["the session or token has ended: sign in again"]);
  assert.equal(watch.size, 0);
});

Deno.test("A stream counts as a connection: the fifty-first of a user is refused", async () => {
  await using test = await createTestApp();
  await using live = openLive(test);
  const ann = await test.signUp("ann");
  const streams = [];
  for (let index = 0; index < 50; index++) streams.push(await live.follow(ALL, ann.token));
  assert.equal(await (await live.follow(ALL, ann.token)).ended, "503");
  await live.hub.stop();
  for (const { ended } of streams) await ended;
});
