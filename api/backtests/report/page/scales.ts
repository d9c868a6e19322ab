/** Ticks and texts of the axes; times are UTC. */
import type { View } from "./view.ts";

export interface Tick {
  readonly value: number;
  readonly label: string;
}

const SECOND = 1_000;
const TICK_STEPS: readonly number[] = [
  ...[1, 5, 15, 30].map((minutes) => minutes * 60 * SECOND),
  ...[1, 3, 6, 12].map((hours) => hours * 3_600 * SECOND),
  ...[1, 2, 7].map((days) => days * 86_400 * SECOND),
];
const TICK_DAY = 86_400 * SECOND;
const TICK_MONTHS: readonly number[] = [1, 3, 6, 12, 24, 60, 120];
const DECADE_MONTHS = 120;
const MONTH_LENGTH = 30.4 * TICK_DAY;
const MONTH_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const ROUND = [1, 2, 2.5, 5, 10];
const LARGE = 1e6;

/** At most `count` ticks at round times, a day or a year named where it begins. */
export function timeTicks(view: View, count: number): Tick[] {
  const least = (view.to - view.from) / Math.max(1, count);
  const step = TICK_STEPS.find((each) => each >= least);
  return step === undefined ? monthTicks(view, least) : evenTicks(view, step);
}

function evenTicks({ from, to }: View, step: number): Tick[] {
  const ticks: Tick[] = [];
  for (let value = Math.ceil(from / step) * step; value <= to; value += step) {
    const clock = value % TICK_DAY === 0 ? dayLabel(value) : isoMinute(value).slice(11);
    ticks.push({ value, label: clock });
  }
  return ticks;
}

function monthTicks({ from, to }: View, least: number): Tick[] {
  const months = TICK_MONTHS.find((each) => each * MONTH_LENGTH >= least) ??
    Math.ceil(least / (DECADE_MONTHS * MONTH_LENGTH)) * DECADE_MONTHS;
  const ticks: Tick[] = [];
  const first = new Date(from);
  let month = (first.getUTCFullYear() - 1970) * 12 + first.getUTCMonth();
  month = Math.ceil(month / months) * months;
  for (;; month += months) {
    const value = Date.UTC(1970, month, 1);
    if (value > to) return ticks;
    if (value >= from) ticks.push({ value, label: monthLabel(value) });
  }
}

function dayLabel(time: number): string {
  const date = new Date(time);
  return `${date.getUTCDate()} ${MONTH_NAMES[date.getUTCMonth()] ?? ""}`;
}

function monthLabel(time: number): string {
  const date = new Date(time);
  const year = String(date.getUTCFullYear());
  return date.getUTCMonth() === 0 ? year : MONTH_NAMES[date.getUTCMonth()] ?? "";
}

/** `2022-01-01 08:00` */
export function isoMinute(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace("T", " ");
}

/** At most `count` ticks at round values. */
export function valueTicks(min: number, max: number, count: number): Tick[] {
  const least = (max - min) / Math.max(1, count);
  if (!(least > 0) || !Number.isFinite(least)) return [];
  const unit = 10 ** Math.floor(Math.log10(least));
  const step = unit * (ROUND.find((each) => each * unit >= least * 0.999) ?? 10);
  const decimals = Math.max(
    0,
    Math.min(12, Math.ceil(-Math.log10(step) + 0.01) + (step / unit === 2.5 ? 1 : 0)),
  );
  const ticks: Tick[] = [];
  for (let at = Math.ceil(min / step); at * step <= max; at++) {
    ticks.push({ value: at * step, label: shortNumber(at * step, decimals) });
  }
  return ticks;
}

function shortNumber(value: number, decimals: number): string {
  if (Math.abs(value) >= LARGE) {
    return new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 })
      .format(value);
  }
  return value.toFixed(decimals);
}

/** A price as short as its column's decimals allow. */
export function trimmedNumber(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return "–";
  const text = value.toFixed(Math.max(0, decimals));
  return text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
}

/** `15m`, `4h`, `1d`, `2w` */
export function stepLabel(step: number): string {
  const units: readonly (readonly [number, string])[] = [
    [7 * TICK_DAY, "w"],
    [TICK_DAY, "d"],
    [3_600 * SECOND, "h"],
    [60 * SECOND, "m"],
  ];
  const [length, name] = units.find(([each]) => step % each === 0) ?? [SECOND, "s"];
  return `${step / length}${name}`;
}

/** `1d 02:05`, hours and minutes with days where there are some. */
export function heldText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const days = Math.floor(minutes / 1_440);
  const clock = `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
  return days === 0 ? clock : `${days}d ${clock}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
