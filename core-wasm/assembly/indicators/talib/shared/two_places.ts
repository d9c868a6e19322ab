/**
 * One recursion over a long series in two places at once, one in each lane of its state (see
 * `segments.ts` for the idea). The later half starts from a guess, run in until that is forgotten, and is
 * computed again where the true state turns out to be another. A short series has the same place in both
 * lanes.
 *
 * `Step` has `advance(run, from, to, apart, state)`: rows `from` to `to`, and in the second lane those
 * `apart` bytes further. `state` holds all that a row leaves to later ones, as vectors, and may tell rows
 * apart by their count modulo 8.
 */
import { runIn } from "./segments";

const RUN_INS_MIN = 8;

/**
 * Rows from `first` on. `state` is what the row before left, in both lanes, and has as many bytes again
 * behind it for the guess; a step takes `share` of what a state differs from another.
 */
export function runTwoPlaces<Step>(
  run: usize,
  first: i32,
  n: i32,
  share: f64,
  state: usize,
  bytes: usize,
): void {
  const step = changetype<Step>(0);
  const before = (runIn(share) + 7) & ~7;
  const half = ((n - first) >> 1) & ~7;
  let from = first;
  if (half / RUN_INS_MIN >= before) {
    const middle = first + half;
    const guess = state + bytes;
    memory.copy(guess, state, bytes);
    step.advance(run, middle - before, middle, 0, state);
    keepGuess(state, guess, bytes);
    step.advance(run, first, middle, <usize> half << 3, state);
    const isFound = meets(state, guess, bytes);
    spread(state, bytes, isFound ? 8 : 0);
    if (!isFound) step.advance(run, middle, middle + half, 0, state);
    from = middle + half;
  }
  step.advance(run, from, n, 0, state);
}

/** The second lane to the guess, and to the first lane what it was at the start. */
function keepGuess(state: usize, guess: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    store<f64>(guess + i, load<f64>(state + i, 8), 8);
    store<f64>(state + i, load<f64>(guess + i));
  }
}

/** Whether the first lane has come to where the second one began. */
function meets(state: usize, guess: usize, bytes: usize): bool {
  for (let i: usize = 0; i < bytes; i += 16) {
    if (load<u64>(state + i) !== load<u64>(guess + i, 8)) return false;
  }
  return true;
}

/** Puts the lane at `lane` bytes into both. */
function spread(state: usize, bytes: usize, lane: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(state + i, v128.load64_splat(state + i + lane));
  }
}
