/** The door of the jobs capability: what clients ask for, and what workers do. */
export {
  cancelRun,
  claimJob,
  completeRun,
  type EndHook,
  type EndHooks,
  failRun,
  LeaseLost,
  recoverAll,
  recoverExpired,
  saveCheckpoint,
  yieldRun,
} from "./lease.ts";
export {
  deleteWorker,
  extendLease,
  findCheckpoint,
  findHeldRuns,
  type Lease,
  listDueJobs,
  upsertWorker,
} from "./lease_store.ts";
export { putProgress } from "./progress.ts";
export { listReadyKeys, type ReadyJob, readyJobOf, watchQueue } from "./ready_keys.ts";
export type { JobRow } from "./rows.ts";
export {
  ensureSchedule,
  runDueSchedule,
  type ScheduledRun,
  type ScheduleRunner,
  timeToNextDue,
} from "./schedule.ts";
export { countPendingByKind } from "./store.ts";
export { jobSweeps } from "./sweeps.ts";
export { getJobHealth, getJobStats, listLiveWorkers } from "./figures.ts";
export type { JobKind, JobKinds } from "./kind.ts";
export { purgeJobsKind } from "./kinds.ts";
export { deleteFinishedJobs } from "./store.ts";
export {
  cancelOwnJob,
  deleteOwnJob,
  getJob,
  listDeadLetters,
  listJobs,
  retryJob,
  submitJob,
} from "./verbs.ts";
