/** Reads the Idempotency-Key of a POST; the verb's own transaction gives it its meaning. */
import type { MiddlewareHandler } from "hono";
import { sha256Hex } from "../encoding.ts";
import { AppError } from "../errors.ts";
import type { Env } from "./env.ts";

const KEY_LENGTH_MAX = 255;

/** Puts key and request digest into the context. A streamed import counts by its length. */
export const readIdempotencyKey: MiddlewareHandler<Env> = async (c, next) => {
  const key = c.req.header("idempotency-key");
  if (key !== undefined && c.req.method === "POST") {
    if (key === "" || key.length > KEY_LENGTH_MAX) {
      throw new AppError(
        "BAD_REQUEST",
        `Cannot use the Idempotency-Key: it has ${key.length} characters, 1 to 255 are allowed`,
      );
    }
    const isJson = c.req.header("content-type")?.includes("json") ?? false;
    const body = isJson ? await c.req.text() : c.req.header("content-length") ?? "";
    const { pathname, search } = new URL(c.req.url);
    const requestHash = await sha256Hex(`POST ${pathname}${search}\n${body}`);
    c.set("ctx", { ...c.get("ctx"), idempotency: { key, requestHash } });
  }
  await next();
};
