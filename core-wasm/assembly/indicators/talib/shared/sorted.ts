/** A sorted window, searched from its start as TA-Lib does, which decides what NaN does. */
import { at, put } from "./ta";

/** The first place whose value is not below `value`; `count` if there is none. */
export function firstFrom(window: usize, count: i32, value: f64): i32 {
  let place = 0;
  while (place < count && at(window, place) < value) place++;
  return place;
}

/** The first place whose value is not at or below `value`; `count` if there is none. */
export function firstAbove(window: usize, count: i32, value: f64): i32 {
  let place = 0;
  while (place < count && at(window, place) <= value) place++;
  return place;
}

/** Puts `value` at a place among `count` values. */
export function insertAt(window: usize, place: i32, count: i32, value: f64): void {
  for (let i = count; i > place; i--) put(window, i, at(window, i - 1));
  put(window, place, value);
}

/** Takes the value at a place out of `count` values. */
export function removeAt(window: usize, place: i32, count: i32): void {
  for (let i = place + 1; i < count; i++) put(window, i - 1, at(window, i));
}

/** Puts `value` behind `count` others and moves it past those above it. */
export function sink(window: usize, count: i32, value: f64): void {
  let place = count;
  for (; place > 0 && at(window, place - 1) > value; place--) {
    put(window, place, at(window, place - 1));
  }
  put(window, place, value);
}
