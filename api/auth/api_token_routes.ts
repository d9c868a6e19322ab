/** API tokens over HTTP. */
import { linkHeader } from "../platform/http/pages.ts";
import {
  createRouter,
  ctxOf,
  defineRoute,
  jsonAnswer,
  jsonBody,
  type Router,
} from "../platform/http/router.ts";
import { idParam, pageQuery } from "../platform/http/schemas.ts";
import { createApiToken, deleteApiToken, listApiTokens } from "./api_tokens.ts";
import { apiTokenPageSchema, createApiTokenSchema, createdApiTokenSchema } from "./schema.ts";

const tags = ["Authentication"];

const create = defineRoute({
  method: "post",
  path: "/api/v1/auth/tokens",
  operationId: "createApiToken",
  scope: "read",
  tags,
  summary: "Create an API token",
  description:
    "For programs: send it as `Authorization: Bearer cwk_…`. It may do what its `scopes` say and its user may do, from the given addresses, until it expires or is deleted. `token` is shown this once. API tokens cannot create others.",
  request: { body: jsonBody(createApiTokenSchema) },
  responses: { 201: jsonAnswer(createdApiTokenSchema, "The token, shown once") },
});

const list = defineRoute({
  method: "get",
  path: "/api/v1/auth/tokens",
  operationId: "listApiTokens",
  scope: "read",
  tags,
  summary: "List your API tokens",
  description: "Newest first, expired ones too, with their last four characters and last use.",
  request: { query: pageQuery },
  responses: { 200: jsonAnswer(apiTokenPageSchema, "A page of API tokens") },
});

const remove = defineRoute({
  method: "delete",
  path: "/api/v1/auth/tokens/{token_id}",
  operationId: "deleteApiToken",
  scope: "read",
  tags,
  summary: "Delete an API token",
  description: "It stops working: at once in this process, within two seconds in others.",
  request: { params: idParam("token_id") },
  responses: { 204: { description: "Deleted" } },
  errors: [404],
});

export function apiTokenRoutes(): Router {
  const router = createRouter();
  router.openapi(
    create,
    async (c) => c.json(await createApiToken(ctxOf(c), c.req.valid("json")), 201),
  );
  router.openapi(list, async (c) => {
    const page = await listApiTokens(ctxOf(c), c.req.valid("query"));
    return c.json(page, 200, linkHeader(c.req.url, page));
  });
  router.openapi(remove, async (c) => {
    await deleteApiToken(ctxOf(c), c.req.valid("param").token_id);
    return c.body(null, 204);
  });
  return router;
}
