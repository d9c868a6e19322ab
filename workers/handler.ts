/** What a kind of job does when it runs. */
import type { Ctx } from "../api/platform/context.ts";
import type { Db } from "../api/platform/database/open.ts";
import type { JobKind, JobProgress } from "../api/jobs/queue.ts";

/** Why a run has to stop before it is done. */
export type StopReason =
  /** The owner cancelled it. */
  | "cancel"
  /** Another worker has the job now: stop, nothing counts any more. */
  | "lost"
  /** Its slice is over: save, then yield. */
  | "slice"
  /** The process stops: save, then yield. */
  | "drain";

/** The reason of an aborted run's signal. */
export class JobStopped extends Error {
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(`The run has to stop: ${reason}`);
    this.name = "AbortError";
    this.reason = reason;
  }
}

/** True for a stop after which the job goes on, from what it saved. */
export function goesOnLater(reason: unknown): boolean {
  return reason instanceof JobStopped && (reason.reason === "slice" || reason.reason === "drain");
}

/**
 * A run's signal without the stops after which the job goes on: what has to yield may still read
 * and compute until it has something to save, so that every run gets further.
 */
export function endSignal(signal: AbortSignal): AbortSignal {
  const controller = new AbortController();
  function pass(): void {
    if (!goesOnLater(signal.reason)) controller.abort(signal.reason);
  }
  if (signal.aborted) pass();
  else signal.addEventListener("abort", pass, { once: true });
  return controller.signal;
}

export interface JobTools {
  /**
   * Aborts with a `JobStopped`; a handler then saves, where that makes sense, and yields. The
   * context's own signal aborts only when the job will not go on.
   */
  readonly signal: AbortSignal;
  /** Tells how far the run is; at most four a second are stored, the latest wins. */
  readonly report: (progress: JobProgress) => void;
  /**
   * Keeps the state the job goes on from, at most 32 MiB; at least every 20 seconds.
   *
   * @throws LeaseLost when another worker has the job.
   */
  readonly save: (state: Uint8Array<ArrayBuffer>) => Promise<void>;
  readonly jobId: string;
  /** 1 for the first run. */
  readonly attempt: number;
}

export type JobOutcome =
  | {
    readonly kind: "done";
    /** A small JSON value; large results belong in rows and blobs. */
    readonly result?: unknown;
    /** Writes in the transaction that completes the job: both happen or neither. */
    readonly effects?: (tx: Db) => Promise<void>;
  }
  /** Not done; the job goes on later from what it saved last. */
  | { readonly kind: "yielded" };

export interface JobHandler {
  readonly kind: JobKind;
  run(
    ctx: Ctx,
    payload: unknown,
    checkpoint: Uint8Array<ArrayBuffer> | null,
    tools: JobTools,
  ): Promise<JobOutcome>;
}

export type JobRun<P> = (
  ctx: Ctx,
  payload: P,
  checkpoint: Uint8Array<ArrayBuffer> | null,
  tools: JobTools,
) => Promise<JobOutcome>;

/** Joins a kind with what runs it; the payload is parsed by the kind's own schema. */
export function defineJob<P>(kind: JobKind<P>, run: JobRun<P>): JobHandler {
  return {
    kind,
    run: (ctx, payload, checkpoint, tools) =>
      run(ctx, kind.payload.parse(payload), checkpoint, tools),
  };
}
