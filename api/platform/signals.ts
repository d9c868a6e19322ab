/** How a process learns that it should stop. */
import { systemClock } from "./clock.ts";

/**
 * A terminal sends Ctrl-C to a task and to what the task runs, and the task hands it on: one press
 * arrives twice within a millisecond or two.
 */
const SAME_PRESS_MS = 500;

/** Resolves at the first SIGINT or SIGTERM; a later one calls `endAtOnce`. */
export function waitForStop(
  endAtOnce: () => void,
  { monotonic } = systemClock,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let askedAt: number | null = null;
  function onSignal(): void {
    if (askedAt !== null && monotonic() - askedAt > SAME_PRESS_MS) endAtOnce();
    askedAt ??= monotonic();
    resolve();
  }
  Deno.addSignalListener("SIGINT", onSignal);
  Deno.addSignalListener("SIGTERM", onSignal);
  return promise;
}
