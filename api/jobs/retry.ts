/** Whether a failed run is tried again, and when. Pure. */
import { AppError } from "../platform/errors.ts";

export const DEATHS_MAX = 3;
const BACKOFF_MS_FIRST = 1_000;
const BACKOFF_MS_LAST = 300_000;

export type RetryDecision =
  | { readonly retry: true; readonly delayMs: number }
  | { readonly retry: false };

/** @param jitter from 0 up to 1: spreads retries over the upper half of the wait. */
export function decideRetry(
  { failures, retriesMax, error }: { failures: number; retriesMax: number; error: unknown },
  jitter: number,
): RetryDecision {
  if (isPermanent(error) || failures > retriesMax) return { retry: false };
  const full = Math.min(BACKOFF_MS_FIRST * 2 ** (failures - 1), BACKOFF_MS_LAST);
  return { retry: true, delayMs: Math.round(full * (0.5 + jitter / 2)) };
}

/** What the input itself causes does not get better by waiting. */
function isPermanent(error: unknown): boolean {
  return error instanceof AppError && error.status < 500 && error.code !== "RATE_LIMITED" &&
    error.code !== "DEADLINE_EXCEEDED";
}

/** What the owner may read of a failure; unknown errors stay in the log. */
export function publicError(error: unknown): { code: string; message: string } {
  return error instanceof AppError
    ? { code: error.code, message: error.message }
    : { code: "INTERNAL_ERROR", message: "Internal error" };
}
