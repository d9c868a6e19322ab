/** What the metrics call a request: words of this program, never of the client. */
import type { Context } from "hono";
import { routePath } from "hono/route";
import type { Env } from "./env.ts";

const METHODS: ReadonlySet<string> = new Set([
  "DELETE",
  "GET",
  "HEAD",
  "OPTIONS",
  "PATCH",
  "POST",
  "PUT",
]);

/** The route that answered last, and the method unless a client made one up. */
export function labelsOf(c: Context<Env>): { method: string; route: string } {
  const { method } = c.req;
  return { method: METHODS.has(method) ? method : "OTHER", route: routePath(c) };
}
