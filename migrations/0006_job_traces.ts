import type { Migration } from "../api/platform/database/migrate.ts";

/** The trace that a job was asked for in, so that its runs join it. */
export const jobTraces: Migration = {
  name: "0006_job_traces",
  statements: [`alter table jobs add column trace_parent text`],
};
