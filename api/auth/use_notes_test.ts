import assert from "node:assert/strict";
import { startHranaServer } from "../platform/testing/hrana_server.ts";
import { createTestApp, toRequest } from "../testing.ts";

Deno.test("Uses of sessions and API tokens are noted on a database server too", async () => {
  const folder = await Deno.makeTempDir({ prefix: "candlewick-test-" });
  {
    await using server = startHranaServer({ path: `${folder}/shared.db` });
    const settings = { DATABASE_URL: server.url, MASTER_KEYS: `main:${"A".repeat(43)}` };
    await using test = await createTestApp(settings);
    const alice = await test.signUp("alice");
    const { token } = await (await alice.as("/api/v1/auth/tokens", { json: { name: "N" } })).json();
    test.clock.advance(60_000);
    const env = { remoteAddr: { hostname: "192.0.2.7" } };
    for (const each of [token, alice.token]) {
      await test.app.request("/api/v1/users/me", toRequest({}, `Bearer ${each}`), env);
    }
    await test.platform.writeBehinds.flush();
    const first = async (path: string) => (await (await alice.as(path)).json()).items[0];
    const { used_at, used_address } = await first("/api/v1/auth/tokens");
    assert.deepEqual([used_at, used_address], ["2026-01-01T00:01:00.000Z", "192.0.2.7"]);
    assert.equal((await first("/api/v1/auth/sessions")).used_at, "2026-01-01T00:01:00.000Z");
  }
  await Deno.remove(folder, { recursive: true });
});
