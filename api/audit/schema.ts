/** What the audit trail and the access log show, and how they are asked. */
import { z } from "@hono/zod-openapi";
import { instant, pageOf, pageQuery, timestamp } from "../platform/http/schemas.ts";

const userId = z.uuid().openapi({ example: "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e" });

const during = {
  user_id: userId.optional().openapi({
    param: { name: "user_id", in: "query" },
    description: "Only what this user did; for admins",
  }),
  from: instant.optional().openapi({
    param: { name: "from", in: "query" },
    description: "Not before this time: RFC 3339, or milliseconds since 1970",
    example: "2026-01-01T00:00:00Z",
  }),
  to: instant.optional().openapi({
    param: { name: "to", in: "query" },
    description: "Before this time: RFC 3339, or milliseconds since 1970",
    example: "2026-02-01T00:00:00Z",
  }),
};

export const auditQuery = pageQuery.extend({
  action: z.string().min(1).max(100).optional().openapi({
    param: { name: "action", in: "query" },
    description: "Only this action",
    example: "strategy.create",
  }),
  resource_type: z.string().min(1).max(100).optional().openapi({
    param: { name: "resource_type", in: "query" },
    description: "Only actions on rows of this kind",
    example: "strategy",
  }),
  resource_id: z.string().min(1).max(100).optional().openapi({
    param: { name: "resource_id", in: "query" },
    description: "Only actions on this row",
    example: "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e",
  }),
  ...during,
});

export const accessQuery = pageQuery.extend({
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]).optional().openapi({
    param: { name: "method", in: "query" },
    description: "Only requests of this method",
  }),
  path: z.string().min(1).max(200).optional().openapi({
    param: { name: "path", in: "query" },
    description: "Only requests whose path begins so",
    example: "/api/v1/backtests",
  }),
  status: z.coerce.number().int().min(100).max(599).optional().openapi({
    param: { name: "status", in: "query" },
    description: "Only answers of this status",
    example: 404,
  }),
  address: z.string().min(1).max(64).optional().openapi({
    param: { name: "address", in: "query" },
    description: "Only requests from this address",
    example: "192.0.2.7",
  }),
  ...during,
});

const requestId = z.string().openapi({ example: "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e" });
const address = z.string().nullable().openapi({ example: "192.0.2.7" });
const username = z.string().nullable().openapi({ example: "trader123" });
const fields = z.record(z.string(), z.unknown()).nullable();

export const auditEntrySchema = z.object({
  id: z.uuid().openapi({ example: "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e" }),
  created_at: timestamp,
  user_id: userId.nullable(),
  username,
  action: z.string().openapi({ example: "strategy.create" }),
  resource_type: z.string().openapi({ example: "strategy" }),
  resource_id: z.string().nullable().openapi({ example: "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e" }),
  details: z.object({
    before: fields.openapi({ example: null }),
    after: fields.openapi({ example: { name: "MyStrategy" } }),
  }).openapi({ description: "The row's fields before and after, without secrets" }),
  ip_address: address,
  request_id: requestId,
  http_method: z.string().nullable().openapi({
    description: "Of the request, as long as the access log keeps it; as are path and status",
    example: "POST",
  }),
  path: z.string().nullable().openapi({ example: "/api/v1/strategies" }),
  status_code: z.number().int().nullable().openapi({ example: 201 }),
}).openapi("AuditEntry");

export const accessEntrySchema = z.object({
  created_at: timestamp,
  request_id: requestId,
  user_id: userId.nullable(),
  username,
  session_id: z.string().nullable().openapi({ example: "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e" }),
  api_token_id: z.string().nullable().openapi({ example: null }),
  method: z.string().openapi({ example: "GET" }),
  path: z.string().openapi({ description: "Without the query", example: "/api/v1/backtests" }),
  status: z.number().int().openapi({ example: 200 }),
  duration_ms: z.number().openapi({ example: 3.2 }),
  address,
  user_agent: z.string().nullable().openapi({ example: "curl/8.5.0" }),
}).openapi("AccessEntry");

export const auditPageSchema = pageOf(auditEntrySchema, "AuditPage");
export const accessPageSchema = pageOf(accessEntrySchema, "AccessPage");

export type AuditQuery = z.infer<typeof auditQuery>;
export type AccessQuery = z.infer<typeof accessQuery>;
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export type AccessEntry = z.infer<typeof accessEntrySchema>;
