import assert from "node:assert/strict";
import { tables } from "../platform/database/open.ts";
import { type HranaServer, startHranaServer } from "../platform/testing/hrana_server.ts";
import { createTestApp, type TestApp } from "../testing.ts";
import { login, post, refresh, refreshed, statusWith } from "./testing.ts";

/** Two processes' worth of apps over one database server, with one ring of master keys. */
async function withTwo(
  work: (one: TestApp, two: TestApp, server: HranaServer) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "candlewick-test-" });
  try {
    await using server = startHranaServer({ path: `${folder}/shared.db` });
    const settings = { DATABASE_URL: server.url, MASTER_KEYS: `main:${"A".repeat(43)}` };
    await using one = await createTestApp(settings);
    await using two = await createTestApp(settings);
    two.clock.advance(1);
    await work(one, two, server);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function makeAdmin(test: TestApp, userId: string): Promise<void> {
  await tables<{ users: { id: string; role: string } }>(test.platform.db).updateTable("users")
    .set({ role: "admin" }).where("id", "=", userId).execute();
}

Deno.test("Two processes over one server share accounts, sessions and keys", () =>
  withTwo(async (one, two) => {
    const alice = await one.signUp("alice");
    assert.equal(await statusWith(two, alice.token), 200);
    const next = await refreshed(two, alice.refreshToken);
    assert.equal(await statusWith(one, next.access_token), 200);
    assert.equal((await login(two, alice)).status, 200);
    assert.equal(
      (await post(two, "register", {
        username: "Alice",
        email: "other@example.com",
        password: "a long password",
      })).status,
      409,
    );
  }));

Deno.test("What one process cuts off the other cuts off within two seconds", () =>
  withTwo(async (one, two) => {
    const alice = await one.signUp("alice");
    const root = await one.signUp("root");
    await makeAdmin(one, root.userId);
    const { access_token } = await (await login(two, alice)).json();
    const admin = await (await login(one, root)).json();
    assert.equal(await statusWith(two, access_token), 200);
    const answer = await one.app.request(`/api/v1/users/${alice.userId}`, {
      method: "PATCH",
      headers: {
        Authorization: `Bearer ${admin.access_token}`,
        "Content-Type": "application/json",
      },
      body: JSON.stringify({ is_active: false }),
    });
    assert.equal(answer.status, 200);
    two.clock.advance(1_999);
    assert.equal(await statusWith(two, access_token), 401);
    assert.equal((await refresh(two, alice.refreshToken)).status, 403);
  }));

Deno.test("A theft is found out whichever process sees it", () =>
  withTwo(async (one, two) => {
    const alice = await one.signUp("alice");
    const owner = await refreshed(two, alice.refreshToken);
    const next = await refreshed(one, owner.refresh_token);
    assert.equal(await statusWith(one, next.access_token), 200);
    assert.equal((await refresh(two, alice.refreshToken)).status, 401);
    one.clock.advance(1_999);
    assert.equal(await statusWith(one, next.access_token), 401);
  }));
