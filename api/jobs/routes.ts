/** Jobs over HTTP: follow, submit, cancel, retry. */
import { linkHeader } from "../platform/http/pages.ts";
import {
  createRouter,
  ctxOf,
  defineRoute,
  jsonAnswer,
  jsonBody,
  type Router,
} from "../platform/http/router.ts";
import {
  deadLetterQuery,
  jobHealthSchema,
  jobIdParam,
  jobListQuery,
  jobPageSchema,
  jobSchema,
  jobStatsSchema,
  submitJobSchema,
  submittedJobSchema,
} from "./schema.ts";
import {
  cancelOwnJob,
  deleteOwnJob,
  getJob,
  getJobHealth,
  getJobStats,
  type JobKind,
  listDeadLetters,
  listJobs,
  retryJob,
  submitJob,
} from "./service.ts";

const tags = ["Jobs"];

const health = defineRoute({
  method: "get",
  path: "/api/v1/jobs/health",
  operationId: "getJobHealth",
  scope: "read",
  tags,
  summary: "Tell whether workers live",
  description:
    "`workers.total` counts the jobs that may run at once over all processes; `active` counts your own, everybody's for an admin.",
  responses: { 200: jsonAnswer(jobHealthSchema, "The workers' state") },
});

const stats = defineRoute({
  method: "get",
  path: "/api/v1/jobs/stats",
  operationId: "getJobStats",
  scope: "read",
  tags,
  summary: "Count jobs by status",
  description: "Your own jobs, everybody's for an admin.",
  responses: { 200: jsonAnswer(jobStatsSchema, "The counts") },
});

const deadLetters = defineRoute({
  method: "get",
  path: "/api/v1/jobs/dead-letters",
  operationId: "listDeadLetters",
  scope: "read",
  tags,
  summary: "List your dead letters",
  description:
    "Jobs whose last retry failed, or whose process died three times, the newest first. Retry or delete them.",
  request: { query: deadLetterQuery },
  responses: { 200: jsonAnswer(jobPageSchema, "A page of failed jobs") },
});

const list = defineRoute({
  method: "get",
  path: "/api/v1/jobs",
  operationId: "listJobs",
  scope: "read",
  tags,
  summary: "List your jobs",
  description: "The newest first, with progress. The detail also tells the place in line.",
  request: { query: jobListQuery },
  responses: { 200: jsonAnswer(jobPageSchema, "A page of jobs") },
});

const submit = defineRoute({
  method: "post",
  path: "/api/v1/jobs",
  operationId: "submitJob",
  scope: "backtest:run",
  tags,
  summary: "Enqueue a job by name",
  description:
    "Takes the names on the allow-list; an unknown name answers 422 with the list, arguments that name another user 403. `purge_jobs` deletes your finished jobs older than `older_than_days`; `verify_candles` reads a series (`symbol`, `timeframe`, and `exchange`, `dataset`, `candle_type` where needed) and answers what is wrong with it.",
  request: { body: jsonBody(submitJobSchema) },
  responses: { 201: jsonAnswer(submittedJobSchema, "The job waits") },
  errors: [409],
});

const byId = defineRoute({
  method: "get",
  path: "/api/v1/jobs/{job_id}",
  operationId: "getJob",
  scope: "read",
  tags,
  summary: "Show a job",
  description: "State, progress, place in line and why it waits, last error, link to the result.",
  request: { params: jobIdParam },
  responses: { 200: jsonAnswer(jobSchema, "The job") },
  errors: [404],
});

const remove = defineRoute({
  method: "delete",
  path: "/api/v1/jobs/{job_id}",
  operationId: "deleteJob",
  scope: "backtest:run",
  tags,
  summary: "Stop a job and remove it",
  description: "A job that works for a backtest or the like is deleted with that: 409.",
  request: { params: jobIdParam },
  responses: { 204: { description: "The job is gone" } },
  errors: [404, 409],
});

const cancel = defineRoute({
  method: "post",
  path: "/api/v1/jobs/{job_id}/cancel",
  operationId: "cancelJob",
  scope: "backtest:run",
  tags,
  summary: "Cancel a job",
  description:
    "A waiting job is cancelled at once. A running one is asked to stop: `cancel_requested` is true until it has. A finished one answers 409.",
  request: { params: jobIdParam },
  responses: { 200: jsonAnswer(jobSchema, "The job after the request") },
  errors: [404, 409],
});

const retry = defineRoute({
  method: "post",
  path: "/api/v1/jobs/{job_id}/retry",
  operationId: "retryJob",
  scope: "backtest:run",
  tags,
  summary: "Retry a dead letter",
  description: "Puts a failed job back in line; it goes on from its last checkpoint.",
  request: { params: jobIdParam },
  responses: { 200: jsonAnswer(jobSchema, "The job waits again") },
  errors: [404, 409],
});

/** `offered` are all kinds there are: public ones are taken by name, all lend their labels. */
export function jobRoutes(offered: readonly JobKind[]): Router {
  const kinds = new Map(offered.map((kind) => [kind.name, kind]));
  const router = createRouter();
  router.openapi(health, async (c) => c.json(await getJobHealth(ctxOf(c)), 200));
  router.openapi(stats, async (c) => c.json(await getJobStats(ctxOf(c)), 200));
  router.openapi(deadLetters, async (c) => {
    const page = await listDeadLetters(ctxOf(c), kinds, c.req.valid("query"));
    return c.json(page, 200, linkHeader(c.req.url, page));
  });
  router.openapi(list, async (c) => {
    const page = await listJobs(ctxOf(c), kinds, c.req.valid("query"));
    return c.json(page, 200, linkHeader(c.req.url, page));
  });
  router.openapi(submit, async (c) => {
    const job = await submitJob(ctxOf(c), kinds, c.req.valid("json"));
    return c.json(job, 201, { Location: `/api/v1/jobs/${job.job_id}` });
  });
  router.openapi(byId, async (c) => {
    const { job_id } = c.req.valid("param");
    return c.json(await getJob(ctxOf(c), kinds, job_id), 200);
  });
  router.openapi(remove, async (c) => {
    await deleteOwnJob(ctxOf(c), c.req.valid("param").job_id);
    return c.body(null, 204);
  });
  router.openapi(cancel, async (c) => {
    const { job_id } = c.req.valid("param");
    return c.json(await cancelOwnJob(ctxOf(c), kinds, job_id), 200);
  });
  router.openapi(retry, async (c) => {
    const { job_id } = c.req.valid("param");
    return c.json(await retryJob(ctxOf(c), kinds, job_id), 200);
  });
  return router;
}
