/** The time range in sight, and what moving does to it. */

/** Epoch milliseconds. */
export interface View {
  readonly from: number;
  readonly to: number;
}

export interface Bounds {
  readonly start: number;
  readonly end: number;
  /** The shortest range one may zoom to. */
  readonly spanLeast: number;
}

export function wholeView({ start, end }: Bounds): View {
  return { from: start, to: end };
}

/** Moves by a share of the range, to later times when it is positive. */
export function panView(view: View, bounds: Bounds, share: number): View {
  const shift = (view.to - view.from) * share;
  return clampView({ from: view.from + shift, to: view.to + shift }, bounds);
}

/** Makes the range `factor` times as long around a time that stays where it is. */
export function zoomView(view: View, bounds: Bounds, factor: number, around: number): View {
  const span = view.to - view.from;
  const wanted = Math.max(Math.min(bounds.spanLeast, span), span * factor);
  const left = (around - view.from) / span;
  return clampView({ from: around - left * wanted, to: around + (1 - left) * wanted }, bounds);
}

/** A range of that length with the time in its middle. */
export function viewAround(time: number, span: number, bounds: Bounds): View {
  return clampView({ from: time - span / 2, to: time + span / 2 }, bounds);
}

/** The nearest range within the bounds; one that is longer than they are is cut. */
export function clampView({ from, to }: View, { start, end }: Bounds): View {
  const span = to - from;
  if (span >= end - start) return { from: start, to: end };
  if (from < start) return { from: start, to: start + span };
  return to > end ? { from: end - span, to: end } : { from, to };
}
