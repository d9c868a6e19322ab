/** Health and statistics of the queue, as the document names them. */
import { toRfc3339 } from "../platform/clock.ts";
import { type Actor, type Ctx, requireActor } from "../platform/context.ts";
import { listWorkersSeenSince } from "./lease_store.ts";
import type { JobHealth, JobStats } from "./schema.ts";
import { countJobsByStatus } from "./store.ts";
import { WORKER_SEEN_MS } from "./view.ts";

/** Tells whether workers live, and how many of their places are taken. */
export async function getJobHealth(ctx: Ctx): Promise<JobHealth> {
  const actor = requireActor(ctx, "read");
  const { alive, total, active } = await countPlaces(ctx, actor);
  return {
    running: alive,
    timestamp: toRfc3339(ctx.clock.now()),
    scheduler: { enabled: true, running: alive },
    workers: { total, active, idle: total - active },
  };
}

/** Counts jobs by status: the caller's own, or everybody's for an admin. */
export async function getJobStats(ctx: Ctx): Promise<JobStats> {
  const actor = requireActor(ctx, "read");
  const counts = await countJobsByStatus(ctx.db, scopeOf(actor));
  const { total, active } = await countPlaces(ctx, actor);
  return {
    queue: {
      pending: counts.get("pending") ?? 0,
      running: counts.get("running") ?? 0,
      completed: counts.get("completed") ?? 0,
      failed: counts.get("failed") ?? 0,
      cancelled: counts.get("cancelled") ?? 0,
    },
    workers: { total, active },
  };
}

/** Whose jobs count: the caller's, or all for null. */
function scopeOf(actor: Actor): string | null {
  return actor.role === "user" ? actor.userId : null;
}

/** The workers of all processes that were seen just now. */
export async function listLiveWorkers({ db, clock }: Pick<Ctx, "db" | "clock">) {
  return await listWorkersSeenSince(db, clock.now() - WORKER_SEEN_MS);
}

async function countPlaces(ctx: Ctx, actor: Actor) {
  const workers = await listLiveWorkers(ctx);
  const running = (await countJobsByStatus(ctx.db, scopeOf(actor))).get("running") ?? 0;
  const places = workers.reduce((sum, { cpu_cores }) => sum + cpu_cores, 0);
  return {
    alive: workers.length > 0,
    total: places,
    active: Math.min(running, places),
  };
}
