/**
 * Deadlines of what is under way, looked at by one timer: a timer for each request would take longer
 * than all the rest of a short one.
 */

/** How late a deadline may be noticed. */
const SWEEP_MS = 25;

export interface Deadlines {
  /** Calls `expire` once, at most 25 ms after `ms` have passed; the answer calls it off. */
  start(ms: number, expire: () => void): () => void;
  /** Calls all off; later ones never expire. */
  close(): void;
}

interface Deadline {
  readonly at: number;
  readonly expire: () => void;
}

export function createDeadlines(monotonic: () => number): Deadlines {
  const open = new Set<Deadline>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isClosed = false;

  function sweep(): void {
    timer = null;
    const now = monotonic();
    for (const deadline of open) {
      if (deadline.at > now) continue;
      open.delete(deadline);
      deadline.expire();
    }
    watch();
  }

  function watch(): void {
    if (timer === null && open.size > 0 && !isClosed) timer = setTimeout(sweep, SWEEP_MS);
  }

  return {
    start(ms, expire) {
      const deadline = { at: monotonic() + ms, expire };
      open.add(deadline);
      watch();
      return () => void open.delete(deadline);
    },
    close() {
      isClosed = true;
      open.clear();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
