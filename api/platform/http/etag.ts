/**
 * Conditional reads: a JSON answer gets a tag of its text, and a client that sends the tag back is
 * told that nothing has changed instead of being sent it again.
 *
 * A handler may set a tag of the row's version, `"3"`; it becomes `"3-…"` with the text's digest
 * behind it, because an answer also shows what does not count as a version. `If-Match` reads the
 * version out of either.
 */
import type { Context, MiddlewareHandler } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { createHash } from "node:crypto";
import type { Env } from "./env.ts";

/** Beyond this a tag costs more than it saves on the way. */
const CHARACTERS_MAX = 262_144;
const DIGEST_LENGTH = 16;

/** What a shared cache must not keep, and a browser asks about each time. */
export const CACHE_CONTROL = "private, no-cache";

/**
 * Answers with the text that was tagged: reading it out of a finished answer and making another
 * would cost ten times as much.
 */
export const conditionalRead: MiddlewareHandler<Env> = async (c, next) => {
  replaceJson(c, (value, status = 200, given = {}) => {
    const text = JSON.stringify(value);
    const headers = { "Content-Type": "application/json", ...given };
    if (status !== 200 || text.length > CHARACTERS_MAX) return c.body(text, status, headers);
    const tag = tagOf(text, given.ETag);
    const tagged = { "Cache-Control": CACHE_CONTROL, ...headers, ETag: tag };
    if (!isKnown(c.req.header("if-none-match"), tag)) return c.body(text, 200, tagged);
    const { "Content-Type": _, ...rest } = tagged;
    return c.body(null, 304, rest);
  });
  await next();
};

type AnswerJson = (
  value: unknown,
  status?: ContentfulStatusCode,
  headers?: Readonly<Record<string, string>>,
) => Response;

/** Routes answer by `c.json` in this one form; its declared type knows many more. */
function replaceJson(c: Context<Env>, answer: AnswerJson): void {
  c.json = answer as typeof c.json;
}

function tagOf(text: string, version: string | undefined): string {
  const digest = createHash("sha1").update(text).digest("base64url").slice(0, DIGEST_LENGTH);
  const row = version === undefined ? undefined : /^"(\d+)"$/.exec(version)?.[1];
  return row === undefined ? `W/"${digest}"` : `"${row}-${digest}"`;
}

/** Compares weakly, as RFC 9110 wants it for reads. */
export function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const known = header.split(",").map((each) => opaque(each.trim()));
  return known.includes("*") || known.includes(opaque(tag));
}

function opaque(tag: string): string {
  return tag.startsWith("W/") ? tag.slice(2) : tag;
}
