import assert from "node:assert/strict";
import { createTestApp, type TestApp, toRequest } from "../testing.ts";
import { login, refresh, statusWith } from "./testing.ts";

const PATH = "/api/v1/auth/sessions";

async function loginFrom(
  test: TestApp,
  user: { name: string; password: string },
  { hostname, agent }: { hostname: string; agent: string },
) {
  const init = toRequest({
    json: { username: user.name, password: user.password },
    headers: { "User-Agent": agent },
  });
  const answer = await test.app.request("/api/v1/auth/login", init, { remoteAddr: { hostname } });
  return await answer.json();
}

Deno.test("GET /auth/sessions lists the caller's own that are still good, and marks this one", async () => {
  await using test = await createTestApp();
  const [alice] = [await test.signUp("alice"), await test.signUp("bob")];
  test.clock.advance(1_000);
  await loginFrom(test, alice, { hostname: "192.0.2.7", agent: "Phone/1.0" });
  const answer = await alice.as(PATH);
  assert.equal(answer.status, 200);
  const { items, total } = await answer.json();
  assert.equal(total, 2);
  assert.deepEqual({ ...items[0], id: "" }, {
    id: "",
    created_at: "2026-01-01T00:00:01.000Z",
    used_at: "2026-01-01T00:00:01.000Z",
    expires_at: "2026-01-08T00:00:01.000Z",
    address: "192.0.2.7",
    user_agent: "Phone/1.0",
    current: false,
  });
  assert.equal(items[1].current, true);
  const page = await alice.as(`${PATH}?limit=1&offset=1`);
  assert.equal((await page.json()).items.length, 1);
  assert.match(page.headers.get("Link") ?? "", /rel="prev"/);
});

Deno.test("GET /auth/sessions leaves out sessions that are over", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  test.clock.advance(8 * 86_400_000);
  const token = (await (await login(test, alice)).json()).access_token;
  const answer = await test.app.request(PATH, toRequest({}, `Bearer ${token}`));
  assert.equal((await answer.json()).total, 1);
});

Deno.test("GET /auth/sessions shows the latest use, written once a minute", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const usedAt = async () => {
    await test.platform.writeBehinds.flush();
    return (await (await alice.as(PATH)).json()).items[0].used_at;
  };
  test.clock.advance(59_000);
  assert.equal(await usedAt(), "2026-01-01T00:00:00.000Z");
  test.clock.advance(1_000);
  await alice.as("/api/v1/users/me");
  assert.equal(await usedAt(), "2026-01-01T00:01:00.000Z");
});

Deno.test("DELETE /auth/sessions/{id} ends that session alone and leaves one audit row", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const other = await (await login(test, alice)).json();
  assert.equal(await statusWith(test, other.access_token), 200);
  const { items } = await (await alice.as(PATH)).json();
  const { id } = items.find(({ current }: { current: boolean }) => !current);
  assert.equal((await alice.as(`${PATH}/${id}`, { method: "DELETE" })).status, 204);
  assert.equal(await statusWith(test, other.access_token), 401);
  assert.equal((await refresh(test, other.refresh_token)).status, 401);
  assert.equal(await statusWith(test, alice.token), 200);
  const { audits, events } = await test.traces(id);
  assert.deepEqual(audits.map(({ action }) => action), ["session.create", "session.revoke"]);
  assert.equal(events.at(-1)?.type, "session.revoked");
  assert.equal((await alice.as(`${PATH}/${id}`, { method: "DELETE" })).status, 404);
});

Deno.test("DELETE /auth/sessions/{id} answers a stranger as for an unknown id", async () => {
  await using test = await createTestApp();
  const [alice, bob] = [await test.signUp("alice"), await test.signUp("bob")];
  const { items } = await (await alice.as(PATH)).json();
  const remove = async (id: string) => {
    const answer = await bob.as(`${PATH}/${id}`, { method: "DELETE" });
    return [answer.status, (await answer.json()).detail];
  };
  const unknown = "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e";
  assert.deepEqual(await remove(items[0].id), await remove(unknown));
  assert.equal((await remove(unknown))[0], 404);
  assert.equal(await statusWith(test, alice.token), 200);
  const { audits } = await test.traces(items[0].id);
  assert.equal(audits.filter(({ action }) => action === "session.revoke").length, 0);
});

Deno.test("DELETE /auth/sessions ends all others and keeps this one", async () => {
  await using test = await createTestApp();
  const [alice, bob] = [await test.signUp("alice"), await test.signUp("bob")];
  const others = [await (await login(test, alice)).json(), await (await login(test, alice)).json()];
  assert.equal((await alice.as(PATH, { method: "DELETE" })).status, 204);
  for (const { access_token } of others) assert.equal(await statusWith(test, access_token), 401);
  assert.equal(await statusWith(test, alice.token), 200);
  assert.equal(await statusWith(test, bob.token), 200);
  assert.equal((await (await alice.as(PATH)).json()).total, 1);
});

Deno.test("The sessions' routes refuse who has no session", async () => {
  await using test = await createTestApp();
  for (const method of ["GET", "DELETE"]) {
    assert.equal((await test.app.request(PATH, { method })).status, 401);
    assert.equal((await test.asLocal(PATH, { method })).status, 403);
  }
});
