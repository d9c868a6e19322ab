/** Shapes every capability's routes share. */
import { z } from "@hono/zod-openapi";

/** Path parameters of one id. */
export function idParam<const N extends string>(name: N) {
  return z.object({ [name]: uuidIn(name) } as Record<N, ReturnType<typeof uuidIn>>);
}

function uuidIn(name: string) {
  return z.uuid().openapi({
    param: { name, in: "path" },
    example: "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e",
  });
}

export const timestamp = z.string().openapi({
  format: "date-time",
  example: "2026-01-02T03:04:05.000Z",
});

/** How a client may write a moment, for a document. */
export const INSTANT_FORMS = {
  type: "string" as const,
  anyOf: [{ format: "date-time" }, { pattern: "^\\d{12,14}$" }],
};

/** A moment a client names: RFC 3339 with an offset, or milliseconds since 1970; epoch ms inside. */
export const instant = z.string().max(40).transform((text, context): number => {
  const isNumber = /^\d{1,15}$/.test(text);
  const ms = isNumber ? Number(text) : Date.parse(text);
  if (isNumber || (z.iso.datetime({ offset: true }).safeParse(text).success && !isNaN(ms))) {
    return ms;
  }
  context.addIssue({ code: "custom", message: "Must be an RFC 3339 time or milliseconds" });
  return z.NEVER;
}).openapi({ ...INSTANT_FORMS });

export const errorSchema = z.object({
  detail: z.string().openapi({
    example: "Cannot find strategy: it does not exist or is not yours",
  }),
  code: z.string().openapi({ example: "NOT_FOUND" }),
  timestamp,
  request_id: z.string().openapi({ example: "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e" }),
}).openapi("Error");

export const validationErrorSchema = z.object({
  detail: z.union([
    z.string(),
    z.array(z.object({
      loc: z.array(z.union([z.string(), z.number()])).openapi({ example: ["body", "name"] }),
      msg: z.string().openapi({ example: "Expected a text" }),
      type: z.string().openapi({ example: "invalid_type" }),
    })),
  ]),
  code: z.string().openapi({ example: "VALIDATION_ERROR" }),
  timestamp,
  request_id: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
}).openapi("ValidationError");

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50).openapi({
    description: "Items a page",
  }),
  offset: z.coerce.number().int().min(0).max(1_000_000_000).default(0).openapi({
    description: "Items to skip",
  }),
});

export type PageQuery = z.infer<typeof pageQuery>;

/** `{items, total, limit, offset}` of one kind of item. */
export function pageOf<T extends z.ZodType>(item: T, name: string) {
  return z.object({
    items: z.array(item),
    total: z.number().int().openapi({ example: 1 }),
    limit: z.number().int().openapi({ example: 50 }),
    offset: z.number().int().openapi({ example: 0 }),
  }).openapi(name);
}

export interface Page<T> {
  readonly items: T[];
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
}
