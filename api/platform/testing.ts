/** Clock and randomness that a test decides. */
import type { Clock, Random } from "./clock.ts";

export interface FakeClock extends Clock {
  advance(ms: number): void;
}

/** Stands still until it is told to move; starts at 2026-01-01 00:00 UTC. */
export function createFakeClock(start = Date.UTC(2026, 0, 1)): FakeClock {
  let now = start;
  return {
    now: () => now,
    monotonic: () => now - start,
    advance: (ms) => void (now += ms),
  };
}

/** Bytes of a small seeded generator (mulberry32): repeatable, and never for real secrets. */
export function createSeededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return { bytes: (length) => Uint8Array.from({ length }, () => next() & 0xff) };
}
