import assert from "node:assert/strict";
import { createTestApp } from "../testing.ts";
import { ensureSchedule, runDueSchedule, type ScheduleRunner, timeToNextDue } from "./schedule.ts";

const { signal } = new AbortController();

async function openSchedule(run: ScheduleRunner["run"]) {
  const test = await createTestApp();
  const { platform, clock } = test;
  await ensureSchedule(platform, { name: "tick:one", kind: "tick", everyMs: 1_000 });
  const runners = new Map([["tick", { kind: "tick", everyMs: null, run }]]);
  const runAs = (workerId: string) => runDueSchedule(platform, runners, { workerId, signal });
  return { test, platform, clock, runAs };
}

Deno.test("a schedule runs once per due time however many processes look at once", async () => {
  const dues: number[] = [];
  const { test, clock, runAs } = await openSchedule((_platform, { dueAt }) => {
    dues.push(dueAt);
    return Promise.resolve();
  });
  await using _ = test;
  const start = clock.now();
  assert.equal(await runAs("a"), false);
  clock.advance(1_000);
  const looks = await Promise.all(["a", "b", "c"].map(runAs));
  assert.equal(looks.filter((ran) => ran).length, 1);
  assert.equal(await runAs("b"), false);
  assert.deepEqual(dues, [start + 1_000]);
});

Deno.test("due times missed while nobody ran are one run, and the rhythm stays", async () => {
  const dues: number[] = [];
  const { test, platform, clock, runAs } = await openSchedule((_platform, { dueAt }) => {
    dues.push(dueAt);
    return Promise.resolve();
  });
  await using _ = test;
  const start = clock.now();
  clock.advance(4_500);
  assert.equal(await runAs("a"), true);
  assert.equal(await runAs("a"), false);
  assert.equal(await timeToNextDue(platform, ["tick"]), 500);
  clock.advance(500);
  assert.equal(await runAs("a"), true);
  assert.deepEqual(dues, [start + 1_000, start + 5_000]);
});

Deno.test("a schedule whose process died is run by another when its lease is over", async () => {
  const runs: string[] = [];
  const died = Promise.withResolvers<void>();
  const { test, clock, runAs } = await openSchedule((_platform, { dueAt }) => {
    runs.push(String(dueAt));
    return runs.length === 1 ? died.promise : Promise.resolve();
  });
  await using _ = test;
  clock.advance(1_000);
  const dead = runAs("dead");
  while (runs.length === 0) await Promise.resolve();
  assert.equal(await runAs("other"), false);
  clock.advance(60_000);
  assert.equal(await runAs("other"), true);
  assert.equal(runs[0], runs[1]);
  died.resolve();
  await dead;
  assert.equal(await runAs("other"), false);
});

Deno.test("a schedule that fails keeps its rhythm", async () => {
  let runs = 0;
  const { test, clock, runAs } = await openSchedule(() => {
    runs++;
    throw new Error("broken");
  });
  await using _ = test;
  clock.advance(1_000);
  assert.equal(await runAs("a"), true);
  assert.equal(await runAs("a"), false);
  clock.advance(1_000);
  assert.equal(await runAs("a"), true);
  assert.equal(runs, 2);
});

Deno.test("adding a schedule again changes how often it runs, not when it is due next", async () => {
  const { test, platform } = await openSchedule(() => Promise.resolve());
  await using _ = test;
  await ensureSchedule(platform, { name: "tick:one", kind: "tick", everyMs: 60_000 });
  assert.equal(await timeToNextDue(platform, ["tick"]), 1_000);
});
