/** Signing up, in and out over HTTP. */
import {
  createRouter,
  ctxOf,
  defineRoute,
  jsonAnswer,
  jsonBody,
  type Router,
} from "../platform/http/router.ts";
import { apiTokenRoutes } from "./api_token_routes.ts";
import type { Auth } from "./auth.ts";
import { requestPasswordReset, resetPassword } from "./password_reset.ts";
import { sessionRoutes } from "./session_routes.ts";
import {
  changePasswordSchema,
  forgotPasswordSchema,
  loginSchema,
  refreshedSchema,
  refreshSchema,
  registerSchema,
  resetPasswordSchema,
  rotatedSchema,
  signedInSchema,
} from "./schema.ts";
import { changePassword, login, logout, refresh, register, rotateKeys } from "./service.ts";

const tags = ["Authentication"];

const registerRoute = defineRoute({
  method: "post",
  path: "/api/v1/auth/register",
  operationId: "register",
  scope: null,
  tags,
  summary: "Register an account",
  description:
    "Names and e-mail addresses are unique without regard to case. The answer signs the new user in.",
  request: { body: jsonBody(registerSchema) },
  responses: { 201: jsonAnswer(signedInSchema, "The user, signed in") },
  errors: [409],
});

const loginRoute = defineRoute({
  method: "post",
  path: "/api/v1/auth/login",
  operationId: "login",
  scope: null,
  tags,
  summary: "Sign in",
  description:
    "`username` is the name or the e-mail address, in any case. Failed attempts are limited per account and per address.",
  request: { body: jsonBody(loginSchema) },
  responses: { 200: jsonAnswer(signedInSchema, "The user, signed in") },
  errors: [401, 403],
});

const refreshRoute = defineRoute({
  method: "post",
  path: "/api/v1/auth/refresh",
  operationId: "refreshTokens",
  scope: null,
  tags,
  summary: "Exchange a refresh token",
  description:
    "Gives a new access token and a new refresh token. The token sent stays good until the new one has been used; used after that it ends the session, because two parties hold it.",
  request: { body: jsonBody(refreshSchema) },
  responses: { 200: jsonAnswer(refreshedSchema, "New tokens") },
  errors: [401, 403],
});

const logoutRoute = defineRoute({
  method: "post",
  path: "/api/v1/auth/logout",
  operationId: "logout",
  scope: "read",
  tags,
  summary: "Sign out",
  description: "Ends this session: its access and refresh tokens stop working.",
  responses: { 204: { description: "Signed out" } },
});

const changePasswordRoute = defineRoute({
  method: "post",
  path: "/api/v1/auth/change-password",
  operationId: "changePassword",
  scope: "read",
  tags,
  summary: "Change your password",
  description:
    "Ends all your other sessions. A wrong present password counts as a failed attempt to sign in.",
  request: { body: jsonBody(changePasswordSchema) },
  responses: { 204: { description: "Changed" } },
});

const forgotPasswordRoute = defineRoute({
  method: "post",
  path: "/api/v1/auth/forgot-password",
  operationId: "forgotPassword",
  scope: null,
  tags,
  summary: "Ask for a mail to reset your password",
  description:
    "Answers 202 whether or not an account has the address; only its owner gets a mail. Limited per client address and per e-mail address.",
  request: { body: jsonBody(forgotPasswordSchema) },
  responses: { 202: { description: "If an account has the address, a mail is on its way" } },
});

const resetPasswordRoute = defineRoute({
  method: "post",
  path: "/api/v1/auth/reset-password",
  operationId: "resetPassword",
  scope: null,
  tags,
  summary: "Set a new password with a mailed token",
  description:
    "The token is good once, for 30 minutes, and only the latest one. All sessions and API tokens of the account end.",
  request: { body: jsonBody(resetPasswordSchema) },
  responses: { 204: { description: "The new password is set" } },
});

const rotateKeysRoute = defineRoute({
  method: "post",
  path: "/api/v1/auth/keys/rotate",
  operationId: "rotateSigningKeys",
  scope: "admin",
  tags,
  summary: "Rotate the signing keys",
  description:
    "A new key signs from now on. The one before it still verifies; tokens of older keys end.",
  responses: { 201: jsonAnswer(rotatedSchema, "The new key's id and the valid ones") },
});

export function authRoutes(auth: Auth): Router {
  const router = createRouter();
  router.openapi(
    registerRoute,
    async (c) => c.json(await register(ctxOf(c), auth, c.req.valid("json")), 201),
  );
  router.openapi(
    loginRoute,
    async (c) => c.json(await login(ctxOf(c), auth, c.req.valid("json")), 200),
  );
  router.openapi(
    refreshRoute,
    async (c) => c.json(await refresh(ctxOf(c), auth, c.req.valid("json")), 200),
  );
  router.openapi(logoutRoute, async (c) => {
    await logout(ctxOf(c));
    return c.body(null, 204);
  });
  router.openapi(changePasswordRoute, async (c) => {
    await changePassword(ctxOf(c), auth, c.req.valid("json"));
    return c.body(null, 204);
  });
  router.openapi(forgotPasswordRoute, async (c) => {
    await requestPasswordReset(ctxOf(c), auth, c.req.valid("json"));
    return c.body(null, 202);
  });
  router.openapi(resetPasswordRoute, async (c) => {
    await resetPassword(ctxOf(c), auth, c.req.valid("json"));
    return c.body(null, 204);
  });
  router.openapi(
    rotateKeysRoute,
    async (c) => c.json(await rotateKeys(ctxOf(c), auth), 201),
  );
  router.route("/", sessionRoutes());
  router.route("/", apiTokenRoutes());
  return router;
}
