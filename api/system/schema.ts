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
  parts: z.record(
    z.string(),
    z.object({
      ok: z.boolean(),
      latency_ms: z.number().openapi({ example: 0.4 }),
    }),
  ),
}).openapi("Ready");
