/** Health, readiness and metrics. */
import { z } from "@hono/zod-openapi";
import { toRfc3339 } from "../platform/clock.ts";
import {
  createRouter,
  ctxOf,
  defineRoute,
  jsonAnswer,
  type Router,
} from "../platform/http/router.ts";
import { apiHealthSchema, healthSchema, readySchema, resourcesSchema } from "./schema.ts";
import { checkReady, copyDatabase, createBackups, getResources, VERSION } from "./service.ts";

const health = defineRoute({
  method: "get",
  path: "/health",
  operationId: "getHealth",
  scope: null,
  tags: ["System"],
  summary: "Tell that the server is up",
  description: "Answers without touching storage, so it says only that the process serves.",
  responses: { 200: jsonAnswer(healthSchema, "The process serves") },
});

const apiHealth = defineRoute({
  method: "get",
  path: "/api/v1/health",
  operationId: "getApiHealth",
  scope: null,
  tags: ["System"],
  summary: "Tell that the API is up, and its clock",
  description: "Answers without touching storage. `timestamp` is the server's clock.",
  responses: { 200: jsonAnswer(apiHealthSchema, "The API serves") },
});

const ready = defineRoute({
  method: "get",
  path: "/ready",
  operationId: "getReady",
  scope: null,
  tags: ["System"],
  summary: "Tell whether every part answers",
  description:
    "Tries the database and the KV store; `not_ready` names the part that does not answer.",
  responses: {
    200: jsonAnswer(readySchema, "Every part answers"),
    503: jsonAnswer(readySchema, "A part does not answer"),
  },
});

const resources = defineRoute({
  method: "get",
  path: "/api/v1/system/resources",
  operationId: "getResources",
  scope: "read",
  tags: ["System"],
  summary: "Show processors, memory, disk and workers",
  description: "Of the machine of the process that answers, and the workers of all processes. " +
    "Everybody sees how much is taken; `details` are for admins.",
  responses: { 200: jsonAnswer(resourcesSchema, "What there is and how much is taken") },
});

const backup = defineRoute({
  method: "post",
  path: "/api/v1/system/backup",
  operationId: "copyDatabase",
  scope: "admin",
  tags: ["System"],
  summary: "Copy the database",
  description: "The database file as it is at one moment, while everything goes on. Answers only " +
    "`deno task backup` on the server's machine; any account gets 403. A database that belongs to " +
    "a libSQL server answers 409: use that server's own backups.",
  responses: {
    200: {
      description: "The file; `Content-Length` tells its size",
      content: { "application/vnd.sqlite3": { schema: z.string().openapi({ format: "binary" }) } },
    },
  },
  errors: [409],
});

const metrics = defineRoute({
  method: "get",
  path: "/metrics",
  operationId: "getMetrics",
  scope: null,
  tags: ["System"],
  summary: "Export metrics",
  description: "Prometheus text format: requests, jobs, database and core.",
  responses: {
    200: { description: "Metrics", content: { "text/plain": { schema: z.string() } } },
  },
});

export function systemRoutes(): Router {
  const router = createRouter();
  router.openapi(health, (c) => {
    const { settings } = ctxOf(c);
    return c.json(
      { status: "healthy" as const, environment: settings.ENVIRONMENT, version: VERSION },
      200,
    );
  });
  router.openapi(
    apiHealth,
    (c) => c.json({ status: "healthy" as const, timestamp: toRfc3339(ctxOf(c).clock.now()) }, 200),
  );
  router.openapi(ready, async (c) => {
    const state = await checkReady(ctxOf(c));
    return c.json(state, state.ready ? 200 : 503);
  });
  const backups = createBackups();
  router.openapi(backup, async (c) => {
    const { bytes, content } = await copyDatabase(ctxOf(c), backups);
    return c.body(content, 200, {
      "Content-Type": "application/vnd.sqlite3",
      "Content-Length": String(bytes),
    });
  });
  router.openapi(resources, async (c) => c.json(await getResources(ctxOf(c)), 200));
  router.openapi(metrics, async (c) => {
    const { registry } = ctxOf(c).telemetry;
    return c.text(await registry.metrics(), 200, { "Content-Type": registry.contentType });
  });
  return router;
}
