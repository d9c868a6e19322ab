/** Server-sent events: the same stream as the WebSocket's, one way. */
import type { SSEStreamingApi } from "hono/streaming";
import { findJobStates, isFinished, type JobState } from "../jobs/queue.ts";
import { pause } from "../platform/clock.ts";
import type { Actor, Ctx } from "../platform/context.ts";
import { notFound } from "../platform/errors.ts";
import { openCursor } from "./cursor.ts";
import type { Hub } from "./hub.ts";
import { toOwnEvent } from "./service.ts";
import type { LiveClient } from "./standing_watch.ts";

const COMMENT_MS = 5_000;
const QUEUE_MAX = 2_000;

interface Frame {
  readonly event: string;
  readonly data: string;
  readonly id?: string;
}

/** What a client is still to be sent, bounded: one that falls too far behind is let go. */
export class EventStream implements LiveClient {
  readonly actor: Actor | null;
  readonly #frames: Frame[] = [];
  #last: Frame | null = null;
  #ended = false;
  #waking = new AbortController();

  constructor(actor: Actor | null) {
    this.actor = actor;
  }

  push(frame: Frame): void {
    if (this.#ended) return;
    if (this.#frames.length < QUEUE_MAX) this.#frames.push(frame);
    else this.end({ event: "dropped", data: '{"reason":"too slow: resume"}' });
    this.#waking.abort();
  }

  /** Ends the stream once what waits is sent, with one frame more when it is given. */
  end(last: Frame | null = null): void {
    if (this.#ended) return;
    this.#last = last;
    this.#ended = true;
    this.#waking.abort();
  }

  /** Ends the stream at once: what waits is not the client's to read any more. */
  cutOff(reason: string): void {
    this.#frames.length = 0;
    this.#last = { event: "unauthorized", data: JSON.stringify({ code: "INVALID_TOKEN", reason }) };
    this.#ended = true;
    this.#waking.abort();
  }

  /** Writes until the stream is ended or the client is gone; a comment keeps a quiet line open. */
  async writeTo(out: SSEStreamingApi): Promise<void> {
    while (!out.aborted) {
      this.#waking = new AbortController();
      for (let next = this.#frames.shift(); next; next = this.#frames.shift()) {
        await out.writeSSE(next);
      }
      if (this.#ended) break;
      await pause(COMMENT_MS, this.#waking.signal);
      if (!this.#waking.signal.aborted) await out.write(": quiet\n\n");
    }
    if (this.#last !== null && !out.aborted) await out.writeSSE(this.#last);
  }
}

/**
 * Watches a new stream of the caller; give it to `streamEvents` or `streamJob`, which end it.
 *
 * @throws AppError OVERLOADED when too many are open, INVALID_TOKEN when the caller's session,
 *   token or account has ended since it was looked at.
 */
export async function openStream(ctx: Ctx, hub: Hub): Promise<EventStream> {
  const stream = new EventStream(ctx.actor);
  await hub.addStream(stream);
  return stream;
}

/** All events of the owner, resumed after a number when one is given. */
export async function streamEvents(
  ctx: Ctx,
  hub: Hub,
  { stream, out, after }: { stream: EventStream; out: SSEStreamingApi; after: number | null },
): Promise<void> {
  await writeUntilGone(hub, { stream, out }, async () => {
    const cursor = await openCursor(ctx, hub.feed, {
      after,
      deliver: (row) =>
        stream.push({
          event: row.type,
          id: String(row.seq),
          data: JSON.stringify(toOwnEvent(row)),
        }),
    });
    if (!("resyncFrom" in cursor)) return () => cursor.close();
    const data = JSON.stringify({ last_seq: cursor.resyncFrom });
    stream.end({ event: "resync_required", data });
    return () => {};
  });
}

/** One job: its state now, its progress, and its end. The caller has checked whose it is. */
export async function streamJob(
  ctx: Ctx,
  hub: Hub,
  { stream, out, jobId }: { stream: EventStream; out: SSEStreamingApi; jobId: string },
): Promise<void> {
  const show = (state: JobState) =>
    stream.push({ event: "job", data: JSON.stringify(toJobFrame(state)) });
  const refresh = async () => {
    const state = (await findJobStates(ctx, [jobId])).get(jobId);
    if (state !== undefined) show(state);
    if (state === undefined || isFinished(state.status)) stream.end();
  };
  await writeUntilGone(hub, { stream, out }, async () => {
    const cursor = await openCursor(ctx, hub.feed, {
      after: null,
      deliver: (row) => {
        if (row.resource_id === jobId) void refresh();
      },
    });
    if ("resyncFrom" in cursor) throw new Error("A cursor from now on cannot be out of date");
    const stopWatching = hub.progress.watch(jobId, show);
    await refresh();
    return () => {
      cursor.close();
      stopWatching();
    };
  });
}

/** @throws AppError NOT_FOUND when the job is not the caller's. */
export async function checkJob(ctx: Ctx, jobId: string): Promise<void> {
  const state = (await findJobStates(ctx, [jobId])).get(jobId);
  if (state === undefined || state.ownerId !== ctx.actor?.userId) throw notFound("job");
}

/** `open` starts what fills the stream and answers how that is stopped. */
async function writeUntilGone(
  hub: Hub,
  { stream, out }: { stream: EventStream; out: SSEStreamingApi },
  open: () => Promise<() => void>,
): Promise<void> {
  const onStop = () => stream.end();
  hub.signal.addEventListener("abort", onStop, { once: true });
  out.onAbort(onStop);
  let close = () => {};
  try {
    close = await open();
    await stream.writeTo(out);
  } finally {
    hub.signal.removeEventListener("abort", onStop);
    close();
    hub.removeStream(stream);
  }
}

function toJobFrame({ id, kind, status, progress, error, attempts }: JobState) {
  return { id, kind, status, progress, error, attempts };
}
