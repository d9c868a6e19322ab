import assert from "node:assert/strict";
import { join } from "node:path";
import { enqueueJob, type JobKind, wakeJob } from "../api/jobs/queue.ts";
import type { JobTables } from "../api/jobs/rows.ts";
import { createCtx } from "../api/platform/context.ts";
import { inTransaction, tables } from "../api/platform/database/open.ts";
import { createSeededRandom } from "../api/platform/testing.ts";
import { layFleet, type Person, type Platform, signUp } from "./testing/fleet.ts";
import { type FollowedEvent, followEvents } from "./testing/follower.ts";
import { startApiProcess } from "./testing/processes.ts";
import { storm, type StormFigures, type StormPlan } from "./testing/storm.ts";
import { listTallies, tallyKind } from "./testing/tally.ts";

interface Journey extends StormPlan {
  readonly tallies: number;
  readonly backtests: number;
  readonly years: number;
  /** Jobs whose process is killed inside the transaction that ends them. */
  readonly frozen: number;
  /** Every so manieth tally may be the one. */
  readonly freezing: number;
  /** Kills that must have come before the work was done: a fast machine ends the short form early. */
  readonly killsLeast: number;
  /** Longer than a busy machine makes a living process pause. */
  readonly leaseMs: number;
}

const SHORT: Journey = {
  ...{ seed: 7, tallies: 28, backtests: 4, years: 1, leaseMs: 3_000 },
  ...{ frozen: 1, freezing: 7, kills: 4, killsLeast: 2, stalls: 1, deathsSpared: 1 },
};
const LONG: Journey = {
  ...{ seed: 7, tallies: 76, backtests: 24, years: 8, leaseMs: 6_000 },
  ...{ frozen: 3, freezing: 5, kills: 20, killsLeast: 20, stalls: 2, deathsSpared: 2 },
};
/** What a job of the long form takes. */
const RUN_MS_LEAST = 2_000;
const HITS_LEAST = 0.75;
const STEPS = { steps: 8, stepMs: 250 };
/** Two of them, so that runs that were killed can be held against others of the same input. */
const PERIODS = ["2024-11-01", "2024-12-01"];

Deno.test(
  "jobs over two workers with kills, stalls and reconnects: each done once, each change seen once",
  () => weather(SHORT),
);

Deno.test({
  name: "100 jobs of two seconds under 20 kills: none lost, none doubled (needs LONG_JOURNEYS=1)",
  ignore: Deno.env.get("LONG_JOURNEYS") !== "1",
  fn: () => weather(LONG),
});

async function weather(journey: Journey): Promise<void> {
  await using fleet = await layFleet(journey);
  const { platform, close } = await fleet.open();
  try {
    await using door = await startApiProcess(fleet.environment);
    await using balcony = await startApiProcess(fleet.environment);
    const ann = await signUp(door.url, "ann");
    await using follower = followEvents(balcony.url, ann.token);
    const markers = await Deno.makeTempDir({ dir: fleet.environment.DATA_DIR });
    const backtests = await submitAll(platform, ann, { journey, markers });
    const random = createSeededRandom(journey.seed + 1);
    const start = performance.now();
    const figures = await storm(platform, journey, {
      environment: fleet.environment,
      workers: 2,
      ownerId: ann.userId,
      jobs: journey.tallies + journey.backtests,
      onTransaction: (jobId) => Deno.writeTextFile(join(markers, jobId), ""),
      onPause: () => {
        if ((random.bytes(1)[0] ?? 0) < 64) follower.reconnect();
      },
    });
    const seconds = (performance.now() - start) / 1_000;
    assertStorm(figures, journey);
    const rows = await listJobs(platform, ann);
    await assertResults(platform, ann, { rows, backtests, journey });
    await follower.until(await findLastSeq(platform, ann));
    await assertSeenOnce(platform, ann, { seen: follower.events, rows });
    if (journey === LONG) {
      report({ figures, rows, seconds, connections: follower.connections, seen: follower.events });
      for (const kind of ["tally", "backtest"]) {
        const unbroken = ranUnbroken(rows, kind);
        assert.ok(unbroken.length > 0 && Math.min(...unbroken) >= RUN_MS_LEAST, `a short ${kind}`);
      }
    }
  } finally {
    await close();
  }
}

/** Backtests with tallies between them, so that at all times both kinds run. */
async function submitAll(
  platform: Platform,
  ann: Person,
  { journey, markers }: { journey: Journey; markers: string },
): Promise<string[]> {
  const code = await Deno.readTextFile(
    new URL("../examples/strategies/ten_signals.py", import.meta.url),
  );
  const strategy = await ann.call("POST", "/api/v1/strategies", { name: "Ten", code });
  const freeze = { folder: markers, most: journey.frozen };
  const payloads = Array.from(
    { length: journey.tallies },
    (_, index) => index % journey.freezing === 0 ? { ...STEPS, freeze } : STEPS,
  );
  const ids: string[] = [];
  for (let index = 0; index < journey.backtests; index++) {
    ids.push(await submitBacktest(ann, strategy.body.id, { journey, index }));
    const left = journey.backtests - index;
    await enqueueTallies(platform, ann, payloads.splice(0, Math.ceil(payloads.length / left)));
  }
  return ids;
}

async function submitBacktest(
  ann: Person,
  strategy_id: string,
  { journey, index }: { journey: Journey; index: number },
): Promise<string> {
  const { status, body } = await ann.call("POST", "/api/v1/backtests", {
    strategy_id,
    symbol: "BTC/USDT",
    start_date: `${2025 - journey.years}-01-02`,
    end_date: PERIODS[index % PERIODS.length],
    config: { initial_capital: "1000", mode: "PERCENT_EQUITY" },
  });
  assert.equal(status, 201, JSON.stringify(body));
  return body.id;
}

async function enqueueTallies(
  platform: Platform,
  { userId: ownerId }: Person,
  payloads: readonly JobPayload<typeof tallyKind>[],
): Promise<void> {
  const ctx = createCtx(platform, { actor: null, signal: new AbortController().signal });
  const ids = await inTransaction(ctx.db, async (tx) => {
    const ids: string[] = [];
    for (const payload of payloads) {
      ids.push(await enqueueJob(ctx, tx, { kind: tallyKind, payload, ownerId }));
    }
    return ids;
  });
  for (const id of ids) await wakeJob(ctx, id);
}

type JobPayload<K> = K extends JobKind<infer P> ? P : never;

async function listJobs({ db }: Platform, { userId }: Person) {
  return await tables<JobTables>(db).selectFrom("jobs").selectAll()
    .where("owner_id", "=", userId).orderBy("row_id").execute();
}

type Job = Awaited<ReturnType<typeof listJobs>>[number];

function assertStorm(figures: StormFigures, { killsLeast, frozen, stalls }: Journey): void {
  const hits = figures.hits.filter((running) => running > 0).length;
  assert.ok(figures.hits.length >= killsLeast, `${figures.hits.length} kills`);
  assert.ok(hits >= killsLeast * HITS_LEAST, `${hits} kills hit a running job`);
  assert.ok(figures.inTransaction >= frozen, `${figures.inTransaction} inside a transaction`);
  assert.equal(figures.stalls, stalls);
  assert.equal(figures.lateWrites, stalls);
}

/** Every job completed, every effect there once, and equal inputs with equal results. */
async function assertResults(
  platform: Platform,
  ann: Person,
  { rows, backtests, journey }: { rows: readonly Job[]; backtests: string[]; journey: Journey },
): Promise<void> {
  const open = rows.filter(({ status }) => status !== "completed");
  assert.deepEqual(open.map(({ id, status, error_code }) => ({ id, status, error_code })), []);
  const tallied = await listTallies(platform.db);
  const tallyIds = rows.filter(({ kind }) => kind === "tally").map(({ id }) => id);
  assert.equal(tallied.length, journey.tallies);
  assert.deepEqual(new Set(tallied.map(({ job_id }) => job_id)), new Set(tallyIds));
  const hashes: string[][] = PERIODS.map(() => []);
  for (const [index, id] of backtests.entries()) {
    const { body } = await ann.call("GET", `/api/v1/backtests/${id}`);
    assert.equal(body.status, "completed");
    const job = rows.find((row) => row.id === body.job_id) ?? assert.fail();
    hashes[index % PERIODS.length]?.push(JSON.parse(job.result ?? "{}").result_hash);
  }
  assert.deepEqual(hashes.map((each) => new Set(each).size), PERIODS.map(() => 1));
}

async function findLastSeq({ db }: Platform, { userId }: Person): Promise<number> {
  const row = await tables<{ event_sequences: { owner_id: string; last_seq: number } }>(db)
    .selectFrom("event_sequences").select("last_seq").where("owner_id", "=", userId)
    .executeTakeFirstOrThrow();
  return row.last_seq;
}

/** What the client saw is the outbox, whole and in order, and tells each job's way to its end. */
async function assertSeenOnce(
  platform: Platform,
  ann: Person,
  { seen, rows }: { seen: readonly FollowedEvent[]; rows: readonly Job[] },
): Promise<void> {
  const last = await findLastSeq(platform, ann);
  assert.deepEqual(seen.map(({ seq }) => seq), Array.from({ length: last }, (_, at) => at + 1));
  for (const { id, attempts } of rows) {
    const way = seen.filter(({ resource_id }) => resource_id === id)
      .map(({ type }) => type.replace("job.", ""));
    const again = Array.from({ length: attempts - 1 }, () => ["requeued", "started"]).flat();
    assert.deepEqual(way, ["created", "started", ...again, "completed"]);
  }
}

/** Milliseconds of jobs that no kill broke: a run that went on from a checkpoint is shorter. */
function ranUnbroken(rows: readonly Job[], kind: string): number[] {
  return rows.filter((row) => row.kind === kind && row.attempts === 1).map(({ ran_ms }) => ran_ms);
}

function report(
  { figures, rows, seconds, connections, seen }: {
    figures: StormFigures;
    rows: readonly Job[];
    seconds: number;
    connections: number;
    seen: readonly FollowedEvent[];
  },
): void {
  const counts = Map.groupBy(rows, ({ attempts }) => attempts);
  const attempts = [...counts].sort(([a], [b]) => a - b)
    .map(([number, jobs]) => `${number}: ${jobs.length}`).join(", ");
  const least = (kind: string) => Math.min(...ranUnbroken(rows, kind));
  console.log(
    [
      `${rows.length} jobs in ${seconds.toFixed(1)} s`,
      `kills ${figures.hits.length}, jobs running in each: ${figures.hits.join(" ")}`,
      `inside a transaction ${figures.inTransaction}, stalls ${figures.stalls}, ` +
      `late writes that changed no row ${figures.lateWrites}`,
      `jobs by attempts: ${attempts}`,
      `of one run, shortest tally ${least("tally")} ms, backtest ${least("backtest")} ms`,
      `events ${seen.length}, each seen once over ${connections} connections`,
    ].join("\n"),
  );
}
