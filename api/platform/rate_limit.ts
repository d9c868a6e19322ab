/**
 * Counts attempts one by one in fixed windows in KV, shared by every process: for the few that
 * must be counted exactly. What cannot be counted is refused, because each process counting for
 * itself would allow as many times the quota as there are processes.
 */
import { type Clock, withDeadline } from "./clock.ts";
import { AppError } from "./errors.ts";
import type { Log } from "./log.ts";

export interface RatePolicy {
  /** `login-account`: part of the key and of the headers. */
  readonly name: string;
  readonly quota: number;
  readonly windowMs: number;
}

export interface RateState {
  readonly policy: RatePolicy;
  readonly allowed: boolean;
  readonly remaining: number;
  /** Epoch milliseconds at which the window ends. */
  readonly resetAt: number;
}

export interface RateLimiter {
  /**
   * Takes one attempt of the subject; a refused one is not counted.
   *
   * @throws AppError DEPENDENCY_DOWN when KV does not answer.
   */
  take(policy: RatePolicy, subject: string): Promise<RateState>;
  /** Gives one attempt back: it turned out not to count. Without KV it stays counted. */
  giveBack(policy: RatePolicy, subject: string): Promise<void>;
}

interface Window {
  readonly used: number;
  readonly resetAt: number;
}

interface LimiterOptions {
  readonly kv: Deno.Kv;
  readonly clock: Clock;
  readonly log: Log;
}

const KV_DEADLINE_MS = 1_000;
const KV_TRIES = 20;

export function createRateLimiter({ kv, clock, log }: LimiterOptions): RateLimiter {
  /** Attempts under way by subject: one after another, or they would race for one KV entry. */
  const turns = new Map<string, Promise<unknown>>();

  async function change(attempt: Attempt): Promise<RateState> {
    const key = `${attempt.policy.name}/${attempt.subject}`;
    const turn = (turns.get(key) ?? Promise.resolve()).then(() => count(attempt));
    turns.set(key, turn);
    try {
      return await turn;
    } finally {
      if (turns.get(key) === turn) turns.delete(key);
    }
  }

  async function count(attempt: Attempt): Promise<RateState> {
    try {
      return await withDeadline(changeInKv(kv, attempt, clock), KV_DEADLINE_MS);
    } catch (err) {
      throw uncounted(err);
    }
  }

  return {
    take: (policy, subject) => change({ policy, subject, step: 1 }),
    giveBack: async (policy, subject) => {
      try {
        await change({ policy, subject, step: -1 });
      } catch (err) {
        log.warning("an attempt was not given back", { error: err });
      }
    },
  };
}

function uncounted(cause: unknown): AppError {
  return new AppError(
    "DEPENDENCY_DOWN",
    "Cannot go on: attempts cannot be counted now, try again shortly",
    {
      cause,
      headers: { "Retry-After": "1" },
    },
  );
}

interface Attempt {
  readonly policy: RatePolicy;
  readonly subject: string;
  readonly step: 1 | -1;
}

async function changeInKv(kv: Deno.Kv, attempt: Attempt, clock: Clock): Promise<RateState> {
  const { policy, subject } = attempt;
  const key = ["rate", policy.name, subject];
  for (let tries = 0; tries < KV_TRIES; tries++) {
    const entry = await kv.get<Window>(key);
    const { window, state } = step(entry.value, attempt, clock.now());
    if (window === null) return state;
    const expireIn = Math.max(1, window.resetAt - clock.now());
    const { ok } = await kv.atomic().check(entry).set(key, window, { expireIn }).commit();
    if (ok) return state;
  }
  throw new Error(`Cannot count an attempt: "${policy.name}" changes too fast`);
}

/** The window after the attempt (null: unchanged) and what the caller learns. */
function step(
  stored: Window | null,
  { policy, step }: Attempt,
  now: number,
): { window: Window | null; state: RateState } {
  const present = stored !== null && stored.resetAt > now
    ? stored
    : { used: 0, resetAt: now + policy.windowMs };
  const { resetAt } = present;
  if (step === 1 && present.used >= policy.quota) {
    return { window: null, state: { policy, allowed: false, remaining: 0, resetAt } };
  }
  const used = Math.max(0, present.used + step);
  return {
    window: { used, resetAt },
    state: { policy, allowed: true, remaining: policy.quota - used, resetAt },
  };
}

/** The headers of both families: the documents' and the IETF draft's. */
export function rateHeaders(states: readonly RateState[], now: number): Record<string, string> {
  const tightest = states.toSorted((a, b) => a.remaining - b.remaining || b.resetAt - a.resetAt)[0];
  if (tightest === undefined) return {};
  const seconds = (ms: number) => Math.max(0, Math.ceil(ms / 1_000));
  return {
    "X-RateLimit-Limit": String(tightest.policy.quota),
    "X-RateLimit-Remaining": String(tightest.remaining),
    "X-RateLimit-Reset": String(seconds(tightest.resetAt)),
    "RateLimit-Policy": states
      .map(({ policy }) => `"${policy.name}";q=${policy.quota};w=${seconds(policy.windowMs)}`)
      .join(", "),
    "RateLimit": states
      .map(({ policy, remaining, resetAt }) =>
        `"${policy.name}";r=${remaining};t=${seconds(resetAt - now)}`
      ).join(", "),
  };
}

/** Whom a limit by address counts: an IPv6 client owns a whole /64. */
export function subjectOfAddress(address: string | null): string {
  if (address === null) return "unknown";
  if (!address.includes(":") || address.startsWith("::ffff:")) return address;
  const [head = "", tail = ""] = address.toLowerCase().split("::");
  const left = head.split(":").filter((group) => group !== "");
  const right = tail.split(":").filter((group) => group !== "");
  const zeros = address.includes("::") ? Math.max(0, 8 - left.length - right.length) : 0;
  const groups = [...left, ...Array<string>(zeros).fill("0"), ...right];
  return `${groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, "")).join(":")}::/64`;
}
