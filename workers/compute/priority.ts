/** Threads that compute give way to the one that answers requests. */
import { getPriority, setPriority } from "node:os";

const THREADS = "/proc/self/task";
/** How the runtime names the threads of its workers. */
const WORKER_THREAD = /^worker-/;
/** Of two threads that want one processor the other gets nine tenths of it. */
const NICENESS = 10;

/**
 * Starts a worker whose thread computes with what others leave: on Linux, where each thread has a
 * niceness of its own. Elsewhere, and without the permission, the system shares as it likes.
 */
export function startBehind(start: () => Worker): Worker {
  const before = new Set(listWorkerThreads());
  const worker = start();
  for (const thread of listWorkerThreads()) {
    if (!before.has(thread)) lower(thread);
  }
  return worker;
}

/** Ids of the threads of workers that run; none where the system does not list them. */
export function listWorkerThreads(): number[] {
  try {
    return [...Deno.readDirSync(THREADS)].map(({ name }) => name).filter(isWorker).map(Number);
  } catch (err) {
    if (isElsewhere(err)) return [];
    throw err;
  }
}

function isWorker(thread: string): boolean {
  try {
    return WORKER_THREAD.test(Deno.readTextFileSync(`${THREADS}/${thread}/comm`));
  } catch (err) {
    // It ended since it was listed.
    if (isElsewhere(err)) return false;
    throw err;
  }
}

function lower(thread: number): void {
  try {
    setPriority(thread, Math.max(getPriority(), NICENESS));
  } catch (err) {
    if (!isElsewhere(err)) throw err;
  }
}

function isElsewhere(err: unknown): boolean {
  return err instanceof Deno.errors.NotFound || err instanceof Deno.errors.NotCapable ||
    err instanceof Deno.errors.PermissionDenied ||
    (err instanceof Error && "code" in err && err.code === "ERR_SYSTEM_ERROR");
}
