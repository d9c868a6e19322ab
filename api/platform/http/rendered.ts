/** Answers whose text was made before: what does not change is not written out for every reader. */
import type { Context, TypedResponse } from "hono";
import type { JSONParsed } from "hono/utils/types";
import { createHash } from "node:crypto";
import type { Env } from "./env.ts";
import { CACHE_CONTROL, isKnown } from "./etag.ts";

export interface RenderedJson<T> {
  /** As it goes out, or as UTF-8 already. */
  readonly text: string | Uint8Array<ArrayBuffer>;
  /** What differs whenever the text does; its digest is the answer's `ETag`. */
  readonly version: string;
  /** What the text is of; for the compiler alone. */
  readonly of?: T;
}

type JsonAnswer<T> = Response & TypedResponse<JSONParsed<T>, 200, "json">;

const DIGEST_LENGTH = 16;

/** Answers 200 with the text, or 304 to who has it. */
export function answerRendered<T>(
  c: Context<Env>,
  { text, version }: RenderedJson<T>,
): JsonAnswer<T> {
  const digest = createHash("sha1").update(version).digest("base64url").slice(0, DIGEST_LENGTH);
  const headers = { "Cache-Control": CACHE_CONTROL, ETag: `W/"${digest}"` };
  const isOld = isKnown(c.req.header("if-none-match"), headers.ETag);
  return typed(
    isOld
      ? c.body(null, 304, headers)
      : c.body(text, 200, { ...headers, "Content-Type": "application/json" }),
  );
}

/** The text is the JSON of a `T`, which a library that sees only a body cannot know. */
function typed<T>(answer: Response): JsonAnswer<T> {
  return answer as JsonAnswer<T>;
}

/** One object's text of the members given and of members that are text already, `"name":…` each. */
export function joinMembers(members: object, rendered: string): string {
  return `${JSON.stringify(members).slice(0, -1)},${rendered}}`;
}
