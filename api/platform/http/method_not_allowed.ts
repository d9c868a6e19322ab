/** Tells a path that does not exist from a method that does not exist on it. */
import type { Context, Hono } from "hono";
import { AppError } from "../errors.ts";
import type { Env } from "./env.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** What nothing answered: 405 with `Allow` when another method has a route there, else 404. */
export function unanswered(app: Pick<Hono<Env>, "router">, c: Context<Env>): AppError {
  const { method, path } = c.req;
  const allowed = METHODS.filter((each) => hasRoute(app, each, path));
  if (allowed.length === 0) {
    return new AppError("NOT_FOUND", `Cannot find the route: nothing is at this path`);
  }
  const allow = allowed.join(", ");
  return new AppError(
    "METHOD_NOT_ALLOWED",
    `Cannot answer ${method}: this path takes ${allow}`,
    { headers: { Allow: allow } },
  );
}

/** Middleware stands under every method, a route under its own. */
function hasRoute({ router }: Pick<Hono<Env>, "router">, method: string, path: string): boolean {
  return router.match(method, path)[0].some(([[, route]]) => route.method === method);
}
