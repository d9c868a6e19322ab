/** The argument block of `ask` and the answer it brings back (docs/internals/callbacks.md). */
import { ask } from "./ask";

const BLOCK = memory.data(256);
const FIRST_ANSWER = 24;

export const ANSWER_DEFAULT: i32 = 0;
export const ANSWER_VALUE: i32 = 1;
export const ANSWER_NONE: i32 = 2;

/** Bit 31 of the mask: custom_stoploss takes `after_fill`. */
export const MASK_AFTER_FILL: u32 = 0x80000000;

/** The host's negative status; the run stops with it. */
export let failure: i32 = 0;

export function clearFailure(): void {
  failure = 0;
}

export function slot(index: i32, value: f64): void {
  store<f64>(BLOCK + (<usize> index << 3), value);
}

/** Slots 4 and after are set; the head is filled here. A failed host counts as no answer. */
export function pose(kind: i32, trade: i32): i32 {
  const status = failure < 0 ? ANSWER_DEFAULT : ask(kind, trade, BLOCK);
  if (status >= 0) return status;
  failure = status;
  return ANSWER_DEFAULT;
}

export function answer(index: i32): f64 {
  return load<f64>(BLOCK + (<usize> (FIRST_ANSWER + index) << 3));
}
