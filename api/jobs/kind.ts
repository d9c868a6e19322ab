/** What a kind of job is: its name, what it takes, what it costs. Who runs it stands in workers/. */
import type { z } from "zod";
import type { Scope } from "../auth/scopes.ts";
import type { Ctx } from "../platform/context.ts";
import type { Db } from "../platform/database/open.ts";

/** What one run is expected to take; admission goes by it. */
export interface JobEstimate {
  readonly cpuCores: number;
  readonly memoryMb: number;
  /** Absent: unknown, so it counts as long. */
  readonly seconds?: number;
}

/** How a job ended that did not complete; `error` is null for a cancelled one. */
export interface JobEnd<P> {
  readonly jobId: string;
  readonly payload: P;
  readonly error: { readonly code: string; readonly message: string } | null;
}

export interface JobKindOptions<P> {
  /** snake_case, never changed once rows of it exist. */
  readonly name: string;
  /** What a person reads: `Backtest`. */
  readonly label: string;
  readonly payload: z.ZodType<P>;
  /** What the run may do in its owner's name; also needed to submit it over `POST /jobs`. */
  readonly scope: Scope;
  /** True: `POST /jobs` takes it by name. */
  readonly public?: boolean;
  /** Retries after the first failure, unless the caller says otherwise. */
  readonly retriesMax?: number;
  estimate(payload: P): JobEstimate;
  /**
   * Writes in the transaction that ends a job without completion: failed for good, or cancelled
   * through the jobs' own routes or while it ran. `cancelJob` leaves this to its caller.
   */
  ended?(ctx: Ctx, tx: Db, end: JobEnd<P>): Promise<void>;
  /** Writes in the transaction that puts a failed job back in line; without it that is refused. */
  revived?(ctx: Ctx, tx: Db, payload: P): Promise<void>;
}

export interface JobKind<P = unknown> extends JobKindOptions<P> {
  readonly public: boolean;
  readonly retriesMax: number;
}

const RETRIES_DEFAULT = 3;

/** Declares a kind; `enqueueJob` takes the declaration, a handler in workers/ runs it. */
export function defineJobKind<P>(options: JobKindOptions<P>): JobKind<P> {
  if (!/^[a-z][a-z0-9_]{1,60}$/.test(options.name)) {
    throw new Error(`Cannot define job kind "${options.name}": snake_case is needed`);
  }
  return { public: false, retriesMax: RETRIES_DEFAULT, ...options };
}

/** Every kind by name: what may be submitted, and what kinds are called. */
export type JobKinds = ReadonlyMap<string, JobKind>;
