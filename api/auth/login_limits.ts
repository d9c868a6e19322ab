/** How many failed logins an account and an address may have. */
import type { Ctx } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import {
  rateHeaders,
  type RateLimiter,
  type RatePolicy,
  type RateState,
  subjectOfAddress,
} from "../platform/rate_limit.ts";

/** Guesses must not multiply with the processes, so nobody signs in while they cannot be counted. */
const RULES = { windowMs: 60_000, withoutKv: "refuse" } as const;
/** People behind one address share it. */
const ADDRESS_FACTOR = 3;

/** Runs `attempt`, which answers null when the credentials are wrong; only those count. */
export async function limitLogin<T>(
  ctx: Ctx,
  limiter: RateLimiter,
  { account, attempt }: { account: string; attempt: () => Promise<T | null> },
): Promise<T | null> {
  const quota = ctx.settings.LOGIN_ATTEMPTS_PER_MINUTE;
  const limits: readonly (readonly [RatePolicy, string])[] = [
    [{ name: "login-account", quota, ...RULES }, account],
    [
      { name: "login-address", quota: quota * ADDRESS_FACTOR, ...RULES },
      subjectOfAddress(ctx.address),
    ],
  ];
  const giveBack = () =>
    Promise.all(limits.map(([policy, subject]) => limiter.giveBack(policy, subject)));
  // Counted before the hash, so that attempts sent at once cannot all pass the same count.
  const states = await Promise.all(
    limits.map(([policy, subject]) => limiter.take(policy, subject)),
  );
  showLimits(ctx, states);
  await refuseBeyond(ctx, states, limiter, limits);
  let result: T | null;
  try {
    result = await attempt();
  } catch (err) {
    await giveBack();
    throw err;
  }
  if (result === null) return null;
  await giveBack();
  showLimits(ctx, states.map((state) => ({ ...state, remaining: state.remaining + 1 })));
  return result;
}

function showLimits(ctx: Ctx, states: readonly RateState[]): void {
  for (const [name, value] of Object.entries(rateHeaders(states, ctx.clock.now()))) {
    ctx.answerHeaders.set(name, value);
  }
}

async function refuseBeyond(
  ctx: Ctx,
  states: readonly RateState[],
  limiter: RateLimiter,
  limits: readonly (readonly [RatePolicy, string])[],
): Promise<void> {
  const refused = states.filter(({ allowed }) => !allowed);
  if (refused.length === 0) return;
  await Promise.all(
    limits.filter((_, index) => states[index]?.allowed)
      .map(([policy, subject]) => limiter.giveBack(policy, subject)),
  );
  const waitMs = Math.max(...refused.map(({ resetAt }) => resetAt)) - ctx.clock.now();
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  throw new AppError("RATE_LIMITED", `Cannot sign in: too many attempts, wait ${seconds} s`, {
    headers: { "Retry-After": String(seconds) },
    details: { violated_policies: refused.map(({ policy }) => policy.name) },
  });
}
