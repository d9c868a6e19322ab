import type { Migration } from "../api/platform/database/migrate.ts";
import { foundation } from "./0001_foundation.ts";
import { market } from "./0002_market.ts";
import { jobs } from "./0003_jobs.ts";
import { strategies } from "./0004_strategies.ts";
import { backtests } from "./0005_backtests.ts";
import { jobTraces } from "./0006_job_traces.ts";
import { reports } from "./0007_reports.ts";

/** Every migration in order; a released one never changes. */
export const migrations: readonly Migration[] = [
  foundation,
  market,
  jobs,
  strategies,
  backtests,
  jobTraces,
  reports,
];
