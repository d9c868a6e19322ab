import assert from "node:assert/strict";
import { z } from "zod";
import { createCtx } from "../platform/context.ts";
import { inTransaction, tables } from "../platform/database/open.ts";
import { createTestApp, type TestApp, type TestUser } from "../testing.ts";
import { defineJobKind, enqueueJob } from "./queue.ts";
import type { JobRow, JobTables } from "./rows.ts";

const LIST = "/api/v1/jobs";

async function submit(user: TestUser, changes: Record<string, unknown> = {}): Promise<string> {
  const answer = await user.as(LIST, { json: { name: "purge_jobs", ...changes } });
  const body = await answer.json();
  assert.equal(answer.status, 201, JSON.stringify(body));
  return body.job_id;
}

async function setJob(
  test: TestApp,
  id: string,
  changes: Partial<JobRow>,
): Promise<void> {
  await tables<JobTables>(test.platform.db).updateTable("jobs").set(changes).where("id", "=", id)
    .execute();
}

async function countRows(test: TestApp, table: "jobs" | "audit_actions"): Promise<number> {
  const row = await tables<Record<string, { id: string }>>(test.platform.db).selectFrom(table)
    .select((eb) => eb.fn.countAll().as("count")).executeTakeFirstOrThrow();
  return Number(row.count);
}

Deno.test("POST /jobs answers as documented and leaves one job and one audit row", async () => {
  await using test = await createTestApp();
  const user = await test.signUp("ann");
  const audits = await countRows(test, "audit_actions");
  const answer = await user.as(LIST, {
    json: { name: "purge_jobs", args: { user_id: user.userId }, priority: "high", max_retries: 3 },
  });
  assert.equal(answer.status, 201);
  const { job_id, ...rest } = await answer.json();
  assert.deepEqual(rest, { status: "pending", created_at: "2026-01-01T00:00:00.000Z" });
  assert.equal(answer.headers.get("Location"), `${LIST}/${job_id}`);
  assert.equal(await countRows(test, "audit_actions"), audits + 1);
  const job = await (await user.as(`${LIST}/${job_id}`)).json();
  assert.equal(job.priority, "high");
  assert.equal(job.max_retries, 3);
  assert.equal(job.queue_position, 1);
  assert.equal(job.waiting.reason, "no_worker");
});

Deno.test("POST /jobs with one Idempotency-Key enqueues once", async () => {
  await using test = await createTestApp();
  const user = await test.signUp("ann");
  const send = () =>
    user.as(LIST, { json: { name: "purge_jobs" }, headers: { "Idempotency-Key": "k1" } });
  const [first, second] = [await send(), await send()];
  assert.deepEqual(await second.json(), await first.json());
  assert.equal(second.headers.get("Idempotent-Replayed"), "true");
  assert.equal(await countRows(test, "jobs"), 1);
});

Deno.test("POST /jobs refuses unknown names, other users' ids and bad arguments, and leaves nothing", async () => {
  await using test = await createTestApp();
  const user = await test.signUp("ann");
  const other = await test.signUp("bob");
  const audits = await countRows(test, "audit_actions");
  const unknown = await user.as(LIST, { json: { name: "mine_bitcoin" } });
  assert.equal(unknown.status, 422);
  const body = await unknown.json();
  assert.equal(body.code, "UNKNOWN_JOB");
  assert.ok(body.allowed.includes("purge_jobs"));
  const foreign = await user.as(LIST, {
    json: { name: "purge_jobs", args: { user_id: other.userId } },
  });
  assert.equal(foreign.status, 403);
  const bad = await user.as(LIST, {
    json: { name: "purge_jobs", args: { older_than_days: -1 } },
  });
  assert.equal(bad.status, 422);
  assert.deepEqual((await bad.json()).detail[0].loc, ["body", "args", "older_than_days"]);
  const priority = await user.as(LIST, { json: { name: "purge_jobs", priority: "urgent" } });
  assert.equal(priority.status, 422);
  assert.equal(await countRows(test, "jobs"), 0);
  assert.equal(await countRows(test, "audit_actions"), audits);
});

Deno.test("a kind that is not public is unknown to POST /jobs", async () => {
  await using test = await createTestApp();
  const user = await test.signUp("ann");
  assert.equal((await user.as(LIST, { json: { name: "backtest" } })).status, 422);
});

Deno.test("every route of jobs refuses without a token", async () => {
  await using test = await createTestApp();
  const id = test.platform.ids.uuid();
  const calls = [
    ["GET", LIST],
    ["POST", LIST],
    ["GET", `${LIST}/health`],
    ["GET", `${LIST}/stats`],
    ["GET", `${LIST}/dead-letters`],
    ["GET", `${LIST}/${id}`],
    ["DELETE", `${LIST}/${id}`],
    ["POST", `${LIST}/${id}/cancel`],
    ["POST", `${LIST}/${id}/retry`],
  ] as const;
  for (const [method, path] of calls) {
    assert.equal((await test.app.request(path, { method })).status, 401, `${method} ${path}`);
  }
});

Deno.test("a stranger's job answers as one that does not exist", async () => {
  await using test = await createTestApp();
  const [owner, stranger] = [await test.signUp("ann"), await test.signUp("bob")];
  const id = await submit(owner);
  const audits = await countRows(test, "audit_actions");
  for (const target of [id, test.platform.ids.uuid()]) {
    assert.equal((await stranger.as(`${LIST}/${target}`)).status, 404);
    assert.equal((await stranger.as(`${LIST}/${target}`, { method: "DELETE" })).status, 404);
    for (const verb of ["cancel", "retry"]) {
      const answer = await stranger.as(`${LIST}/${target}/${verb}`, { method: "POST" });
      assert.equal(answer.status, 404);
    }
  }
  assert.equal((await (await stranger.as(LIST)).json()).total, 0);
  assert.equal(await countRows(test, "audit_actions"), audits);
  assert.equal((await (await owner.as(`${LIST}/${id}`)).json()).status, "pending");
});

Deno.test("POST /jobs/{id}/cancel ends a waiting job, asks a running one, refuses a finished one", async () => {
  await using test = await createTestApp();
  const user = await test.signUp("ann");
  const cancel = (id: string) => user.as(`${LIST}/${id}/cancel`, { method: "POST" });
  const waiting = await submit(user);
  const audits = await countRows(test, "audit_actions");
  assert.equal((await (await cancel(waiting)).json()).status, "cancelled");
  assert.equal(await countRows(test, "audit_actions"), audits + 1);
  const running = await submit(user);
  await setJob(test, running, { status: "running", lease_owner: "w", lease_until: 9e15 });
  const asked = await (await cancel(running)).json();
  assert.equal(asked.status, "running");
  assert.equal(asked.cancel_requested, true);
  const done = await submit(user);
  await setJob(test, done, { status: "completed" });
  assert.equal((await cancel(done)).status, 409);
});

Deno.test("a dead letter is listed, and POST /jobs/{id}/retry puts it back in line", async () => {
  await using test = await createTestApp();
  const user = await test.signUp("ann");
  const id = await submit(user);
  const retry = () => user.as(`${LIST}/${id}/retry`, { method: "POST" });
  assert.equal((await retry()).status, 409);
  await setJob(test, id, {
    status: "failed",
    failures: 4,
    error_code: "NO_CANDLES",
    error_message: "Cannot run: no candles",
    finished_at: test.clock.now(),
  });
  const { items } = await (await user.as(`${LIST}/dead-letters`)).json();
  assert.equal(items.length, 1);
  assert.deepEqual(items[0].error, { code: "NO_CANDLES", message: "Cannot run: no candles" });
  const audits = await countRows(test, "audit_actions");
  assert.equal((await (await retry()).json()).status, "pending");
  assert.equal(await countRows(test, "audit_actions"), audits + 1);
  assert.equal((await (await user.as(`${LIST}/dead-letters`)).json()).total, 0);
});

Deno.test("DELETE /jobs/{id} removes a job once, and refuses one that belongs to a resource", async () => {
  await using test = await createTestApp();
  const user = await test.signUp("ann");
  const id = await submit(user);
  const audits = await countRows(test, "audit_actions");
  const remove = () => user.as(`${LIST}/${id}`, { method: "DELETE" });
  await setJob(test, id, { resource_kind: "backtest", resource_id: test.platform.ids.uuid() });
  assert.equal((await remove()).status, 409);
  await setJob(test, id, { resource_kind: null, resource_id: null });
  assert.equal((await remove()).status, 204);
  assert.equal((await remove()).status, 404);
  assert.equal(await countRows(test, "audit_actions"), audits + 1);
});

Deno.test("GET /jobs filters and pages, the newest first", async () => {
  await using test = await createTestApp();
  const user = await test.signUp("ann");
  const ids: string[] = [];
  for (let index = 0; index < 3; index++) {
    ids.push(await submit(user));
    test.clock.advance(1);
  }
  await setJob(test, ids[1] ?? "", { status: "completed" });
  const read = async (query: string) => await (await user.as(`${LIST}?${query}`)).json();
  const list = (body: { items: { id: string }[] }) => body.items.map(({ id }) => id);
  assert.deepEqual(list(await read("")), ids.toReversed());
  assert.deepEqual(list(await read("status=completed")), [ids[1]]);
  assert.deepEqual(list(await read("name=backtest")), []);
  const answer = await user.as(`${LIST}?limit=1&offset=1`);
  assert.deepEqual(list(await answer.json()), [ids[1]]);
  assert.match(answer.headers.get("Link") ?? "", /offset=2>; rel="next"/);
});

Deno.test("GET /jobs/{id} tells the place in line behind other owners' jobs", async () => {
  await using test = await createTestApp();
  const [a, b] = [await test.signUp("ann"), await test.signUp("bob")];
  for (let index = 0; index < 3; index++) await submit(a);
  test.clock.advance(1);
  const id = await submit(b);
  const ctx = test.platform;
  await tables<JobTables>(ctx.db).insertInto("job_workers").values({
    id: "w",
    cpu_cores: 2,
    memory_mb: 1_024,
    running: 0,
    kinds: '["purge_jobs"]',
    started_at: 0,
    seen_at: test.clock.now(),
  }).execute();
  const job = await (await b.as(`${LIST}/${id}`)).json();
  assert.equal(job.queue_position, 2);
  assert.deepEqual(job.waiting, { reason: "turn", message: "Waits for its turn: 1 job is ahead" });
});

Deno.test("GET /jobs/stats and /jobs/health count the caller's own jobs, an admin's everybody's", async () => {
  await using test = await createTestApp();
  const [user, other, admin] = [
    await test.signUp("ann"),
    await test.signUp("bob"),
    await test.admin(),
  ];
  await submit(user);
  const failed = await submit(other);
  await setJob(test, failed, { status: "failed" });
  const stats = async (who: TestUser) => await (await who.as(`${LIST}/stats`)).json();
  assert.deepEqual(await stats(user), {
    queue: { pending: 1, running: 0, completed: 0, failed: 0, cancelled: 0 },
    workers: { total: 0, active: 0 },
  });
  assert.equal((await stats(admin)).queue.failed, 1);
  assert.deepEqual(await (await user.as(`${LIST}/health`)).json(), {
    running: false,
    timestamp: "2026-01-01T00:00:00.000Z",
    scheduler: { enabled: true, running: false },
    workers: { total: 0, active: 0, idle: 0 },
  });
});

Deno.test("a finished job links to what it made", async () => {
  await using test = await createTestApp();
  const user = await test.signUp("ann");
  const ctx = createCtx(test.platform, { actor: null, signal: new AbortController().signal });
  const resourceId = ctx.ids.uuid();
  const kind = defineJobKind({
    name: "backtest",
    label: "Backtest",
    payload: z.object({}),
    scope: "backtest:run",
    estimate: () => ({ cpuCores: 1, memoryMb: 1 }),
  });
  const id = await inTransaction(
    ctx.db,
    (tx) =>
      enqueueJob(ctx, tx, {
        kind,
        payload: {},
        ownerId: user.userId,
        resourceKind: "backtest",
        resourceId,
      }),
  );
  const read = async () => (await (await user.as(`${LIST}/${id}`)).json()).result_url;
  assert.equal(await read(), null);
  await setJob(test, id, { status: "completed" });
  assert.equal(await read(), `/api/v1/backtests/${resourceId}`);
});
