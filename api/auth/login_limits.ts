/** How many failed logins an account and an address may have. */
import type { Ctx } from "../platform/context.ts";
import { type RateLimiter, subjectOfAddress } from "../platform/rate_limit.ts";
import { loginPolicies } from "../platform/rate_policies.ts";
import { type AttemptLimit, countAttempt, showLimits } from "./attempt_limits.ts";

/** Runs `attempt`, which answers null when the credentials are wrong; only those count. */
export async function limitLogin<T>(
  ctx: Ctx,
  limiter: RateLimiter,
  { account, attempt }: { account: string; attempt: () => Promise<T | null> },
): Promise<T | null> {
  const policies = loginPolicies(ctx.settings.LOGIN_ATTEMPTS_PER_MINUTE);
  const limits: readonly AttemptLimit[] = [
    [policies.account, account],
    [policies.address, subjectOfAddress(ctx.address)],
  ];
  const giveBack = () =>
    Promise.all(limits.map(([policy, subject]) => limiter.giveBack(policy, subject)));
  // Counted before the hash, so that attempts sent at once cannot all pass the same count.
  const states = await countAttempt(ctx, limiter, { limits, refusal: "Cannot sign in" });
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
