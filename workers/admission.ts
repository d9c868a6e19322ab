/** Which waiting job a worker takes next. Pure. */

export interface Budget {
  readonly cpuCores: number;
  readonly memoryMb: number;
}

/** What a job was estimated to take. */
export interface Demand {
  readonly cpuCores: number;
  readonly memoryMb: number;
  /** Null: unknown, so it counts as long. */
  readonly estimateMs: number | null;
}

export interface Candidate extends Demand {
  /** Epoch milliseconds since when it could run. */
  readonly readyAt: number;
}

/** Jobs expected to take less than this are short. */
export const SHORT_MS = 5_000;
/** A job that waited this long is not overtaken any more by jobs that need less. */
const PATIENCE_MS = 60_000;

/**
 * The first candidate that fits beside what runs, or null. Beside the cores there is one slot that
 * only short jobs take, so that they never wait behind long ones.
 */
export function chooseCandidate<C extends Candidate>(
  candidates: readonly C[],
  running: readonly Demand[],
  { budget, now }: { budget: Budget; now: number },
): C | null {
  let onlyShort = false;
  for (const candidate of candidates) {
    if (exceeds(candidate, budget)) continue;
    if (onlyShort && !isShort(candidate)) continue;
    if (fits(candidate, running, budget)) return candidate;
    if (now - candidate.readyAt > PATIENCE_MS) onlyShort = true;
  }
  return null;
}

/** True when a worker of this budget can never take the job. */
export function exceeds(demand: Pick<Demand, "memoryMb">, budget: Budget): boolean {
  return demand.memoryMb > budget.memoryMb;
}

function fits(demand: Demand, running: readonly Demand[], budget: Budget): boolean {
  const cores = (jobs: readonly Demand[]) =>
    jobs.reduce((sum, job) => sum + Math.min(job.cpuCores, budget.cpuCores), 0);
  const own = Math.min(demand.cpuCores, budget.cpuCores);
  const memoryMb = running.reduce((sum, job) => sum + job.memoryMb, demand.memoryMb);
  if (memoryMb > budget.memoryMb) return false;
  if (cores(running) + own > budget.cpuCores + 1) return false;
  if (isShort(demand)) return true;
  return cores(running.filter((job) => !isShort(job))) + own <= budget.cpuCores;
}

function isShort({ estimateMs }: Demand): boolean {
  return estimateMs !== null && estimateMs < SHORT_MS;
}
