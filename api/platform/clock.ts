/** Time, ids and randomness as arguments, so that tests and replays decide them. */
import { v7 } from "uuid";

const RANDOM_SUPPLY = 4_096;

export interface Clock {
  /** Epoch milliseconds UTC. */
  now(): number;
  /** Milliseconds of a clock that never goes back, for durations. */
  monotonic(): number;
}

export interface Ids {
  /** UUIDv7: sorts by creation. */
  uuid(): string;
}

export interface Random {
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

export const systemRandom: Random = createSystemRandom();

/** Draws a supply at a time and gives each byte once: a draw takes longer than its bytes. */
function createSystemRandom(): Random {
  const supply = new Uint8Array(RANDOM_SUPPLY);
  let used = RANDOM_SUPPLY;
  return {
    bytes(length) {
      if (length > RANDOM_SUPPLY) return crypto.getRandomValues(new Uint8Array(length));
      if (used + length > RANDOM_SUPPLY) {
        crypto.getRandomValues(supply);
        used = 0;
      }
      const bytes = supply.slice(used, used + length);
      supply.fill(0, used, used + length);
      used += length;
      return bytes;
    },
  };
}

export function createIds(clock: Clock, random: Random): Ids {
  return {
    uuid: () => v7({ msecs: clock.now(), random: random.bytes(16) }),
  };
}

/** Epoch milliseconds → RFC 3339 UTC with milliseconds. */
export function toRfc3339(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

const NOTHING = new Uint8Array();
/** Work goes on so long before the next turn is another's. */
const TURN_MS = 2;
/** And so long before the runtime is made to look at the network. */
const REST_EVERY_MS = 10;

/**
 * Lets timers and other requests run, unless they just did; long work calls it every few
 * milliseconds. It waits for another thread, about 36 us, because the runtime looks at the network
 * only while it waits: of turns that `setImmediate` or a message channel gives, each leaving another
 * one to do, only every 61st or none lets a request in. A thread that answers at once may still hide
 * the network; so from time to time a timer, which takes 2 ms, lets it in for sure.
 */
export const nextTurn: () => Promise<void> = createTurns();

function createTurns(): () => Promise<void> {
  let endsAt = 0;
  let restAt = 0;
  return async () => {
    const now = performance.now();
    if (now < endsAt) return;
    if (now < restAt) {
      await crypto.subtle.digest("SHA-1", NOTHING);
    } else {
      await pause(0);
      restAt = performance.now() + REST_EVERY_MS;
    }
    endsAt = performance.now() + TURN_MS;
  };
}

/** Waits `delayMs` or until the signal aborts, whichever comes first; never throws. */
export function pause(delayMs: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    signal?.addEventListener("abort", done, { once: true });
  });
}

/** The work's result, or a TimeoutError after `ms`; the work itself is not stopped. */
export async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new DOMException("no answer", "TimeoutError")), ms);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
