/** Every limit by number of calls, in one table. */
import type { RatePolicy } from "./rate_limit.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** People behind one address share it. */
const ADDRESS_FACTOR = 3;

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
