/** One's own sessions over HTTP. */
import { linkHeader } from "../platform/http/pages.ts";
import {
  createRouter,
  ctxOf,
  defineRoute,
  jsonAnswer,
  type Router,
} from "../platform/http/router.ts";
import { idParam, pageQuery } from "../platform/http/schemas.ts";
import { endOtherSessions, endSession, listSessions } from "./own_sessions.ts";
import { sessionPageSchema } from "./schema.ts";

const tags = ["Authentication"];

const list = defineRoute({
  method: "get",
  path: "/api/v1/auth/sessions",
  operationId: "listSessions",
  scope: "read",
  tags,
  summary: "List your sessions",
  description:
    "Every sign-in that is still good, the latest used first; `current` marks the one that asks. API tokens may not ask.",
  request: { query: pageQuery },
  responses: { 200: jsonAnswer(sessionPageSchema, "A page of sessions") },
});

const end = defineRoute({
  method: "delete",
  path: "/api/v1/auth/sessions/{session_id}",
  operationId: "endSession",
  scope: "read",
  tags,
  summary: "End one of your sessions",
  description:
    "Its access and refresh tokens stop working: at once in this process, within two seconds in others.",
  request: { params: idParam("session_id") },
  responses: { 204: { description: "Ended" } },
  errors: [404],
});

const endOthers = defineRoute({
  method: "delete",
  path: "/api/v1/auth/sessions",
  operationId: "endOtherSessions",
  scope: "read",
  tags,
  summary: "End all your other sessions",
  description: "Signs out everywhere but here. API tokens stay as they are.",
  responses: { 204: { description: "Ended" } },
});

export function sessionRoutes(): Router {
  const router = createRouter();
  router.openapi(list, async (c) => {
    const page = await listSessions(ctxOf(c), c.req.valid("query"));
    return c.json(page, 200, linkHeader(c.req.url, page));
  });
  router.openapi(end, async (c) => {
    await endSession(ctxOf(c), c.req.valid("param").session_id);
    return c.body(null, 204);
  });
  router.openapi(endOthers, async (c) => {
    await endOtherSessions(ctxOf(c));
    return c.body(null, 204);
  });
  return router;
}
