import assert from "node:assert/strict";
import { createTestApp } from "../testing.ts";
import { refresh, refreshed, statusWith } from "./testing.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

Deno.test("POST /auth/refresh answers the documented fields and a new refresh token", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const answer = await refresh(test, alice.refreshToken);
  assert.equal(answer.status, 200);
  const { access_token, refresh_token, ...rest } = await answer.json();
  assert.deepEqual(rest, { token_type: "bearer" });
  assert.notEqual(refresh_token, alice.refreshToken);
  assert.equal(await statusWith(test, access_token), 200);
});

Deno.test("A client that keeps sending its first refresh token goes on until its 7 days end", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const stepMs = 29 * MINUTE_MS;
  let elapsedMs = 0;
  let refreshes = 0;
  while (elapsedMs + stepMs < 7 * DAY_MS) {
    test.clock.advance(stepMs);
    elapsedMs += stepMs;
    const { access_token } = await refreshed(test, alice.refreshToken);
    if (refreshes++ % 25 === 0) assert.equal(await statusWith(test, access_token), 200);
  }
  assert.equal(refreshes, 347);
  test.clock.advance(7 * DAY_MS - elapsedMs);
  assert.equal((await refresh(test, alice.refreshToken)).status, 401);
});

Deno.test("A client that takes each new refresh token stays signed in beyond 7 days", async () => {
  await using test = await createTestApp();
  let { refreshToken } = await test.signUp("alice");
  for (let day = 0; day < 30; day++) {
    test.clock.advance(DAY_MS);
    refreshToken = (await refreshed(test, refreshToken)).refresh_token;
  }
  const { access_token } = await refreshed(test, refreshToken);
  assert.equal(await statusWith(test, access_token), 200);
});

Deno.test("A client whose answer was lost repeats with the token it has", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  await refreshed(test, alice.refreshToken);
  const second = await refreshed(test, alice.refreshToken);
  const third = await refreshed(test, second.refresh_token);
  assert.equal((await refresh(test, third.refresh_token)).status, 200);
});

Deno.test("A superseded token used after its successor ends the session of thief and owner", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const stolen = alice.refreshToken;
  const owner = await refreshed(test, alice.refreshToken);
  const next = await refreshed(test, owner.refresh_token);
  assert.equal(await statusWith(test, next.access_token), 200);
  const thief = await refresh(test, stolen);
  assert.equal(thief.status, 401);
  assert.equal((await thief.json()).code, "INVALID_TOKEN");
  assert.equal((await refresh(test, next.refresh_token)).status, 401);
  assert.equal(await statusWith(test, next.access_token), 401);
  assert.equal(await statusWith(test, alice.token), 401);
});

Deno.test("A thief who is first to move on is found out when the owner comes back", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const thief = await refreshed(test, alice.refreshToken);
  const further = await refreshed(test, thief.refresh_token);
  assert.equal((await refresh(test, alice.refreshToken)).status, 401);
  assert.equal((await refresh(test, further.refresh_token)).status, 401);
  assert.equal(await statusWith(test, further.access_token), 401);
});

Deno.test("Two parties that each got a successor of one token do not both go on", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const thief = await refreshed(test, alice.refreshToken);
  const owner = await refreshed(test, alice.refreshToken);
  const further = await refreshed(test, thief.refresh_token);
  assert.equal((await refresh(test, owner.refresh_token)).status, 401);
  assert.equal((await refresh(test, further.refresh_token)).status, 401);
});

Deno.test("A theft ends one session and not the user's others", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const bob = await test.signUp("bob");
  const next = await refreshed(test, alice.refreshToken);
  await refreshed(test, next.refresh_token);
  await refresh(test, alice.refreshToken);
  assert.equal((await refresh(test, bob.refreshToken)).status, 200);
});

Deno.test("A theft is in the audit trail", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const next = await refreshed(test, alice.refreshToken);
  await refreshed(test, next.refresh_token);
  await refresh(test, alice.refreshToken);
  const claims = JSON.parse(atob(alice.refreshToken.split(".")[1] ?? ""));
  const { audits, events } = await test.traces(claims.sid);
  assert.deepEqual(JSON.parse(audits.at(-1)?.after ?? ""), {
    revoked_reason: "refresh token reused",
  });
  assert.equal(events.at(-1)?.type, "session.revoked");
});

Deno.test("POST /auth/refresh refuses what is no refresh token", async () => {
  await using test = await createTestApp();
  const alice = await test.signUp("alice");
  const [header, payload, signature] = alice.refreshToken.split(".");
  const none = btoa('{"alg":"none","typ":"rt+jwt"}').replaceAll("=", "");
  for (
    const token of [
      alice.token,
      "nonsense",
      `${none}.${payload}.`,
      `${header}.${btoa('{"sub":"x"}').replaceAll("=", "")}.${signature}`,
      `${header}.${payload}.${signature?.split("").reverse().join("")}`,
    ]
  ) {
    assert.equal((await refresh(test, token)).status, 401, token);
  }
});

Deno.test("POST /auth/refresh refuses a disabled account", async () => {
  await using test = await createTestApp();
  const [alice, admin] = [await test.signUp("alice"), await test.admin()];
  await admin.as(`/api/v1/users/${alice.userId}`, {
    method: "PATCH",
    json: { is_active: false },
  });
  assert.equal((await refresh(test, alice.refreshToken)).status, 403);
});
