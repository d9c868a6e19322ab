import { z } from "@hono/zod-openapi";
import { timestamp } from "../platform/http/schemas.ts";

export const eventSchema = z.object({
  seq: z.number().int().openapi({ description: "Gapless per owner", example: 41 }),
  type: z.string().openapi({ example: "strategy.created" }),
  resource_kind: z.string().openapi({ example: "strategy" }),
  resource_id: z.string().openapi({ example: "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e" }),
  data: z.record(z.string(), z.unknown()).openapi({ example: { name: "MyStrategy", version: 1 } }),
  created_at: timestamp,
}).openapi("Event");

export const listEventsQuery = z.object({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional().openapi({
    description: "The last sequence number seen; absent: from the oldest event that is kept",
  }),
  limit: z.coerce.number().int().min(1).max(1_000).default(100).openapi({
    description: "Most events to answer with",
  }),
});

export const eventList = z.object({
  items: z.array(eventSchema),
  last_seq: z.number().int().openapi({
    description: "The owner's newest sequence number",
    example: 41,
  }),
}).openapi("EventList");

export const ticketSchema = z.object({
  ticket: z.string().openapi({ example: "wst_V2hhdCBhIGJyb3dzZXIgbWF5IHB1dCBpbnRvIGEgVVJM" }),
  expires_in: z.number().int().openapi({ description: "Seconds", example: 30 }),
}).openapi("WebSocketTicket");

export const socketQuery = z.object({
  token: z.string().max(8_192).optional().openapi({
    pattern: "^[A-Za-z0-9._~+/=-]*$",
    description: "A one-time ticket, or an access token; never logged",
  }),
});

export const streamQuery = z.object({
  after: z.coerce.number().int().min(0).optional().openapi({
    description: "The last sequence number seen, as `Last-Event-ID` says it too",
  }),
  job_id: z.uuid().optional().openapi({
    description: "Only this job: its state, its progress, and its end, which ends the stream",
  }),
});

/** Each of a stream's events; the stream itself is text. */
export const sentEvent = z.object({
  event: z.string().optional().openapi({
    description: "An event's type, `job`, `progress`, `resync_required` or `dropped`",
    example: "strategy.created",
  }),
  data: z.string().openapi({ description: "JSON: an `Event`, or a job's state" }),
  id: z.string().optional().openapi({ description: "Its sequence number", example: "41" }),
}).openapi("SentEvent", { description: "One server-sent event of the stream" });

export type OwnEvent = z.infer<typeof eventSchema>;
export type ListEvents = z.infer<typeof listEventsQuery>;
