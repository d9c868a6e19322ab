import { z } from "@hono/zod-openapi";
import { idParam, pageOf, pageQuery, timestamp } from "../platform/http/schemas.ts";
import { JOB_PRIORITIES, JOB_STATUSES } from "./rows.ts";

const id = z.uuid().openapi({ example: "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e" });
const status = z.enum(JOB_STATUSES).openapi({ example: "running" });
const priority = z.enum(JOB_PRIORITIES).openapi({ example: "normal" });

export const jobIdParam = idParam("job_id");

export const submitJobSchema = z.object({
  name: z.string().min(1).max(100).openapi({ example: "purge_jobs" }),
  args: z.record(z.string(), z.unknown()).default({}).openapi({
    description: "What the job takes; each name has its own arguments",
    example: { older_than_days: 30 },
  }),
  priority: priority.default("normal"),
  max_retries: z.number().int().min(0).max(10).optional().openapi({
    description: "Retries after the first failure; absent: what the job's kind says",
    example: 3,
  }),
}).openapi("SubmitJob");

export type SubmitJob = z.infer<typeof submitJobSchema>;

export const submittedJobSchema = z.object({ job_id: id, status, created_at: timestamp })
  .openapi("SubmittedJob");

export type SubmittedJob = z.infer<typeof submittedJobSchema>;

const progressSchema = z.object({
  ratio: z.number().openapi({ description: "0 to 1", example: 0.42 }),
  message: z.string().optional().openapi({ example: "BTC/USDT 2024-03" }),
  figures: z.record(z.string(), z.number()).optional().openapi({ example: { trades: 128 } }),
}).openapi("JobProgress");

const errorSchema = z.object({
  code: z.string().openapi({ example: "NO_CANDLES" }),
  message: z.string().openapi({ example: 'Cannot run: "BTC/USDT" has no candles in 5m' }),
}).openapi("JobError");

export const jobSummarySchema = z.object({
  id,
  name: z.string().openapi({ example: "backtest" }),
  label: z.string().openapi({ example: "Backtest" }),
  status,
  priority,
  cancel_requested: z.boolean().openapi({ example: false }),
  progress: progressSchema.nullable(),
  attempts: z.number().int().openapi({ description: "Runs begun", example: 1 }),
  max_retries: z.number().int().openapi({ example: 3 }),
  error: errorSchema.nullable().openapi({ description: "The last failure" }),
  resource_kind: z.string().nullable().openapi({ example: "backtest" }),
  resource_id: z.string().nullable(),
  result_url: z.string().nullable().openapi({
    description: "Where the result is, once there is one",
    example: "/api/v1/backtests/0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e",
  }),
  created_at: timestamp,
  started_at: timestamp.nullable(),
  finished_at: timestamp.nullable(),
  run_seconds: z.number().openapi({ description: "Time of all ended runs", example: 1.25 }),
}).openapi("JobSummary");

export type JobSummary = z.infer<typeof jobSummarySchema>;

export const WAITING_REASONS = ["retry", "turn", "no_worker", "too_large"] as const;

export const jobSchema = jobSummarySchema.extend({
  args: z.unknown().openapi({ example: { older_than_days: 30 } }),
  result: z.unknown().openapi({ description: "A small result; large ones are at `result_url`" }),
  queue_position: z.number().int().nullable().openapi({
    description: "1: starts next. Null when the job does not wait in line",
    example: 3,
  }),
  waiting: z.object({
    reason: z.enum(WAITING_REASONS),
    message: z.string().openapi({ example: "Waits for its turn: 2 jobs are ahead" }),
  }).nullable(),
}).openapi("Job");

export type Job = z.infer<typeof jobSchema>;

export const jobListQuery = pageQuery.extend({
  status: z.enum(JOB_STATUSES).optional().openapi({ description: "Only jobs in this state" }),
  name: z.string().max(100).optional().openapi({ description: "Only jobs of this name" }),
  resource_id: z.uuid().optional().openapi({ description: "Only jobs that work for this" }),
});

export type JobListQuery = z.infer<typeof jobListQuery>;

export const jobPageSchema = pageOf(jobSummarySchema, "JobPage");

export const deadLetterQuery = pageQuery;

const workersSchema = {
  total: z.number().int().openapi({ description: "Jobs that may run at once", example: 5 }),
  active: z.number().int().openapi({ description: "Jobs that run", example: 3 }),
};

export const jobHealthSchema = z.object({
  running: z.boolean().openapi({ description: "A worker is alive", example: true }),
  timestamp,
  scheduler: z.object({
    enabled: z.boolean().openapi({ example: true }),
    running: z.boolean().openapi({ example: true }),
  }),
  workers: z.object({
    ...workersSchema,
    idle: z.number().int().openapi({ example: 2 }),
  }),
}).openapi("JobHealth");

export type JobHealth = z.infer<typeof jobHealthSchema>;

export const jobStatsSchema = z.object({
  queue: z.object({
    pending: z.number().int().openapi({ example: 12 }),
    running: z.number().int().openapi({ example: 5 }),
    completed: z.number().int().openapi({ example: 1024 }),
    failed: z.number().int().openapi({ example: 3 }),
    cancelled: z.number().int().openapi({ example: 1 }),
  }),
  workers: z.object(workersSchema),
}).openapi("JobStats");

export type JobStats = z.infer<typeof jobStatsSchema>;
