import assert from "node:assert/strict";
import { login, post, statusWith } from "../../api/auth/testing.ts";
import { waitForJob } from "../../api/jobs/queue.ts";
import type { JobRow } from "../../api/jobs/rows.ts";
import { tables } from "../../api/platform/database/open.ts";
import type { Mail } from "../../api/platform/mail.ts";
import type { TestUser } from "../../api/testing.ts";
import { startWorkers } from "../loop.ts";
import { type Bench, openBench } from "../testing.ts";
import { passwordResetMail } from "./password_reset_mail.ts";

const NEW_PASSWORD = "a brand new password";

async function openDesk(settings: Record<string, string> = {}) {
  const bench = await openBench(settings);
  return { bench, test: bench.test, alice: await bench.test.signUp("alice") };
}

async function forget(bench: Bench, email: string): Promise<Response> {
  return await post(bench.test, "forgot-password", { email });
}

async function jobsOf(bench: Bench) {
  return await tables<{ jobs: JobRow }>(
    bench.ctx.db,
  ).selectFrom("jobs").select(["id", "kind", "payload", "owner_id"]).orderBy("id").execute();
}

/** Runs what waits, with the bench's own mail port or the given one. */
async function runMails(bench: Bench, send?: (mail: Mail) => Promise<void>): Promise<void> {
  const platform = send === undefined
    ? bench.test.platform
    : { ...bench.test.platform, mail: { isOpen: true, send } };
  const workers = await startWorkers(platform, [passwordResetMail], { pollMs: 20 });
  try {
    for (const { id } of await jobsOf(bench)) await waitForJob(bench.ctx, id, 10_000);
  } finally {
    await workers.stop();
  }
}

/** The tokens of the mails to a user, oldest first. */
async function mailedTokens(bench: Bench, user: TestUser): Promise<string[]> {
  const folder = `${bench.test.dataDir}/mail`;
  const tokens: string[] = [];
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).toSorted();
  for (const name of names) {
    const text = await Deno.readTextFile(`${folder}/${name}`);
    if (!text.includes(`To: ${user.name}@example.com`)) continue;
    tokens.push(/^[A-Za-z0-9_-]{43}$/m.exec(text)?.[0] ?? "");
  }
  return tokens;
}

async function reset(bench: Bench, token: string): Promise<Response> {
  return await post(bench.test, "reset-password", { token, new_password: NEW_PASSWORD });
}

Deno.test("A forgotten password is reset once, by the mailed token", async () => {
  const { bench, test, alice } = await openDesk();
  await using _ = bench;
  assert.equal((await forget(bench, "ALICE@example.com")).status, 202);
  await runMails(bench);
  const [token = ""] = await mailedTokens(bench, alice);
  assert.equal((await reset(bench, token)).status, 204);
  assert.equal((await login(test, alice)).status, 401);
  assert.equal((await login(test, { ...alice, password: NEW_PASSWORD })).status, 200);
  const again = await reset(bench, token);
  assert.equal(again.status, 422);
  assert.equal((await again.json()).errors[0].field, "token");
  const { audits, events } = await test.traces(alice.userId);
  assert.deepEqual(audits.map(({ action }) => action), [
    "user.register",
    "password_reset.issue",
    "user.reset_password",
  ]);
  assert.equal(events.at(-1)?.type, "user.password_reset");
});

Deno.test("A reset ends the sessions and API tokens there were", async () => {
  const { bench, test, alice } = await openDesk();
  await using _ = bench;
  const json = { name: "Nightly" };
  const { token: apiToken } = await (await alice.as("/api/v1/auth/tokens", { json })).json();
  for (const token of [alice.token, apiToken]) assert.equal(await statusWith(test, token), 200);
  await forget(bench, "alice@example.com");
  await runMails(bench);
  await reset(bench, (await mailedTokens(bench, alice))[0] ?? "");
  for (const token of [alice.token, apiToken]) assert.equal(await statusWith(test, token), 401);
  const refreshed = await post(test, "refresh", { refresh_token: alice.refreshToken });
  assert.equal(refreshed.status, 401);
});

Deno.test("An unknown address leaves the same answer and the same rows as a known one", async () => {
  const { bench } = await openDesk();
  await using _ = bench;
  const [known, unknown] = [
    await forget(bench, "alice@example.com"),
    await forget(bench, "nobody@example.com"),
  ];
  assert.deepEqual([known.status, await known.text()], [unknown.status, await unknown.text()]);
  const jobs = await jobsOf(bench);
  const [one, two] = jobs.map(({ id: _id, payload, ...row }) => ({
    ...row,
    payload: payload.replace(/alice|nobody/, "NAME"),
  }));
  assert.equal(jobs.length, 2);
  assert.deepEqual(one, two);
  await runMails(bench);
  assert.equal([...Deno.readDirSync(`${bench.test.dataDir}/mail`)].length, 1);
});

Deno.test("A mailed token is good for 30 minutes, and only the latest one", async () => {
  const { bench, test, alice } = await openDesk();
  await using _ = bench;
  for (let mail = 0; mail < 2; mail++) {
    await forget(bench, "alice@example.com");
    await runMails(bench);
    test.clock.advance(1);
  }
  const [first = "", second = ""] = await mailedTokens(bench, alice);
  assert.equal((await reset(bench, first)).status, 422);
  test.clock.advance(30 * 60_000);
  assert.equal((await reset(bench, second)).status, 422);
  assert.equal((await login(test, alice)).status, 200);
});

Deno.test("A mailed token stands in no row, and its digest does", async () => {
  const { bench, test, alice } = await openDesk();
  await using _ = bench;
  await forget(bench, "alice@example.com");
  await runMails(bench);
  const [token = "missing"] = await mailedTokens(bench, alice);
  const files = await Promise.all(
    ["candlewick.db", "candlewick.db-wal", "candlewick.kv", "candlewick.kv-wal"].map((name) =>
      Deno.readFile(`${test.dataDir}/${name}`).catch(() => new Uint8Array())
    ),
  );
  const stored = files.map((bytes) => new TextDecoder("latin1").decode(bytes)).join("\n");
  assert.ok(stored.includes("password_reset_mail"));
  assert.equal(stored.includes(token), false);
});

Deno.test("A disabled account gets no mail, and a token mailed before is refused", async () => {
  const { bench, test, alice } = await openDesk();
  await using _ = bench;
  await forget(bench, "alice@example.com");
  await runMails(bench);
  const [token = ""] = await mailedTokens(bench, alice);
  const path = `/api/v1/users/${alice.userId}`;
  await test.asLocal(path, { method: "PATCH", json: { is_active: false } });
  assert.equal((await reset(bench, token)).status, 422);
  await forget(bench, "alice@example.com");
  await runMails(bench);
  assert.equal((await mailedTokens(bench, alice)).length, 1);
});

Deno.test("A request does not wait for the mail server, and a mail that fails is sent again", async () => {
  const { bench, test } = await openDesk();
  await using _ = bench;
  assert.equal((await forget(bench, "alice@example.com")).status, 202);
  const { promise: tried, resolve: fail } = Promise.withResolvers<void>();
  const isOpen = true;
  const send = () => {
    fail();
    return Promise.reject(new Error("421 try again"));
  };
  const workers = await startWorkers(
    { ...test.platform, mail: { isOpen, send } },
    [passwordResetMail],
    { pollMs: 20 },
  );
  await tried;
  await workers.stop();
  test.clock.advance(10_000);
  const sent: Mail[] = [];
  await runMails(bench, (mail) => Promise.resolve(void sent.push(mail)));
  assert.deepEqual(sent.map(({ to }) => to), ["alice@example.com"]);
});

Deno.test("The mail links to RESET_PASSWORD_URL when there is one", async () => {
  const { bench } = await openDesk({ RESET_PASSWORD_URL: "https://app.example.com/reset#{token}" });
  await using _ = bench;
  await forget(bench, "alice@example.com");
  const sent: Mail[] = [];
  await runMails(bench, (mail) => Promise.resolve(void sent.push(mail)));
  assert.match(sent[0]?.text ?? "", /^https:\/\/app\.example\.com\/reset#[A-Za-z0-9_-]{43}$/m);
});

Deno.test("POST /auth/forgot-password is limited by address of client and of mail alike", async () => {
  const { bench, test } = await openDesk({ RATE_LIMITS: "on" });
  await using _ = bench;
  const ask = async (hostname: string, email: string) =>
    (await test.app.request("/api/v1/auth/forgot-password", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ email }),
    }, { remoteAddr: { hostname } })).status;
  for (const email of ["alice@example.com", "nobody@example.com"]) {
    const statuses = [];
    for (let number = 1; number <= 4; number++) statuses.push(await ask(`10.0.${number}.1`, email));
    assert.deepEqual(statuses, [202, 202, 202, 429], email);
  }
  const statuses = [];
  for (let number = 1; number <= 6; number++) {
    statuses.push(await ask("10.1.1.1", `person-${number}@example.com`));
  }
  assert.deepEqual(statuses, [202, 202, 202, 202, 202, 429]);
});

Deno.test("POST /auth/forgot-password says so when the server can send no mail", async () => {
  const key = "A".repeat(43);
  const { bench } = await openDesk({ MODE: "production", MASTER_KEYS: `main:${key}` });
  await using _ = bench;
  for (const email of ["alice@example.com", "nobody@example.com"]) {
    assert.equal((await forget(bench, email)).status, 503);
  }
});

Deno.test("POST /auth/reset-password refuses a short password and keeps the token good", async () => {
  const { bench, alice } = await openDesk();
  await using _ = bench;
  await forget(bench, "alice@example.com");
  await runMails(bench);
  const [token = ""] = await mailedTokens(bench, alice);
  const short = await post(bench.test, "reset-password", { token, new_password: "short" });
  assert.equal(short.status, 422);
  assert.equal((await reset(bench, "unknown")).status, 422);
  assert.equal((await reset(bench, token)).status, 204);
});
