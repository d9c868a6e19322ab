/** What Hono carries along with a request. */
import type { Ctx } from "../context.ts";
import type { Visit } from "./doors.ts";

export interface Env {
  Variables: { ctx: Ctx; route: string; bodyText: string | undefined; visit: Visit | null };
}
