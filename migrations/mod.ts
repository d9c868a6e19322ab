import type { Migration } from "../api/platform/database/migrate.ts";
import { foundation } from "./0001_foundation.ts";
import { jobs } from "./0003_jobs.ts";
import { strategies } from "./0004_strategies.ts";

/** Every migration in order; a released one never changes. */
export const migrations: readonly Migration[] = [foundation, jobs, strategies];
