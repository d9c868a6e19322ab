/** What a client may ask for by name. Pure. */
import type { Actor } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import type { JobKind, JobKinds } from "./kind.ts";
import type { SubmitJob } from "./schema.ts";

/** Members of arguments that name a user. */
const USER_MEMBERS = new Set(["user_id", "owner_id"]);
const DEPTH_MAX = 20;

/**
 * The named kind with its arguments parsed.
 *
 * @throws AppError UNKNOWN_JOB with the names there are, FORBIDDEN for another user's id,
 * VALIDATION_ERROR for arguments the kind refuses.
 */
export function parseSubmission(
  kinds: JobKinds,
  input: SubmitJob,
  actor: Actor,
): { kind: JobKind; payload: unknown } {
  const kind = kinds.get(input.name);
  if (kind === undefined || !kind.public) {
    const allowed = [...kinds.values()].filter((each) => each.public).map(({ name }) => name)
      .sort();
    throw new AppError(
      "UNKNOWN_JOB",
      `Cannot enqueue "${input.name}": the names are ${allowed.join(", ")}`,
      { details: { allowed } },
    );
  }
  if (actor.role === "user" && namesAnother(input.args, actor.userId, 0)) {
    throw new AppError(
      "FORBIDDEN",
      `Cannot enqueue "${input.name}": its arguments name another user`,
    );
  }
  const parsed = kind.payload.safeParse(input.args);
  if (parsed.success) return { kind, payload: parsed.data };
  throw new AppError("VALIDATION_ERROR", `Cannot enqueue "${input.name}": its arguments are bad`, {
    problems: parsed.error.issues.slice(0, 100).map(({ path, message, code }) => ({
      loc: ["body", "args", ...path.map((part) => typeof part === "symbol" ? String(part) : part)],
      msg: message,
      type: code,
    })),
  });
}

function namesAnother(value: unknown, userId: string, depth: number): boolean {
  if (typeof value !== "object" || value === null || depth > DEPTH_MAX) return false;
  return Object.entries(value).some(([member, each]) =>
    USER_MEMBERS.has(member)
      ? each !== undefined && each !== null && String(each).toLowerCase() !== userId
      : namesAnother(each, userId, depth + 1)
  );
}
