/** What the machine and its processes have, and how much of it is taken. */
import { statfs } from "node:fs/promises";
import { listLiveWorkers } from "../jobs/service.ts";
import { toRfc3339 } from "../platform/clock.ts";
import { type Ctx, requireActor } from "../platform/context.ts";
import type { Resources } from "./schema.ts";
import { VERSION } from "./version.ts";

/** Where nothing of one's own is on the disk there is nothing to say of it. */
type Disk = { readonly total: number; readonly free: number } | null;

/**
 * Reads the machine of the process that answers and lists the workers of all. `details` are for
 * admins: the figures themselves, the workers, the exact versions.
 */
export async function getResources(ctx: Ctx): Promise<Resources> {
  const actor = requireActor(ctx, "read");
  const workers = await listLiveWorkers(ctx);
  const memory = whenAllowed(() => Deno.systemMemoryInfo());
  const load = whenAllowed(() => Deno.loadavg());
  const disk = await readDisk(ctx);
  const cores = navigator.hardwareConcurrency;
  return {
    timestamp: toRfc3339(ctx.clock.now()),
    version: VERSION,
    cpu: { cores, load_ratio: load === null ? null : round((load[0] ?? 0) / cores) },
    memory: { used_ratio: memory === null ? null : round(1 - memory.available / memory.total) },
    disk: { used_ratio: disk === null ? null : round(1 - disk.free / disk.total) },
    workers: {
      processes: workers.length,
      places: workers.reduce((sum, { cpu_cores }) => sum + cpu_cores, 0),
      running: workers.reduce((sum, { running }) => sum + running, 0),
    },
    details: actor.role === "user" ? null : toDetails(ctx, { workers, memory, load, disk }),
  };
}

function toDetails(
  ctx: Ctx,
  { workers, memory, load, disk }: {
    workers: Awaited<ReturnType<typeof listLiveWorkers>>;
    memory: Deno.SystemMemoryInfo | null;
    load: number[] | null;
    disk: Disk;
  },
): NonNullable<Resources["details"]> {
  const own = Deno.memoryUsage();
  return {
    load_average: load,
    memory: memory === null
      ? null
      : { total_bytes: memory.total, available_bytes: memory.available },
    process: {
      uptime_seconds: round(ctx.clock.monotonic() / 1000),
      rss_bytes: own.rss,
      heap_used_bytes: own.heapUsed,
      heap_total_bytes: own.heapTotal,
      external_bytes: own.external,
    },
    data_dir: disk === null ? null : { total_bytes: disk.total, free_bytes: disk.free },
    workers: workers.map(({ kinds, started_at, seen_at, ...worker }) => ({
      ...worker,
      kinds: JSON.parse(kinds),
      started_at: toRfc3339(started_at),
      seen_at: toRfc3339(seen_at),
    })),
    versions: { ...Deno.version, os: `${Deno.build.os} ${Deno.build.arch}` },
  };
}

/** Of the file system the data directory is on; null where the process may not ask. */
async function readDisk({ settings }: Ctx): Promise<Disk> {
  try {
    const { bsize, blocks, bavail } = await statfs(settings.DATA_DIR);
    return blocks === 0 ? null : { total: bsize * blocks, free: bsize * bavail };
  } catch {
    return null;
  }
}

/** An edge platform may not let a process look at its machine. */
function whenAllowed<T>(read: () => T): T | null {
  try {
    return read();
  } catch (err) {
    if (err instanceof Deno.errors.NotCapable || err instanceof Deno.errors.NotSupported) {
      return null;
    }
    throw err;
  }
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
