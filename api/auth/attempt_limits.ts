/** Attempts that are counted one by one in KV: exact, and refused while they cannot be counted. */
import type { Ctx } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import {
  rateHeaders,
  type RateLimiter,
  type RatePolicy,
  type RateState,
} from "../platform/rate_limit.ts";

export type AttemptLimit = readonly [policy: RatePolicy, subject: string];

/**
 * Counts one attempt of each subject and shows the limits in the answer's headers.
 *
 * @throws AppError RATE_LIMITED with Retry-After; `refusal` begins its message. Nothing counts then.
 * @throws AppError DEPENDENCY_DOWN when KV does not answer: what cannot be counted is not allowed.
 */
export async function countAttempt(
  ctx: Ctx,
  limiter: RateLimiter,
  { limits, refusal }: { limits: readonly AttemptLimit[]; refusal: string },
): Promise<readonly RateState[]> {
  const states = await Promise.all(
    limits.map(([policy, subject]) => limiter.take(policy, subject)),
  );
  showLimits(ctx, states);
  const refused = states.filter(({ allowed }) => !allowed);
  if (refused.length === 0) return states;
  await Promise.all(
    limits.filter((_, index) => states[index]?.allowed)
      .map(([policy, subject]) => limiter.giveBack(policy, subject)),
  );
  const waitMs = Math.max(...refused.map(({ resetAt }) => resetAt)) - ctx.clock.now();
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  throw new AppError("RATE_LIMITED", `${refusal}: too many attempts, wait ${seconds} s`, {
    headers: { "Retry-After": String(seconds) },
    details: { violated_policies: refused.map(({ policy }) => policy.name) },
  });
}

export function showLimits(ctx: Ctx, states: readonly RateState[]): void {
  for (const [name, value] of Object.entries(rateHeaders(states, ctx.clock.now()))) {
    ctx.answerHeaders.set(name, value);
  }
}
