/** Users over HTTP: one's own profile, and everyone's for admins. */
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
  updateMeSchema,
  updateUserSchema,
  userIdParam,
  userListQuery,
  userPageSchema,
  userSchema,
} from "./schema.ts";
import { getMe, getUser, listUsers, updateMe, updateUser } from "./service.ts";

const tags = ["Users"];

const me = defineRoute({
  method: "get",
  path: "/api/v1/users/me",
  operationId: "getMe",
  scope: "read",
  tags,
  summary: "Show your profile",
  description: "The user the access token belongs to, with preferences.",
  responses: { 200: jsonAnswer(userSchema, "Your profile") },
  errors: [404],
});

const patchMe = defineRoute({
  method: "patch",
  path: "/api/v1/users/me",
  operationId: "updateMe",
  scope: "read",
  tags,
  summary: "Change your profile",
  description:
    "`preferences` is merged into what is stored (RFC 7396): a member of `null` is removed, members not named stay.",
  request: { body: jsonBody(updateMeSchema) },
  responses: { 200: jsonAnswer(userSchema, "Your profile after the change") },
  errors: [404],
});

const list = defineRoute({
  method: "get",
  path: "/api/v1/users",
  operationId: "listUsers",
  scope: "admin",
  tags,
  summary: "List users",
  description: "All users, oldest first; filters narrow the list together.",
  request: { query: userListQuery },
  responses: { 200: jsonAnswer(userPageSchema, "A page of users") },
});

const byId = defineRoute({
  method: "get",
  path: "/api/v1/users/{user_id}",
  operationId: "getUser",
  scope: "admin",
  tags,
  summary: "Show a user",
  description: "Any user by id.",
  request: { params: userIdParam },
  responses: { 200: jsonAnswer(userSchema, "The user") },
  errors: [404],
});

const patchUser = defineRoute({
  method: "patch",
  path: "/api/v1/users/{user_id}",
  operationId: "updateUser",
  scope: "admin",
  tags,
  summary: "Disable, enable, promote or demote a user",
  description:
    "Disabling ends every session of the user: at once in this process, within two seconds in others. Enabling again does not revive them. Nobody changes their own access.",
  request: { params: userIdParam, body: jsonBody(updateUserSchema) },
  responses: { 200: jsonAnswer(userSchema, "The user after the change") },
  errors: [404, 409],
});

export function userRoutes(): Router {
  const router = createRouter();
  router.openapi(me, async (c) => c.json(await getMe(ctxOf(c)), 200));
  router.openapi(
    patchMe,
    async (c) => c.json(await updateMe(ctxOf(c), c.req.valid("json")), 200),
  );
  router.openapi(list, async (c) => {
    const page = await listUsers(ctxOf(c), c.req.valid("query"));
    return c.json(page, 200, linkHeader(c.req.url, page));
  });
  router.openapi(
    byId,
    async (c) => c.json(await getUser(ctxOf(c), c.req.valid("param").user_id), 200),
  );
  router.openapi(patchUser, async (c) => {
    const { user_id } = c.req.valid("param");
    return c.json(await updateUser(ctxOf(c), user_id, c.req.valid("json")), 200);
  });
  return router;
}
