import assert from "node:assert/strict";
import fc from "fast-check";
import { createCacheRegistry } from "./cache.ts";
import { createDoorLimits, type Door, type DoorLimits } from "./door_limits.ts";
import { createLog } from "./log.ts";
import { createFakeClock, type FakeClock } from "./testing.ts";

const MINUTE_MS = 60_000;
const CALL = { weight: 1, calls: 1 };

function doorOf(quota: number, chunk: number): Door {
  return {
    name: "test",
    by: "user",
    policies: [{ name: "minute", quota, windowMs: MINUTE_MS, chunk, weighted: true }],
  };
}

/** Processes' worth of limits over one KV, with one clock. */
async function openFleet(processes: number) {
  const kv = await Deno.openKv(":memory:");
  return { ...fleetOver(kv, processes), [Symbol.dispose]: () => kv.close() };
}

function fleetOver(kv: Deno.Kv, processes: number) {
  const clock = createFakeClock();
  const fleet = Array.from({ length: processes }, () => openLimits(kv, clock));
  return { kv, clock, fleet };
}

function openLimits(kv: Deno.Kv, clock: FakeClock): DoorLimits {
  const caches = createCacheRegistry(() => clock.now());
  return createDoorLimits({ kv, clock, caches, log: createLog("test") });
}

/** A KV that counts what it is asked, and fails while it is down. */
function wrapKv(kv: Deno.Kv) {
  const state = { isDown: false, reports: 0 };
  const guard = () => {
    if (state.isDown) throw new TypeError("error sending request");
  };
  const wrapped = {
    getMany: (keys: Deno.KvKey[]) => {
      guard();
      return kv.getMany(keys);
    },
    atomic: () => {
      state.reports++;
      return kv.atomic();
    },
  };
  return { state, kv: wrapped as unknown as Deno.Kv };
}

async function admitted(limits: DoorLimits, door: Door, calls: number): Promise<number> {
  let count = 0;
  for (let call = 0; call < calls; call++) {
    if ((await limits.take(door, "alice", CALL)).allowed) count++;
  }
  return count;
}

Deno.test("take() allows the quota to one process, whatever the chunk", async () => {
  using parts = await openFleet(1);
  for (const [index, chunk] of [1, 2, 7, 30, 100].entries()) {
    const door = { ...doorOf(30, chunk), name: `door-${index}` };
    assert.equal(await admitted(parts.fleet[0] as DoorLimits, door, 60), 30);
  }
});

Deno.test("Processes allow at least the quota together, and at most a chunk each beyond it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        quota: fc.integer({ min: 1, max: 60 }),
        chunk: fc.integer({ min: 1, max: 12 }),
        processes: fc.integer({ min: 1, max: 5 }),
        weight: fc.integer({ min: 1, max: 3 }),
        turns: fc.array(fc.nat(99), { minLength: 1, maxLength: 200 }),
        atOnce: fc.boolean(),
      }),
      async ({ quota, chunk, processes, weight, turns, atOnce }) => {
        fc.pre(weight <= chunk);
        using parts = await openFleet(processes);
        const door = doorOf(quota, chunk);
        const cost = { weight, calls: 1 };
        const call = (turn: number) => {
          const limits = parts.fleet[turn % processes];
          return Promise.resolve(limits?.take(door, "alice", cost));
        };
        const passes = [];
        if (atOnce) passes.push(...await Promise.all(turns.map(call)));
        else for (const turn of turns) passes.push(await call(turn));
        const used = passes.filter((pass) => pass?.allowed).length * weight;
        const asked = turns.length * weight;
        assert.ok(used <= quota + processes * chunk, `${used} used of ${quota}`);
        assert.ok(used >= Math.min(asked, quota - weight + 1), `only ${used} used of ${quota}`);
      },
    ),
    { numRuns: 150 },
  );
});

Deno.test("Every window begins anew at a multiple of its length, for all processes", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ process: fc.nat(2), waitMs: fc.nat({ max: 40_000 }) }),
        { minLength: 1, maxLength: 120 },
      ),
      async (steps) => {
        using parts = await openFleet(3);
        const door = doorOf(5, 2);
        const byWindow = new Map<number, number>();
        for (const { process, waitMs } of steps) {
          // Most calls come in bursts, so that windows fill up.
          if (waitMs > 30_000) parts.clock.advance(waitMs);
          const now = parts.clock.now();
          const pass = await parts.fleet[process]?.take(door, "alice", CALL);
          const window = Math.floor(now / MINUTE_MS);
          if (pass?.allowed) byWindow.set(window, (byWindow.get(window) ?? 0) + 1);
          else assert.ok((byWindow.get(window) ?? 0) >= 5, "refused before the quota was used");
          assert.equal(pass?.states[0]?.resetAt, (window + 1) * MINUTE_MS);
        }
        for (const used of byWindow.values()) assert.ok(used <= 5 + 3 * 2);
      },
    ),
    { numRuns: 100 },
  );
});

Deno.test("take() refuses until the window's last millisecond and allows in the next", async () => {
  using parts = await openFleet(1);
  const [limits] = parts.fleet as [DoorLimits];
  const door = doorOf(3, 1);
  assert.equal(await admitted(limits, door, 5), 3);
  parts.clock.advance(MINUTE_MS - 1);
  assert.equal(await admitted(limits, door, 1), 0);
  parts.clock.advance(1);
  const pass = await limits.take(door, "alice", CALL);
  assert.deepEqual([pass.allowed, pass.states[0]?.remaining], [true, 2]);
});

Deno.test("take() asks KV once a chunk, and never for a refusal", async () => {
  using parts = await openFleet(0);
  const { state, kv } = wrapKv(parts.kv);
  const limits = openLimits(kv, parts.clock);
  const door = doorOf(100, 10);
  assert.equal(await admitted(limits, door, 100), 100);
  const { reports } = state;
  assert.ok(reports <= 11, `${reports} reports`);
  assert.equal(await admitted(limits, door, 50), 0);
  assert.ok(state.reports - reports <= 1);
});

Deno.test("take() answers without a promise as long as the chunk lasts", async () => {
  using parts = await openFleet(1);
  const [limits] = parts.fleet as [DoorLimits];
  for (let call = 0; call < 10; call++) {
    assert.ok(!(limits.take(doorOf(100, 10), "alice", CALL) instanceof Promise));
  }
  await limits.take(doorOf(100, 10), "alice", CALL);
});

Deno.test("Without KV every process counts for itself, and reports when it is back", async () => {
  using parts = await openFleet(0);
  const { state, kv } = wrapKv(parts.kv);
  const [one, two] = [openLimits(kv, parts.clock), openLimits(kv, parts.clock)];
  const door = doorOf(20, 4);
  state.isDown = true;
  assert.equal(await admitted(one, door, 30), 20);
  assert.equal(await admitted(two, door, 6), 6);
  state.isDown = false;
  parts.clock.advance(1_000);
  // The first call after the pause begins a report, and nobody waits for it.
  assert.equal(await admitted(two, door, 1), 1);
  await waitForCount(parts.kv, 7);
  const three = openLimits(kv, parts.clock);
  assert.equal(await admitted(three, door, 30), 13);
});

/** Until KV has a count of the first window's calls. */
async function waitForCount(kv: Deno.Kv, count: number): Promise<void> {
  const window = Math.floor(createFakeClock().now() / MINUTE_MS);
  const key = ["door", "test", "minute", "alice", window];
  for (let look = 0; look < 1_000_000; look++) {
    if ((await kv.get(key)).value === count) return;
  }
  assert.fail(`KV never had a count of ${count}`);
}

Deno.test("Subjects, doors and policies are counted apart", async () => {
  using parts = await openFleet(1);
  const [limits] = parts.fleet as [DoorLimits];
  const door = doorOf(1, 1);
  assert.ok((await limits.take(door, "alice", CALL)).allowed);
  assert.ok((await limits.take(door, "bob", CALL)).allowed);
  assert.ok((await limits.take({ ...door, name: "other" }, "alice", CALL)).allowed);
  assert.ok(!(await limits.take(door, "alice", CALL)).allowed);
});

Deno.test("A call counts its weight where calls are weighted, and nothing when one policy refuses", async () => {
  using parts = await openFleet(1);
  const [limits] = parts.fleet as [DoorLimits];
  const door: Door = {
    name: "two",
    by: "user",
    policies: [
      { name: "minute", quota: 10, windowMs: MINUTE_MS, chunk: 5, weighted: true },
      { name: "second", quota: 2, windowMs: 1_000, chunk: 2, weighted: false },
    ],
  };
  const take = async (weight: number) => {
    const { allowed, states } = await limits.take(door, "alice", { weight, calls: 1 });
    return [allowed, ...states.map(({ remaining }) => remaining)];
  };
  assert.deepEqual(await take(5), [true, 5, 1]);
  assert.deepEqual(await take(6), [false, 5, 1]);
  assert.deepEqual(await take(1), [true, 4, 0]);
  assert.deepEqual(await take(1), [false, 4, 0]);
  parts.clock.advance(1_000);
  assert.deepEqual(await take(4), [true, 0, 1]);
  assert.deepEqual(await take(1), [false, 0, 1]);
});
