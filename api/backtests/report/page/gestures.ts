/** Pointer, wheel, keys and buttons: all that moves the chart. */
import type { Chart, Point } from "./chart.ts";
import { panView, wholeView, zoomView } from "./view.ts";

export type ChartAction = "left" | "right" | "in" | "out" | "all" | "previous" | "next" | "close";

const PAN_SHARE = 0.2;
const ZOOM_FACTOR = 1.5;
const WHEEL_LINE_PX = 16;
const CLICK_PX = 4;
const KEYS: Readonly<Record<string, ChartAction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  "+": "in",
  "=": "in",
  ArrowUp: "in",
  "-": "out",
  ArrowDown: "out",
  Home: "all",
  "0": "all",
  n: "next",
  N: "next",
  p: "previous",
  P: "previous",
  Escape: "close",
};

/** Does what a key or a button asks for. */
export function act(chart: Chart, action: ChartAction): void {
  const { view, pair: { bounds } } = chart;
  const middle = (view.from + view.to) / 2;
  switch (action) {
    case "left":
      return chart.show(panView(view, bounds, -PAN_SHARE));
    case "right":
      return chart.show(panView(view, bounds, PAN_SHARE));
    case "in":
      return chart.show(zoomView(view, bounds, 1 / ZOOM_FACTOR, middle));
    case "out":
      return chart.show(zoomView(view, bounds, ZOOM_FACTOR, middle));
    case "all":
      return chart.show(wholeView(bounds));
    case "previous":
      return chart.select(stepTrade(chart, -1));
    case "next":
      return chart.select(stepTrade(chart, 1));
    case "close":
      return chart.select(null);
  }
}

/** The trade after or before the selected one, else the first after the view's start. */
function stepTrade({ pair: { trades }, selected, view }: Chart, by: 1 | -1): number | null {
  if (trades.count === 0) return null;
  if (selected !== null) return Math.max(0, Math.min(trades.count - 1, selected + by));
  const first = trades.openDate.findIndex((time) => time >= view.from);
  return first < 0 ? trades.count - 1 : first;
}

export function wireKeys(box: HTMLElement, chart: Chart, done: () => void): void {
  box.addEventListener("keydown", (event) => {
    const action = KEYS[event.key];
    if (action === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(chart, action);
  });
  box.addEventListener("keyup", (event) => {
    if (KEYS[event.key] !== undefined) done();
  });
}

/** The wheel zooms with Ctrl or once the chart has the focus; sideways it always moves. */
export function wireWheel(box: HTMLElement, chart: Chart): void {
  box.addEventListener("wheel", (event) => {
    const unit = event.deltaMode === 0 ? 1 : WHEEL_LINE_PX;
    const [across, down] = [event.deltaX * unit, event.deltaY * unit];
    const { view, pair: { bounds }, layout } = chart;
    if (Math.abs(across) > Math.abs(down)) {
      event.preventDefault();
      chart.show(panView(view, bounds, across / layout.width));
    } else if (event.ctrlKey || event.metaKey || document.activeElement === box) {
      event.preventDefault();
      const around = chart.timeAt(pointIn(box, event).x);
      chart.show(zoomView(view, bounds, Math.exp(down / 300), around));
    }
  }, { passive: false });
}

export interface PointerEars {
  /** The pointer is over the chart, or null when it left. */
  hover(point: Point | null): void;
  /** A gesture ended. */
  done(): void;
}

/** One finger or the mouse moves, two fingers zoom, a tap selects the trade under it. */
export function wirePointers(box: HTMLElement, chart: Chart, ears: PointerEars): void {
  const fingers = new Map<number, Point>();
  let travelled = 0;
  box.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (fingers.size === 0) travelled = 0;
    fingers.set(event.pointerId, pointIn(box, event));
    box.setPointerCapture(event.pointerId);
  });
  box.addEventListener("pointermove", (event) => {
    const now = pointIn(box, event);
    const before = fingers.get(event.pointerId);
    if (before === undefined) return ears.hover(now);
    travelled += Math.abs(now.x - before.x);
    if (fingers.size === 1) drag(chart, before.x - now.x);
    else pinch(chart, fingers, event.pointerId, now);
    fingers.set(event.pointerId, now);
    ears.hover(null);
  });
  const release = (event: PointerEvent) => {
    if (!fingers.delete(event.pointerId)) return;
    if (fingers.size > 0) return;
    if (event.type === "pointerup" && travelled < CLICK_PX) {
      chart.select(chart.tradeNear(pointIn(box, event)));
    }
    ears.done();
  };
  box.addEventListener("pointerup", release);
  box.addEventListener("pointercancel", release);
  box.addEventListener("pointerleave", () => ears.hover(null));
}

function drag(chart: Chart, pixels: number): void {
  const { view, pair: { bounds }, layout } = chart;
  chart.show(panView(view, bounds, pixels / layout.width));
}

function pinch(chart: Chart, fingers: ReadonlyMap<number, Point>, moved: number, now: Point): void {
  const before = fingers.get(moved);
  const still = [...fingers].find(([id]) => id !== moved)?.[1];
  if (before === undefined || still === undefined) return;
  const [wide, wider] = [Math.abs(before.x - still.x), Math.abs(now.x - still.x)];
  if (wide < 1 || wider < 1) return;
  const { view, pair: { bounds } } = chart;
  chart.show(zoomView(view, bounds, wide / wider, chart.timeAt(still.x)));
}

function pointIn(box: HTMLElement, event: MouseEvent): Point {
  const frame = box.getBoundingClientRect();
  return { x: event.clientX - frame.left, y: event.clientY - frame.top };
}
