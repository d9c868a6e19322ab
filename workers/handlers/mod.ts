/** Every kind of job this program runs. */
import type { JobHandler } from "../handler.ts";
import { purgeJobs } from "./purge_jobs.ts";

export const handlers: readonly JobHandler[] = [purgeJobs];
