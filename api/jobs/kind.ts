/** What a kind of job is: its name, what it takes, what it costs. Who runs it stands in workers/. */
import type { z } from "zod";
import type { Scope } from "../auth/scopes.ts";

/** What one run is expected to take; admission goes by it. */
export interface JobEstimate {
  readonly cpuCores: number;
  readonly memoryMb: number;
  /** Absent: unknown, so it counts as long. */
  readonly seconds?: number;
}

export interface JobKind<P = unknown> {
  /** snake_case, never changed once rows of it exist. */
  readonly name: string;
  /** What a person reads: `Backtest`. */
  readonly label: string;
  readonly payload: z.ZodType<P>;
  /** What the run may do in its owner's name; also needed to submit it over `POST /jobs`. */
  readonly scope: Scope;
  /** True: `POST /jobs` takes it by name. */
  readonly public: boolean;
  /** Retries after the first failure, unless the caller says otherwise. */
  readonly retriesMax: number;
  estimate(payload: P): JobEstimate;
}

export interface JobKindOptions<P> {
  readonly name: string;
  readonly label: string;
  readonly payload: z.ZodType<P>;
  readonly scope: Scope;
  readonly public?: boolean;
  readonly retriesMax?: number;
  estimate(payload: P): JobEstimate;
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
