/** The audit trail and the access log over HTTP. */
import { linkHeader } from "../platform/http/pages.ts";
import {
  createRouter,
  ctxOf,
  defineRoute,
  jsonAnswer,
  type Router,
} from "../platform/http/router.ts";
import { accessPageSchema, accessQuery, auditPageSchema, auditQuery } from "./schema.ts";
import { listAccessLog, listAuditLogs } from "./service.ts";

const tags = ["Audit"];

const logs = defineRoute({
  method: "get",
  path: "/api/v1/audit/logs",
  operationId: "listAuditLogs",
  scope: "read",
  tags,
  summary: "List what was done",
  description:
    "Your own actions, newest first: every write, with the row's fields before and after, and never edited. An admin sees everybody's, or one user's with `user_id`.",
  request: { query: auditQuery },
  responses: { 200: jsonAnswer(auditPageSchema, "A page of actions") },
});

const access = defineRoute({
  method: "get",
  path: "/api/v1/audit/access",
  operationId: "listAccessLog",
  scope: "admin",
  tags,
  summary: "List answered requests",
  description:
    "Newest first, at most a second late, for as long as `ACCESS_LOG_DAYS` says. Signs of life and the documentation's files are left out; queries are never kept.",
  request: { query: accessQuery },
  responses: { 200: jsonAnswer(accessPageSchema, "A page of requests") },
});

export function auditRoutes(): Router {
  const router = createRouter();
  router.openapi(logs, async (c) => {
    const page = await listAuditLogs(ctxOf(c), c.req.valid("query"));
    return c.json(page, 200, linkHeader(c.req.url, page));
  });
  router.openapi(access, async (c) => {
    const page = await listAccessLog(ctxOf(c), c.req.valid("query"));
    return c.json(page, 200, linkHeader(c.req.url, page));
  });
  return router;
}
