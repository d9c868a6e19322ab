import assert from "node:assert/strict";
import { SettingsError } from "../../platform/config.ts";
import { startServer } from "../../server.ts";
import { testSettings, toRequest } from "../../testing.ts";
import { runAdmin, UsageError } from "./run_admin.ts";

const CHEAP = { ARGON2_MEMORY_KIB: "8", ARGON2_PASSES: "1" };
const trader = { username: "alice", email: "Alice@example.com", password: "a long password" };

/** Serves while `work` runs, over a directory that outlives it. */
async function serving<T>(dataDir: string, work: (url: string) => Promise<T>): Promise<T> {
  const server = await startServer(testSettings(dataDir, { PORT: "0" }));
  try {
    return await work(`http://127.0.0.1:${server.address.port}`);
  } finally {
    await server.stop();
  }
}

async function withFolder(work: (dataDir: string) => Promise<void>): Promise<void> {
  const dataDir = await Deno.makeTempDir({ prefix: "candlewick-test-" });
  try {
    await work(dataDir);
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
}

async function send(url: string, path: string, json: unknown, token?: string) {
  const answer = await fetch(`${url}/api/v1${path}`, {
    ...toRequest(json === undefined ? {} : { json }),
    ...(token === undefined ? {} : { headers: { Authorization: `Bearer ${token}` } }),
  });
  return { status: answer.status, body: await answer.json() };
}

Deno.test("admin grant, disable and enable reach the server that runs, at once", () =>
  withFolder((dataDir) =>
    serving(dataDir, async (url) => {
      const run = (...args: string[]) => runAdmin([...args, "--data-dir", dataDir], CHEAP);
      const { body } = await send(url, "/auth/register", trader);
      const ask = async (path: string) =>
        (await send(url, path, undefined, body.access_token)).status;
      assert.equal(await ask("/users"), 403);
      assert.equal(
        await run("grant", "alice@EXAMPLE.com"),
        "alice <Alice@example.com> is an admin now",
      );
      assert.equal(await ask("/users"), 200);
      await run("revoke", "alice@example.com");
      assert.equal(await ask("/users"), 403);
      await run("disable", "alice@example.com");
      assert.equal(await ask("/users/me"), 401);
      assert.equal((await send(url, "/auth/login", trader)).status, 403);
      await run("enable", "alice@example.com");
      assert.equal((await send(url, "/auth/login", trader)).status, 200);
      assert.match(await run("rotate-keys"), /^Signing key [0-9a-f-]{36} signs from now on/);
    })
  ));

Deno.test("admin opens the files itself when no server runs", () =>
  withFolder(async (dataDir) => {
    const before = await serving(dataDir, (url) => send(url, "/auth/register", trader));
    assert.equal(before.status, 201);
    await runAdmin(["grant", trader.email, "--data-dir", dataDir], CHEAP);
    const status = await serving(dataDir, async (url) => {
      const { body } = await send(url, "/auth/login", trader);
      return (await send(url, "/users", undefined, body.access_token)).status;
    });
    assert.equal(status, 200);
  }));

Deno.test("admin says what it cannot find and how it is used", () =>
  withFolder(async (dataDir) => {
    const run = (...args: string[]) => runAdmin([...args, "--data-dir", dataDir], CHEAP);
    await assert.rejects(
      () => run("grant", "nobody@example.com"),
      /Cannot find user "nobody@example.com": nobody has this address/,
    );
    for (const args of [[], ["grant"], ["promote", "a@b.c"], ["rotate-keys", "x"], ["--what"]]) {
      await assert.rejects(() => run(...args), UsageError, args.join(" "));
    }
    await assert.rejects(() => runAdmin(["rotate-keys"], { PORT: "none" }), SettingsError);
  }));
