/** The WebSocket's messages: JSON objects with a `type`, both ways. */
import { z } from "zod";
import type { OwnEvent } from "./schema.ts";

const id = z.union([z.string().max(100), z.number()]).optional();

/** Topics a connection may have, and so a message may name. */
export const TOPICS_MAX = 200;

const topics = z.array(z.string().max(200)).min(1).max(TOPICS_MAX);

export const clientMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("auth"), token: z.string().max(8_192) }),
  z.object({
    type: z.literal("subscribe"),
    id,
    topics,
    /** With topic `events`: the last sequence number seen. */
    after: z.number().int().min(0).optional(),
  }),
  z.object({ type: z.literal("unsubscribe"), id, topics }),
  z.object({ type: z.literal("ping"), id }),
  z.object({ type: z.literal("pong") }),
]);

export type ClientMessage = z.infer<typeof clientMessage>;
type Id = string | number | undefined;

export type ServerMessage =
  | {
    readonly type: "welcome";
    readonly connection_id: string;
    readonly user_id: string;
    /** The owner's newest event. */
    readonly seq: number;
    readonly heartbeat_ms: number;
  }
  | { readonly type: "ack"; readonly id: Id; readonly topics: readonly string[] }
  | {
    readonly type: "error";
    readonly id: Id;
    readonly topic?: string;
    readonly code: string;
    readonly message: string;
    /** Seconds, with RATE_LIMITED. */
    readonly retry_after?: number;
  }
  | {
    readonly type: "snapshot";
    readonly topic: string;
    readonly seq: number;
    readonly data: unknown;
  }
  | ({ readonly type: "event"; readonly topic: string } & { readonly event: OwnEvent })
  | { readonly type: "progress"; readonly topic: string; readonly data: unknown }
  | { readonly type: "resync_required"; readonly topic: string; readonly seq: number }
  | { readonly type: "ping" }
  | { readonly type: "pong"; readonly id: Id }
  | { readonly type: "server_shutdown" };

/** Why a connection is closed, beyond what RFC 6455 names. */
export const CLOSE = {
  goingAway: 1001,
  protocol: 1002,
  unauthorized: 4401,
  slow: 4408,
  idle: 4409,
  limit: 4429,
} as const;
