/** Time, ids and randomness as arguments, so that tests and replays decide them. */
import { setImmediate } from "node:timers";
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

/** Lets timers and other requests run; long work calls it every few milliseconds. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

/** Work that goes on from turn to turn rests so often. */
const REST_EVERY_MS = 10;

/**
 * `nextTurn` for work of seconds. The runtime looks at the network only every 61st turn while each
 * turn leaves another one to do; so every ten milliseconds a timer leaves a moment without any.
 */
export function createTurns(clock: Pick<Clock, "monotonic">): () => Promise<void> {
  let restAt = clock.monotonic() + REST_EVERY_MS;
  return async () => {
    if (clock.monotonic() < restAt) return await nextTurn();
    await pause(0);
    restAt = clock.monotonic() + REST_EVERY_MS;
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
