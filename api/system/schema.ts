import { z } from "@hono/zod-openapi";
import { timestamp } from "../platform/http/schemas.ts";

export const healthSchema = z.object({
  status: z.literal("healthy"),
  environment: z.string().openapi({ example: "development" }),
  version: z.string().openapi({ example: "0.1.0" }),
}).openapi("Health");

export const apiHealthSchema = z.object({
  status: z.literal("healthy"),
  timestamp,
}).openapi("ApiHealth");

export const readySchema = z.object({
  ready: z.boolean(),
  not_ready: z.array(z.string()).openapi({
    description: "The parts that do not answer",
    example: ["kv"],
  }),
  parts: z.record(
    z.string(),
    z.object({
      ok: z.boolean(),
      latency_ms: z.number().openapi({ example: 0.4 }),
      error: z.string().nullable().openapi({ example: null }),
    }),
  ),
}).openapi("Ready");

export type Ready = z.infer<typeof readySchema>;

const ratio = z.number().nullable().openapi({
  description: "Null where the process may not ask its machine",
  example: 0.42,
});
const bytes = z.number().int().openapi({ example: 8_589_934_592 });

export const resourcesSchema = z.object({
  timestamp,
  version: z.string().openapi({ example: "0.1.0" }),
  cpu: z.object({
    cores: z.number().int().openapi({ example: 2 }),
    load_ratio: ratio.openapi({
      description: "Load of the last minute a core; above 1 work waits. Null where it is unknown",
    }),
  }),
  memory: z.object({ used_ratio: ratio }),
  disk: z.object({
    used_ratio: ratio.openapi({ description: "Of the file system the data directory is on" }),
  }),
  workers: z.object({
    processes: z.number().int().openapi({ example: 1 }),
    places: z.number().int().openapi({ description: "Jobs that may run at once", example: 2 }),
    running: z.number().int().openapi({ example: 1 }),
  }),
  details: z.object({
    load_average: z.array(z.number()).nullable().openapi({
      description: "Of 1, 5 and 15 minutes",
      example: [0.4, 0.3, 0.2],
    }),
    memory: z.object({ total_bytes: bytes, available_bytes: bytes }).nullable(),
    process: z.object({
      uptime_seconds: z.number().openapi({ example: 3_600 }),
      rss_bytes: bytes,
      heap_used_bytes: bytes,
      heap_total_bytes: bytes,
      external_bytes: bytes,
    }),
    data_dir: z.object({ total_bytes: bytes, free_bytes: bytes }).nullable(),
    workers: z.array(z.object({
      id: z.uuid(),
      cpu_cores: z.number().int().openapi({ example: 2 }),
      memory_mb: z.number().int().openapi({ example: 2_048 }),
      running: z.number().int().openapi({ example: 1 }),
      kinds: z.array(z.string()).openapi({ example: ["backtest"] }),
      started_at: timestamp,
      seen_at: timestamp,
    })),
    versions: z.object({
      deno: z.string().openapi({ example: "2.9.6" }),
      v8: z.string().openapi({ example: "15.0.245.2-rusty" }),
      typescript: z.string().openapi({ example: "6.0.3" }),
      os: z.string().openapi({ example: "linux x86_64" }),
    }),
  }).nullable().openapi({ description: "For admins; null for others" }),
}).openapi("Resources");

export type Resources = z.infer<typeof resourcesSchema>;
