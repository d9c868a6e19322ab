/** The lengths of buckets: such as a reader knows from an exchange. */
import { DAY_MS, HOUR_MS, MINUTE_MS, WEEK_MS } from "./page/buckets.ts";

const BASES: readonly number[] = [
  ...[1, 2, 3, 5, 10, 15, 20, 30].map((count) => count * MINUTE_MS),
  ...[1, 2, 3, 4, 6, 8, 12].map((count) => count * HOUR_MS),
  ...[1, 2, 3].map((count) => count * DAY_MS),
  ...[1, 2, 4, 12, 52].map((count) => count * WEEK_MS),
];
const RUNGS: readonly number[] = [
  ...[1, 5, 15, 30].map((count) => count * MINUTE_MS),
  ...[1, 2, 4, 12].map((count) => count * HOUR_MS),
  ...[1, 7, 14, 28].map((count) => count * DAY_MS),
];
const FACTOR_ELSE = 4;
/** Zoomed out that far, few candles are left to draw. */
const ROWS_LEFT = 300;

/** The step after `step`: the next usual length that is a whole multiple of it. */
export function nextStep(step: number, usual: readonly number[] = BASES): number {
  return usual.find((each) => each > step && each % step === 0) ?? step * FACTOR_ELSE;
}

/** The shortest step that leaves at most `rowsMax` buckets of a time span. */
export function stepFor(timeframeMs: number, spanMs: number, rowsMax: number): number {
  const fits = (step: number) => step % timeframeMs === 0 && spanMs / step <= rowsMax;
  if (fits(timeframeMs)) return timeframeMs;
  let step = BASES.find((each) => each > timeframeMs && fits(each)) ?? timeframeMs;
  while (!fits(step)) step *= FACTOR_ELSE;
  return step;
}

/** The zoom levels over a base step, each a whole multiple of the one before. */
export function zoomSteps(base: number, spanMs: number): number[] {
  const steps = [base];
  for (let step = base; spanMs / step > ROWS_LEFT;) {
    step = nextStep(step, RUNGS);
    steps.push(step);
  }
  return steps;
}
