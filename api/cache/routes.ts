/** The caches over HTTP: health, figures, purge. */
import {
  createRouter,
  ctxOf,
  defineRoute,
  jsonAnswer,
  type Router,
} from "../platform/http/router.ts";
import { cacheHealthSchema, cacheStatsSchema, patternParam, purgedSchema } from "./schema.ts";
import { getCacheHealth, getCacheStats, purgeCacheKeys } from "./service.ts";

const tags = ["Cache"];

const health = defineRoute({
  method: "get",
  path: "/api/v1/cache/health",
  operationId: "getCacheHealth",
  scope: "read",
  tags,
  summary: "Tell whether the caches may be used",
  description:
    "A process that does not learn what others change answers `degraded` and uses none of its " +
    "caches until it does.",
  responses: { 200: jsonAnswer(cacheHealthSchema, "The caches' state") },
});

const stats = defineRoute({
  method: "get",
  path: "/api/v1/cache/stats",
  operationId: "getCacheStats",
  scope: "read",
  tags,
  summary: "Count cached keys, hits and misses",
  description: "Of the process that answers, since it started.",
  responses: { 200: jsonAnswer(cacheStatsSchema, "The figures, together and for each cache") },
});

const purge = defineRoute({
  method: "delete",
  path: "/api/v1/cache/keys/{pattern}",
  operationId: "purgeCacheKeys",
  scope: "admin",
  tags,
  summary: "Delete cached keys",
  description:
    "Deletes in the process that answers at once and in every other within two seconds. What is " +
    "deleted is read anew when it is needed. Keys that prove something, as tokens do, are deleted " +
    "all together: no pattern looks into them.",
  request: { params: patternParam },
  responses: { 200: jsonAnswer(purgedSchema, "How many keys were deleted here") },
});

export function cacheRoutes(): Router {
  const router = createRouter();
  router.openapi(health, async (c) => c.json(await getCacheHealth(ctxOf(c)), 200));
  router.openapi(stats, (c) => c.json(getCacheStats(ctxOf(c)), 200));
  router.openapi(
    purge,
    async (c) => c.json(await purgeCacheKeys(ctxOf(c), c.req.valid("param").pattern), 200),
  );
  return router;
}
