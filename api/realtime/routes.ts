import { streamSSE } from "hono/streaming";
import type { Actor, Ctx } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import {
  createRouter,
  ctxOf,
  defineRoute,
  jsonAnswer,
  type Router,
} from "../platform/http/router.ts";
import { requireActor } from "../platform/context.ts";
import type { Hub } from "./hub.ts";
import {
  eventList,
  listEventsQuery,
  sentEvent,
  socketQuery,
  streamQuery,
  ticketSchema,
} from "./schema.ts";
import { listEvents } from "./service.ts";
import { checkJob, openStream, streamEvents, streamJob } from "./sse.ts";
import { createTicket, takeTicket } from "./tickets.ts";

const tags = ["Realtime"];

const list = defineRoute({
  method: "get",
  path: "/api/v1/events",
  operationId: "listEvents",
  scope: "read",
  tags,
  summary: "List own events",
  description:
    "The caller's events after a sequence number, oldest first: the same stream as over " +
    "WebSocket and SSE. Events are kept for 30 days; 409 with `resync_required` when some after " +
    "the number are gone.",
  errors: [409],
  request: { query: listEventsQuery },
  responses: { 200: jsonAnswer(eventList, "Events") },
});

const stream = defineRoute({
  method: "get",
  path: "/api/v1/events/stream",
  operationId: "streamEvents",
  scope: "read",
  tags,
  summary: "Follow own events, or one job",
  description:
    "Server-sent events. Each has its sequence number as id, so a client that reconnects " +
    "with `Last-Event-ID` misses none; `resync_required` when that is no longer possible. With " +
    "`job_id` the stream shows that job's state and progress and ends with it. A last event says " +
    "why a stream is ended: `dropped` for a client that does not keep up, `unauthorized` within " +
    "two seconds of the end of the session, API token or account.",
  errors: [404],
  request: { query: streamQuery },
  responses: {
    200: { description: "Events", content: { "text/event-stream": { schema: sentEvent } } },
  },
});

const ticket = defineRoute({
  method: "post",
  path: "/api/v1/ws/tickets",
  operationId: "createWebSocketTicket",
  scope: "read",
  tags,
  summary: "Get a one-time WebSocket ticket",
  description: "For `WS /api/v1/ws?token=…` where no header can be set; good once, for 30 seconds.",
  responses: { 201: jsonAnswer(ticketSchema, "The ticket") },
});

const socket = defineRoute({
  method: "get",
  path: "/api/v1/ws",
  operationId: "openWebSocket",
  scope: null,
  tags,
  summary: "Open a WebSocket",
  description:
    "Sign in by `Authorization`, by `?token=` with a one-time ticket or an access token, " +
    "or by a first message `auth`. Then `subscribe` to `events`, `job:ID`, `backtest:ID`, " +
    "`strategy:ID`: an `ack` or `error` for each, a `snapshot`, then `event` and `progress`. " +
    "A user may send 600 messages a minute and 50 a second; each topic beyond a message's first " +
    "counts as a message. What is too much is answered with `error`, code `RATE_LIMITED` and " +
    "`retry_after` in seconds. Close codes: 1001 the server stops, 1002 broken messages, 4401 not " +
    "or no longer signed in, 4408 too slow, 4409 silent for a minute, 4429 too many messages.",
  errors: [401, 403],
  request: { query: socketQuery },
  responses: { 101: { description: "The connection is a WebSocket now" } },
});

/** Finds who a token belongs to, as the Authorization header would. */
export type TokenReader = (ctx: Ctx, token: string) => Promise<Actor | null>;

export function realtimeRoutes(hub: Hub, readToken: TokenReader): Router {
  const router = createRouter();
  router.openapi(list, async (c) => c.json(await listEvents(ctxOf(c), c.req.valid("query")), 200));
  router.openapi(stream, async (c) => {
    const ctx = ctxOf(c);
    const { after, job_id: jobId } = c.req.valid("query");
    if (jobId !== undefined) {
      await checkJob(ctx, jobId);
      const stream = await openStream(ctx, hub);
      return streamSSE(c, (out) => streamJob(ctx, hub, { stream, out, jobId }));
    }
    const last = after ?? readLastEventId(c.req.header("last-event-id"));
    const stream = await openStream(ctx, hub);
    return streamSSE(c, (out) => streamEvents(ctx, hub, { stream, out, after: last }));
  });
  router.openapi(ticket, async (c) => c.json(await createTicket(ctxOf(c)), 201));
  router.openapi(socket, async (c) => {
    if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
      throw new AppError("BAD_REQUEST", "Cannot open a WebSocket: the request is no upgrade");
    }
    const ctx = ctxOf(c);
    const { token } = c.req.valid("query");
    const actor = token === undefined ? ctx.actor : await readActor(ctx, token, readToken);
    if (actor !== null) requireActor({ actor }, "read");
    hub.refuseMore(actor);
    return upgrade(c.req.raw, hub, { ctx, actor, readToken });
  });
  return router;
}

function readLastEventId(header: string | undefined): number | null {
  const number = Number(header);
  return header !== undefined && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

async function readActor(ctx: Ctx, token: string, readToken: TokenReader): Promise<Actor> {
  const actor = await takeTicket(ctx, token) ?? await readToken(ctx, token);
  if (actor !== null) return actor;
  throw new AppError("INVALID_TOKEN", "Cannot open a WebSocket: the ticket or token is not valid");
}

function upgrade(
  request: Request,
  hub: Hub,
  { ctx, actor, readToken }: { ctx: Ctx; actor: Actor | null; readToken: TokenReader },
): Response {
  const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 60 });
  const signal = hub.signal;
  const connection = hub.add(socket, { ...ctx, signal }, (token) => readToken(ctx, token));
  socket.onopen = () => void connection.open(actor);
  socket.onmessage = ({ data }) => void connection.receive(data);
  socket.onclose = () => hub.remove(connection);
  socket.onerror = () => hub.remove(connection);
  return response;
}
