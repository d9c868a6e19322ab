/** Every limit by number of calls, in one table. */
import type { Actor } from "./context.ts";
import type { Door } from "./door_limits.ts";
import type { RatePolicy } from "./rate_limit.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** People behind one address share it. */
const ADDRESS_FACTOR = 3;

/** What calls that cost more than a read count for. */
export const WEIGHTS = { compute: 2, backtest: 5, import: 5 } as const;

export type HeavyCall = keyof typeof WEIGHTS;

/**
 * Signed-in callers share a quota with all their sessions and API tokens, others with their
 * address. Signs of life and the documentation's own files are open wider. The documented system
 * that promises 1,000 calls an hour keeps its promise at its own door.
 */
export const DOORS = {
  user: {
    name: "user",
    by: "user",
    policies: [
      { name: "default", quota: 100, windowMs: MINUTE_MS, chunk: 10, weighted: true },
      { name: "burst", quota: 10, windowMs: SECOND_MS, chunk: 5, weighted: false },
    ],
  },
  public: {
    name: "public",
    by: "address",
    policies: [{ name: "public", quota: 10, windowMs: MINUTE_MS, chunk: 1, weighted: false }],
  },
  open: {
    name: "open",
    by: "address",
    policies: [{ name: "open", quota: 600, windowMs: MINUTE_MS, chunk: 60, weighted: false }],
  },
  /** Messages on all WebSockets of a caller; each topic a message names weighs one. */
  socket: {
    name: "socket",
    by: "user",
    policies: [
      { name: "messages", quota: 600, windowMs: MINUTE_MS, chunk: 60, weighted: true },
      { name: "message-burst", quota: 50, windowMs: SECOND_MS, chunk: 10, weighted: false },
    ],
  },
  hourlyUser: {
    name: "hourly-user",
    by: "user",
    policies: [{ name: "hourly", quota: 1_000, windowMs: HOUR_MS, chunk: 50, weighted: true }],
  },
  hourlyPublic: {
    name: "hourly-public",
    by: "address",
    policies: [{ name: "hourly", quota: 100, windowMs: HOUR_MS, chunk: 5, weighted: false }],
  },
} as const satisfies Readonly<Record<string, Door>>;

const OPEN_PATH = /^(\/api\/v1)?\/(health|ready|metrics)$|^\/(docs|openapi)([./]|$)/;
const HOURLY_PATH = /^\/compat\/multibot-1\.1\//;

export interface DoorRequest {
  readonly method: string;
  readonly path: string;
  readonly actor: Actor | null;
}

/** The door a request comes through; null for the system itself, which nobody limits. */
export function doorOf({ method, path, actor }: DoorRequest): Door | null {
  if (actor?.role === "system") return null;
  if (isOpenRequest({ method, path })) return DOORS.open;
  if (HOURLY_PATH.test(path)) return actor === null ? DOORS.hourlyPublic : DOORS.hourlyUser;
  return actor === null ? DOORS.public : DOORS.user;
}

/** Signs of life, the documentation, and a browser's question whether it may call at all. */
export function isOpenRequest({ method, path }: Omit<DoorRequest, "actor">): boolean {
  return method === "OPTIONS" || OPEN_PATH.test(path);
}

/** Attempts that are counted one by one; each stands against guessing, spying or flooding. */
export const ATTEMPT_POLICIES = {
  registerByAddress: { name: "register-address", quota: 10, windowMs: HOUR_MS },
  forgotByAddress: { name: "forgot-address", quota: 5, windowMs: MINUTE_MS },
  forgotByAccount: { name: "forgot-account", quota: 3, windowMs: HOUR_MS },
  resetByAddress: { name: "reset-address", quota: 10, windowMs: MINUTE_MS },
} as const satisfies Readonly<Record<string, RatePolicy>>;

/** Failed logins, as the settings say. */
export function loginPolicies(perMinute: number): { account: RatePolicy; address: RatePolicy } {
  return {
    account: { name: "login-account", quota: perMinute, windowMs: MINUTE_MS },
    address: { name: "login-address", quota: perMinute * ADDRESS_FACTOR, windowMs: MINUTE_MS },
  };
}
