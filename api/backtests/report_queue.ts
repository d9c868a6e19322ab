/** How many reports are made at once: a long one holds a hundred megabytes while it is made. */
import { Semaphore } from "async-mutex";
import { AppError } from "../platform/errors.ts";

const PARALLEL_MAX = 2;
const WAITING_MAX = 20;

export interface ReportQueue {
  /** Runs the work in its turn. @throws AppError OVERLOADED when too many wait. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

export function createReportQueue(): ReportQueue {
  const slots = new Semaphore(PARALLEL_MAX);
  let admitted = 0;
  return {
    async run(work) {
      if (admitted >= PARALLEL_MAX + WAITING_MAX) {
        throw new AppError("OVERLOADED", "Cannot make the report now: too many others wait", {
          headers: { "Retry-After": "5" },
        });
      }
      admitted++;
      try {
        return await slots.runExclusive(work);
      } finally {
        admitted--;
      }
    },
  };
}
