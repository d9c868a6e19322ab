import assert from "node:assert/strict";
import { createDeadlines } from "./deadlines.ts";
import { pause } from "./clock.ts";

/** Deadlines over a clock that the test sets; the sweeping timer is the real one. */
function openDeadlines() {
  const clock = { now: 0 };
  return { clock, deadlines: createDeadlines(() => clock.now) };
}

Deno.test("A deadline expires once, after its time and not before", async () => {
  const { clock, deadlines } = openDeadlines();
  const expired: string[] = [];
  deadlines.start(1_000, () => expired.push("late"));
  deadlines.start(100, () => expired.push("early"));
  await pause(60);
  assert.deepEqual(expired, []);
  clock.now = 100;
  await pause(60);
  assert.deepEqual(expired, ["early"]);
  clock.now = 5_000;
  await pause(120);
  assert.deepEqual(expired, ["early", "late"]);
  deadlines.close();
});

Deno.test("What ended or was closed does not expire", async () => {
  const { clock, deadlines } = openDeadlines();
  const expired: string[] = [];
  const end = deadlines.start(100, () => expired.push("ended"));
  end();
  deadlines.start(100, () => expired.push("closed"));
  deadlines.close();
  deadlines.start(100, () => expired.push("later"));
  clock.now = 1_000;
  await pause(60);
  assert.deepEqual(expired, []);
});
