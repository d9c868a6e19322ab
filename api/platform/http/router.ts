/** The router every capability hangs its routes on, and the one way to declare a route. */
import { createRoute, OpenAPIHono, type RouteConfig, type z } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import type { Scope } from "../../auth/scopes.ts";
import { type Ctx, requireActor } from "../context.ts";
import { AppError, type FieldProblem } from "../errors.ts";
import { type BodyKind, limitBody } from "./body_limit.ts";
import type { Env } from "./env.ts";
import { conditionalRead } from "./etag.ts";
import { readIdempotencyKey } from "./idempotency.ts";
import { type HeavyCall, WEIGHTS } from "../rate_policies.ts";
import { errorSchema, validationErrorSchema } from "./schemas.ts";

export type Router = OpenAPIHono<Env>;

/** A router whose validation failures become the documents' 422 list. */
export function createRouter(): Router {
  return new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (result.success) return;
      throw new AppError("VALIDATION_ERROR", "Cannot take the request: it is not valid", {
        problems: problemsOf(result.error, result.target),
      });
    },
  });
}

function problemsOf(error: z.core.$ZodError, target: string): FieldProblem[] {
  const place = target === "json" || target === "form"
    ? "body"
    : target === "param"
    ? "path"
    : target;
  return error.issues.flatMap((issue) => plainIssues(issue, [])).slice(0, 100)
    .map(({ issue, path }) => ({
      loc: [place, ...path.map((part) => typeof part === "symbol" ? String(part) : part)],
      msg: issue.message,
      type: issue.code,
    }));
}

interface PlacedIssue {
  readonly issue: z.core.$ZodIssue;
  readonly path: readonly PropertyKey[];
}

/** Where a value may have one of several forms, the problems with the form it comes nearest to. */
function plainIssues(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): PlacedIssue[] {
  const path = [...above, ...issue.path];
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [{ issue, path }];
  const nearest = issue.errors.reduce((best, each) => each.length < best.length ? each : best);
  const found = nearest.flatMap((each) => plainIssues(each, path));
  return found.length === 0 ? [{ issue, path }] : found;
}

export interface RouteDeclaration extends RouteConfig {
  /** Null: the route is public. */
  readonly scope: Scope | null;
  readonly summary: string;
  readonly description: string;
  readonly tags: string[];
  readonly operationId: string;
  /** Errors beside those every route has, such as 404 and 409. */
  readonly errors?: readonly (401 | 403 | 404 | 409 | 412)[];
  readonly body?: BodyKind;
  /** A call that costs more than a read counts for its weight in the caller's limits. */
  readonly heavy?: HeavyCall;
}

const ERROR_MEANING: Readonly<Record<number, string>> = {
  400: "The request cannot be read",
  401: "The access token is missing, expired or revoked",
  403: "The token lacks the scope, or the account is disabled",
  404: "No such row among the caller's",
  408: "The answer took longer than the server allows",
  409: "It clashes with what exists or still runs",
  412: "The row has changed since it was read",
  413: "The body is too large",
  422: "A value is not allowed",
  429: "Too many requests",
  500: "A failure of the server; the request id finds it in the log",
  503: "The server is overloaded or a part of it is down",
};

/** Declares a route with what all routes have: scope, body limit, security and error answers. */
export function defineRoute<const R extends RouteDeclaration>(declaration: R) {
  const { scope, errors = [], body = "json", heavy, middleware, ...config } = declaration;
  const own = middleware === undefined ? [] : Array.isArray(middleware) ? middleware : [middleware];
  return createRoute({
    ...config,
    description: `${config.description} ` +
      (scope === null ? "Needs no token." : `Needs the scope \`${scope}\`.`),
    security: scope === null ? [] : [{ bearerAuth: [] }],
    "x-scope": scope ?? "public",
    ...(heavy === undefined ? {} : { "x-rate-weight": WEIGHTS[heavy] }),
    middleware: [
      ...(scope === null ? [] : [requireScope(scope)]),
      ...(heavy === undefined ? [] : [chargeWeight(WEIGHTS[heavy])]),
      ...(config.method === "get"
        ? isConditional(declaration) ? [conditionalRead] : []
        : [limitBody(body), readIdempotencyKey(body)]),
      ...own,
    ],
    responses: {
      ...(isConditional(declaration) ? { 304: { description: NOT_MODIFIED } } : {}),
      ...errorResponses(declaration, errors),
      ...config.responses,
    },
  } as Omit<R, "scope" | "errors" | "body" | "heavy" | "middleware">);
}

const NOT_MODIFIED = "As before: `If-None-Match` names the answer's `ETag`";

/** Public reads tell the moment, so they never are as before. */
function isConditional({ method, scope, responses }: RouteDeclaration): boolean {
  const answer = responses[200];
  const content = answer !== undefined && "content" in answer ? answer.content : undefined;
  return method === "get" && scope !== null && content?.["application/json"] !== undefined;
}

/** What the server, its limits and its deadline may answer in any route's place comes by itself. */
function errorResponses({ scope, request }: RouteDeclaration, errors: readonly number[]) {
  const signedIn = scope === null ? [] : [401, 403];
  const bounded = request?.body === undefined ? [] : [413];
  const statuses = [400, ...signedIn, 408, ...bounded, ...errors, 422, 429, 500, 503];
  return Object.fromEntries(
    statuses.map((status) => [status, {
      description: ERROR_MEANING[status] ?? "Error",
      content: {
        "application/json": { schema: status === 422 ? validationErrorSchema : errorSchema },
      },
    }]),
  );
}

function requireScope(scope: Scope): MiddlewareHandler<Env> {
  return async (c, next) => {
    requireActor(c.get("ctx"), scope);
    await next();
  };
}

function chargeWeight(weight: number): MiddlewareHandler<Env> {
  return async (c, next) => {
    await c.get("visit")?.charge(weight);
    await next();
  };
}

/** A response body of JSON, for `responses`. */
export function jsonAnswer<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** A required request body of JSON, for `request.body`. */
export function jsonBody<T extends z.ZodType>(schema: T) {
  return { required: true, content: { "application/json": { schema } } };
}

export function ctxOf(c: Context<Env>): Ctx {
  return c.get("ctx");
}
