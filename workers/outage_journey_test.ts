import assert from "node:assert/strict";
import type { JobTables } from "../api/jobs/rows.ts";
import { enqueueJob } from "../api/jobs/queue.ts";
import { createCtx } from "../api/platform/context.ts";
import { pause } from "../api/platform/clock.ts";
import { inTransaction, tables } from "../api/platform/database/open.ts";
import { type Fleet, layFleet, type Platform, send, signUp, until } from "./testing/fleet.ts";
import { followEvents } from "./testing/follower.ts";
import { findDenokv } from "./testing/kv_server.ts";
import {
  FULL_WORKER,
  REAL_WORKER,
  startApiProcess,
  startWorkerProcess,
  type WorkerProcess,
} from "./testing/processes.ts";
import { listTallies, tallyKind } from "./testing/tally.ts";

const isLong = Deno.env.get("LONG_JOURNEYS") === "1";
const FLEET = { years: 0, seed: 1, leaseMs: 20_000 };

/** Jobs in the rows alone: no key of them was ever put. */
async function enqueueQuietly(platform: Platform, ownerId: string, jobs: number): Promise<void> {
  const ctx = createCtx(platform, { actor: null, signal: new AbortController().signal });
  await inTransaction(ctx.db, async (tx) => {
    for (let index = 0; index < jobs; index++) {
      const payload = { steps: 4, stepMs: 250 };
      await enqueueJob(ctx, tx, { kind: tallyKind, payload, ownerId });
    }
  });
}

function listJobs({ db }: Platform, ownerId: string) {
  return tables<JobTables>(db).selectFrom("jobs").selectAll()
    .where("owner_id", "=", ownerId).orderBy("row_id").execute();
}

async function untilAllEnded(platform: Platform, ownerId: string) {
  await until(async () =>
    (await listJobs(platform, ownerId)).every(({ status }) =>
      status !== "pending" && status !== "running"
    )
  );
  return await listJobs(platform, ownerId);
}

/** The long form's figures; the short one asserts alone. */
function report(line: string): void {
  if (isLong) console.log(line);
}

/** Seconds from a job's row to its first run, ascending. */
function waitsOf(rows: Awaited<ReturnType<typeof listJobs>>): string {
  return rows.map(({ created_at, started_at }) => ((started_at ?? NaN) - created_at) / 1_000)
    .sort((a, b) => a - b).map((seconds) => seconds.toFixed(1)).join(" ");
}

interface Parts {
  readonly fleet: Fleet;
  readonly platform: Platform;
  readonly server: WorkerProcess;
  readonly url: string;
}

async function withFleet(
  work: (parts: Parts) => Promise<void>,
): Promise<void> {
  await using fleet = await layFleet(FLEET);
  const { platform, close } = await fleet.open();
  try {
    await using server = await startApiProcess(fleet.environment);
    await work({ fleet, platform, server, url: server.url });
  } finally {
    await close();
  }
}

Deno.test("jobs finish after every key in KV was deleted while they waited", async () => {
  await withFleet(async ({ fleet, platform, url }) => {
    const ann = await signUp(url, "ann");
    await enqueueQuietly(platform, ann.userId, 12);
    const { body } = await ann.call("POST", "/api/v1/jobs", { name: "purge_jobs" });
    assert.equal(body.status, "pending", JSON.stringify(body));
    let deleted = 0;
    for await (const { key } of platform.kv.list({ prefix: [] })) {
      await platform.kv.delete(key);
      deleted++;
    }
    assert.ok(deleted > 0);
    await using _worker = startWorkerProcess(fleet.environment, FULL_WORKER);
    const rows = await untilAllEnded(platform, ann.userId);
    assert.deepEqual(rows.map(({ status }) => status), rows.map(() => "completed"));
    assert.equal((await listTallies(platform.db)).length, 12);
    report(`${deleted} keys deleted; ${rows.length} jobs started after s: ${waitsOf(rows)}`);
  });
});

const KV_AWAY_MS = isLong ? 30_000 : 6_000;

Deno.test({
  name: "while KV is away logins answer 503 and jobs start late; none is lost or failed " +
    "(needs denokv on the PATH or named by DENOKV)",
  ignore: findDenokv() === null,
  fn: () =>
    withFleet(async ({ fleet, platform, url }) => {
      const { kvServer } = fleet;
      assert.ok(kvServer !== null);
      const ann = await signUp(url, "ann");
      const login = () =>
        send(url, "POST", "/api/v1/auth/login", {
          json: { username: "ann", password: "ann password" },
        });
      assert.equal((await login()).status, 200);
      await using worker = startWorkerProcess(fleet.environment, FULL_WORKER);
      await worker.waitFor("worker started");
      await kvServer.kill();
      const start = performance.now();
      await enqueueQuietly(platform, ann.userId, 4);
      const refused = await login();
      assert.equal(refused.status, 503, JSON.stringify(refused.body));
      assert.equal(refused.body.code, "DEPENDENCY_DOWN");
      assert.equal(refused.headers.get("Retry-After"), "1");
      assert.equal((await ann.call("GET", "/api/v1/strategies")).status, 200);
      const ready = await send(url, "GET", "/ready");
      assert.equal(ready.status, 503);
      assert.equal(ready.body.parts.kv.ok, false);
      assert.equal(ready.body.parts.database.ok, true);
      const job = await ann.call("POST", "/api/v1/jobs", { name: "purge_jobs" });
      assert.equal(job.status, 201, JSON.stringify(job.body));
      await pause(KV_AWAY_MS - (performance.now() - start));
      assert.equal((await login()).status, 503);
      await kvServer.restart();
      await until(async () => (await login()).status === 200);
      await enqueueQuietly(platform, ann.userId, 2);
      const rows = await untilAllEnded(platform, ann.userId);
      assert.deepEqual(
        rows.map(({ status, attempts, failures }) => ({ status, attempts, failures })),
        rows.map(() => ({ status: "completed", attempts: 1, failures: 0 })),
      );
      assert.equal((await listTallies(platform.db)).length, 6);
      report(
        `KV away ${KV_AWAY_MS / 1_000} s; ${rows.length} jobs started after s: ${waitsOf(rows)}`,
      );
      worker.signal("SIGKILL");
    }),
});

Deno.test({
  name: "server and worker stop in order while KV is away " +
    "(needs denokv on the PATH or named by DENOKV)",
  ignore: findDenokv() === null,
  fn: () =>
    withFleet(async ({ fleet, url, server }) => {
      const ann = await signUp(url, "ann");
      await using worker = startWorkerProcess(fleet.environment, REAL_WORKER);
      await worker.waitFor("worker started");
      await using _follower = followEvents(url, ann.token);
      await fleet.kvServer?.kill();
      await ann.call("POST", "/api/v1/jobs", { name: "purge_jobs" });
      await worker.waitFor("job run");
      worker.signal("SIGTERM");
      server.signal("SIGTERM");
      assert.deepEqual(await Promise.all([worker.ended, server.ended]), [0, 0]);
      await fleet.kvServer?.restart();
    }),
});

const DATABASE_AWAY_MS = isLong ? 10_000 : 4_000;

Deno.test("while the database is away requests answer 503, and all goes on when it is back", async () => {
  await withFleet(async ({ fleet, platform, url }) => {
    const ann = await signUp(url, "ann");
    await using follower = followEvents(url, ann.token);
    await enqueueQuietly(platform, ann.userId, 10);
    await using worker = startWorkerProcess(fleet.environment, FULL_WORKER);
    await worker.waitFor("tally saved");
    const statuses: Record<string, number> = {};
    const over = new AbortController();
    const asking = askAll(ann, statuses, over.signal);
    await fleet.withoutDatabase(async () => {
      await pause(500);
      const start = performance.now();
      for (const path of ["/api/v1/strategies", "/api/v1/jobs", "/api/v1/backtests"]) {
        const { status, body, headers } = await ann.call("GET", path);
        assert.equal(status, 503, `${path}: ${JSON.stringify(body)}`);
        assert.equal(body.code, "DEPENDENCY_DOWN");
        assert.equal(headers.get("Retry-After"), "1");
      }
      assert.equal((await send(url, "GET", "/health")).status, 200);
      const ready = await send(url, "GET", "/ready");
      assert.equal(ready.status, 503);
      assert.equal(ready.body.parts.database.ok, false);
      await pause(DATABASE_AWAY_MS - (performance.now() - start));
    });
    const rows = await untilAllEnded(platform, ann.userId);
    over.abort();
    await asking;
    assert.deepEqual(rows.map(({ status }) => status), rows.map(() => "completed"));
    assert.equal((await listTallies(platform.db)).length, 10);
    assert.deepEqual(Object.keys(statuses).sort(), ["200", "201", "503"]);
    report(`database away ${DATABASE_AWAY_MS / 1_000} s; answers: ${JSON.stringify(statuses)}`);
    const { body } = await ann.call("GET", "/api/v1/events?limit=1000");
    await follower.until(body.items.at(-1).seq);
    const seqs = follower.events.map(({ seq }) => seq);
    assert.deepEqual(seqs, seqs.map((_, index) => index + 1));
  });
});

/** Reads and writes without a rest, and counts how they are answered. */
async function askAll(
  ann: Awaited<ReturnType<typeof signUp>>,
  statuses: Record<string, number>,
  signal: AbortSignal,
): Promise<void> {
  const count = ({ status }: { status: number }) => {
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  for (let number = 0; !signal.aborted; number++) {
    count(await ann.call("POST", "/api/v1/strategies", { name: `s${number}`, code: "# none" }));
    count(await ann.call("GET", "/api/v1/strategies"));
    count(await ann.call("GET", "/api/v1/jobs"));
    await pause(20);
  }
}
