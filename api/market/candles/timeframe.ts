/** Timeframes in freqtrade's notation: a count and one of s, m, h, d, w, M, y. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNIT_MS: Readonly<Record<string, number>> = {
  s: SECOND,
  m: MINUTE,
  h: HOUR,
  d: DAY,
  w: 7 * DAY,
  // Nominal lengths, as ccxt counts them; a candle's real bounds come from `nextOpen`.
  M: 30 * DAY,
  y: 365 * DAY,
};

/** What a file's grid may be deduced as. */
const COMMON = [
  ...["1s", "1m", "3m", "5m", "10m", "15m", "30m", "1h", "2h", "3h", "4h", "6h", "8h", "12h"],
  ...["1d", "3d", "1w", "2w"],
];

/** The first Monday of the epoch: weeks begin on Mondays. */
const FIRST_MONDAY = 4 * DAY;

export const TIMEFRAME = /^[1-9]\d{0,3}[smhdwMy]$/;

export function isTimeframe(text: string): boolean {
  return TIMEFRAME.test(text);
}

/** Nominal length in milliseconds. Throws a RangeError for what is no timeframe. */
export function timeframeMs(timeframe: string): number {
  const unit = UNIT_MS[timeframe.slice(-1)];
  if (!unit || !isTimeframe(timeframe)) {
    throw new RangeError(`Cannot read timeframe "${timeframe}": use for example 5m, 1h, 1d or 1M`);
  }
  return Number(timeframe.slice(0, -1)) * unit;
}

/** Open time of the candle that holds `time`. */
export function floorToTimeframe(time: number, timeframe: string): number {
  const months = calendarMonths(timeframe);
  if (months > 0) {
    const date = new Date(time);
    const index = date.getUTCFullYear() * 12 + date.getUTCMonth();
    return monthStart(index - index % months);
  }
  const ms = timeframeMs(timeframe);
  const anchor = timeframe.endsWith("w") ? FIRST_MONDAY : 0;
  return Math.floor((time - anchor) / ms) * ms + anchor;
}

/** Open time of the candle after the one that opens at `open`. */
export function nextOpen(open: number, timeframe: string): number {
  const months = calendarMonths(timeframe);
  if (months === 0) return open + timeframeMs(timeframe);
  const date = new Date(open);
  return monthStart(date.getUTCFullYear() * 12 + date.getUTCMonth() + months);
}

/** Whether candles of this timeframe follow the calendar and so differ in length. */
export function isCalendar(timeframe: string): boolean {
  return calendarMonths(timeframe) > 0;
}

/** The timeframe most steps between these times have; undefined when it is none in use. */
export function deduceTimeframe(times: ArrayLike<number>): string | undefined {
  const counts = new Map<number, number>();
  for (let i = 1; i < times.length; i++) {
    const step = Math.abs((times[i] ?? NaN) - (times[i - 1] ?? NaN));
    if (step > 0) counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  let step = 0;
  for (const [candidate, count] of counts) {
    const best = counts.get(step) ?? 0;
    if (count > best || (count === best && candidate < step)) step = candidate;
  }
  if (step >= 28 * DAY && step <= 31 * DAY) return "1M";
  return COMMON.find((timeframe) => timeframeMs(timeframe) === step);
}

function calendarMonths(timeframe: string): number {
  const count = Number(timeframe.slice(0, -1));
  if (timeframe.endsWith("M")) return count;
  return timeframe.endsWith("y") ? count * 12 : 0;
}

function monthStart(index: number): number {
  return Date.UTC(Math.floor(index / 12), index % 12, 1);
}
