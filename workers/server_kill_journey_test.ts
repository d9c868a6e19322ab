import assert from "node:assert/strict";
import { toRequest } from "../api/testing.ts";
import { type BacktestUser, importMarket, submitBacktest } from "./testing/backtests.ts";
import { layGround, readRow } from "./testing/ground.ts";
import { startApiProcess, type WorkerProcess } from "./testing/processes.ts";

type Server = WorkerProcess & { readonly url: string };

// deno-lint-ignore no-explicit-any -- a test looks at answers as a client without types does
type Answer = any;

/** What `deno task start` runs: answers, jobs and compute workers in one process. */
function start(environment: Record<string, string>): Promise<Server> {
  return startApiProcess({ ...environment, RUN_JOBS: "yes", RATE_LIMITS: "off" });
}

function userOf({ url }: Server, token: string): BacktestUser {
  return { as: (path, init) => fetch(`${url}${path}`, toRequest(init, `Bearer ${token}`)) };
}

async function read(user: BacktestUser, path: string): Promise<Answer> {
  const answer = await user.as(path);
  assert.equal(answer.status, 200);
  return await answer.json();
}

async function register({ url }: Server): Promise<string> {
  const account = { username: "ann", email: "ann@example.com", password: "password of ann" };
  const answer = await fetch(`${url}/api/v1/auth/register`, toRequest({ json: account }));
  return (await answer.json()).access_token;
}

/** A backtest once its job's run has ended well. */
async function finished(
  server: Server,
  user: BacktestUser,
  { id, job_id }: { readonly id: string; readonly job_id: string },
): Promise<Answer> {
  await server.waitFor("job run", (line) => line.job_id === job_id && line.outcome === "completed");
  return await read(user, `/api/v1/backtests/${id}`);
}

Deno.test("a server killed in the middle of a job finishes it when it is started again", async () => {
  await using ground = await layGround(await Deno.makeTempDir({ prefix: "candlewick-kill-" }));
  await ground.open(importMarket);
  let token: string;
  let run: { id: string; job_id: string };
  {
    // Slices of the shortest kind make many runs, and as many checkpoints, of one short backtest.
    await using first = await start({ ...ground.environment, JOB_SLICE_MS: "1" });
    token = await register(first);
    const ann = userOf(first, token);
    run = await submitBacktest(ann);
    await first.waitFor("job run", ({ outcome }) => outcome === "yielded");
    let status = "pending";
    while (status === "pending") ({ status } = await read(ann, `/api/v1/jobs/${run.job_id}`));
    first.signal("SIGKILL");
    assert.equal(await first.ended, null);
    assert.equal(status, "running");
  }
  await using second = await start(ground.environment);
  const ann = userOf(second, token);
  const resumed = await finished(second, ann, run);
  assert.equal(resumed.status, "completed");
  assert.ok(resumed.results.total_trades > 10);
  const again = await submitBacktest(ann);
  const whole = await finished(second, ann, again);
  assert.equal(resumed.result_hash, whole.result_hash);
  second.signal("SIGTERM");
  assert.equal(await second.ended, 0);
  assert.equal((await readRow(ground, run.job_id)).deaths, 1);
});
