/** What Hono carries along with a request. */
import type { Ctx } from "../context.ts";

export interface Env {
  Variables: { ctx: Ctx; route: string; bodyText: string | undefined };
}
