/** Server-sent events: the same stream as the WebSocket's, one way. */
import type { SSEStreamingApi } from "hono/streaming";
import { findJobStates, isFinished, type JobState } from "../jobs/queue.ts";
import { pause } from "../platform/clock.ts";
import type { Ctx } from "../platform/context.ts";
import { notFound } from "../platform/errors.ts";
import { openCursor } from "./cursor.ts";
import type { Hub } from "./hub.ts";
import { toOwnEvent } from "./service.ts";

const COMMENT_MS = 5_000;
const QUEUE_MAX = 2_000;

interface Frame {
  readonly event: string;
  readonly data: string;
  readonly id?: string;
}

/** Frames that wait for a client, bounded: one that falls too far behind is let go. */
class FrameQueue {
  readonly #frames: Frame[] = [];
  #waking = new AbortController();
  ended = false;
  overflowed = false;

  push(frame: Frame): void {
    if (this.#frames.length >= QUEUE_MAX) {
      this.overflowed = true;
      this.ended = true;
    } else {
      this.#frames.push(frame);
    }
    this.#waking.abort();
  }

  end(): void {
    this.ended = true;
    this.#waking.abort();
  }

  /** Writes until the queue is ended or the client is gone; a comment keeps a quiet line open. */
  async writeTo(out: SSEStreamingApi): Promise<void> {
    while (!out.aborted) {
      this.#waking = new AbortController();
      for (const frame of this.#frames.splice(0)) await out.writeSSE(frame);
      if (this.ended) break;
      if (this.#frames.length > 0) continue;
      await pause(COMMENT_MS, this.#waking.signal);
      if (!this.#waking.signal.aborted) await out.write(": quiet\n\n");
    }
    if (this.overflowed && !out.aborted) {
      await out.writeSSE({ event: "dropped", data: '{"reason":"too slow: resume"}' });
    }
  }
}

/** All events of the owner, resumed after a number when one is given. */
export async function streamEvents(
  ctx: Ctx,
  hub: Hub,
  { out, after }: { out: SSEStreamingApi; after: number | null },
): Promise<void> {
  const queue = new FrameQueue();
  const cursor = await openCursor(ctx, hub.feed, {
    after,
    deliver: (row) =>
      queue.push({
        event: row.type,
        id: String(row.seq),
        data: JSON.stringify(toOwnEvent(row)),
      }),
  });
  if ("resyncFrom" in cursor) {
    const data = JSON.stringify({ last_seq: cursor.resyncFrom });
    return await out.writeSSE({ event: "resync_required", data });
  }
  await writeUntilGone(hub, queue, out, () => cursor.close());
}

/** One job: its state now, its progress, and its end. The caller has checked whose it is. */
export async function streamJob(
  ctx: Ctx,
  hub: Hub,
  { out, jobId }: { out: SSEStreamingApi; jobId: string },
): Promise<void> {
  const queue = new FrameQueue();
  const show = (state: JobState) =>
    queue.push({ event: "job", data: JSON.stringify(toJobFrame(state)) });
  const cursor = await openCursor(ctx, hub.feed, {
    after: null,
    deliver: (row) => {
      if (row.resource_id === jobId) void refresh();
    },
  });
  if ("resyncFrom" in cursor) throw new Error("A cursor from now on cannot be out of date");
  const refresh = async () => {
    const state = (await findJobStates(ctx, [jobId])).get(jobId);
    if (state !== undefined) show(state);
    if (state === undefined || isFinished(state.status)) queue.end();
  };
  const stopWatching = hub.progress.watch(jobId, show);
  await refresh();
  await writeUntilGone(hub, queue, out, () => {
    cursor.close();
    stopWatching();
  });
}

/** @throws AppError NOT_FOUND when the job is not the caller's. */
export async function checkJob(ctx: Ctx, jobId: string): Promise<void> {
  const state = (await findJobStates(ctx, [jobId])).get(jobId);
  if (state === undefined || state.ownerId !== ctx.actor?.userId) throw notFound("job");
}

async function writeUntilGone(
  hub: Hub,
  queue: FrameQueue,
  out: SSEStreamingApi,
  close: () => void,
): Promise<void> {
  const onStop = () => queue.end();
  hub.signal.addEventListener("abort", onStop, { once: true });
  out.onAbort(onStop);
  try {
    await queue.writeTo(out);
  } finally {
    hub.signal.removeEventListener("abort", onStop);
    close();
  }
}

function toJobFrame({ id, kind, status, progress, error, attempts }: JobState) {
  return { id, kind, status, progress, error, attempts };
}
