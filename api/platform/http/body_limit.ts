/** Bodies are bounded by kind before anything reads them. */
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Settings } from "../config.ts";
import { AppError } from "../errors.ts";
import type { Env } from "./env.ts";

/** Which setting bounds a route's body. */
export type BodyKind = "json" | "strategy" | "import";

/** Refuses a body larger than its kind may be; an import is counted while it streams instead. */
export function limitBody(kind: BodyKind): MiddlewareHandler<Env> {
  const limits = new Map<number, MiddlewareHandler>();
  return async (c, next) => {
    const { method } = c.req;
    if (method === "GET" || method === "HEAD" || method === "DELETE") return await next();
    const max = bodyBytesMax(c.get("ctx").settings, kind);
    if (kind === "import") {
      if (Number(c.req.header("content-length") ?? 0) > max) throw tooLarge(max);
      return await next();
    }
    let limit = limits.get(max);
    if (limit === undefined) {
      limit = bodyLimit({
        maxSize: max,
        onError: () => {
          throw tooLarge(max);
        },
      });
      limits.set(max, limit);
    }
    return await limit(c, next);
  };
}

function bodyBytesMax(settings: Settings, kind: BodyKind): number {
  switch (kind) {
    case "json":
      return settings.JSON_BODY_BYTES_MAX;
    case "strategy":
      return settings.STRATEGY_BYTES_MAX;
    case "import":
      return settings.IMPORT_BYTES_MAX;
  }
}

export function tooLarge(bytesMax: number): AppError {
  return new AppError(
    "BODY_TOO_LARGE",
    `Cannot take the request: its body is larger than ${bytesMax} bytes`,
  );
}

/** Counts a streamed body and fails it beyond `bytesMax`. */
export function countBytes(bytesMax: number): TransformStream<Uint8Array, Uint8Array> {
  let seen = 0;
  return new TransformStream({
    transform(chunk, controller) {
      seen += chunk.length;
      if (seen > bytesMax) controller.error(tooLarge(bytesMax));
      else controller.enqueue(chunk);
    },
  });
}
