import assert from "node:assert/strict";
import fc from "fast-check";
import { type Candidate, chooseCandidate, type Demand } from "./admission.ts";

const budget = { cpuCores: 2, memoryMb: 1_000 };

function job(changes: Partial<Candidate> = {}): Candidate {
  return { cpuCores: 1, memoryMb: 100, estimateMs: 60_000, readyAt: 0, ...changes };
}

Deno.test("chooseCandidate() takes the first that fits, not the best", () => {
  const [large, small] = [job({ memoryMb: 950 }), job()];
  assert.equal(chooseCandidate([large, small], [], { budget, now: 0 }), large);
  assert.equal(chooseCandidate([large, small], [job()], { budget, now: 0 }), small);
});

Deno.test("chooseCandidate() keeps one slot that only short jobs take", () => {
  const running = [job(), job()];
  const short = job({ estimateMs: 1_000 });
  assert.equal(chooseCandidate([job(), short], running, { budget, now: 0 }), short);
  assert.equal(chooseCandidate([short], [...running, short], { budget, now: 0 }), null);
});

Deno.test("chooseCandidate() lets no long job overtake one that waited for a minute", () => {
  const patient = job({ memoryMb: 950 });
  const short = job({ estimateMs: 1_000 });
  const running = [job()];
  assert.equal(chooseCandidate([patient, job(), short], running, { budget, now: 61_000 }), short);
  assert.equal(chooseCandidate([patient, job()], running, { budget, now: 61_000 }), null);
});

Deno.test("chooseCandidate() passes over a job that no such worker can hold", () => {
  const fitting = job();
  const huge = job({ memoryMb: 5_000 });
  assert.equal(chooseCandidate([huge, fitting], [], { budget, now: 1e9 }), fitting);
});

Deno.test("chooseCandidate() never admits more memory, cores or long jobs than the budget", () => {
  const demand: fc.Arbitrary<Candidate> = fc.record({
    cpuCores: fc.integer({ min: 1, max: 4 }),
    memoryMb: fc.integer({ min: 1, max: 1_200 }),
    estimateMs: fc.option(fc.integer({ min: 1, max: 20_000 }), { nil: null }),
    readyAt: fc.integer({ min: 0, max: 100_000 }),
  });
  fc.assert(fc.property(fc.array(demand, { maxLength: 40 }), (waiting) => {
    const running: Candidate[] = [];
    let left = waiting;
    for (;;) {
      const next = chooseCandidate(left, running, { budget, now: 100_000 });
      if (next === null) break;
      running.push(next);
      left = left.filter((each) => each !== next);
    }
    const cores = (jobs: Demand[]) =>
      jobs.reduce((sum, each) => sum + Math.min(each.cpuCores, 2), 0);
    assert.ok(running.reduce((sum, { memoryMb }) => sum + memoryMb, 0) <= budget.memoryMb);
    assert.ok(cores(running) <= budget.cpuCores + 1);
    assert.ok(
      cores(running.filter(({ estimateMs }) => estimateMs === null || estimateMs >= 5_000)) <= 2,
    );
  }));
});
