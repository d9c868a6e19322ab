/** When a market trades: which missing candles are gaps, and which never were. */

import { nextOpen, timeframeMs } from "./timeframe.ts";

/**
 * - `always`: around the clock, as crypto does and as freqtrade assumes of every market.
 * - `fx_week`: from Sunday 22:00 to Friday 21:00 UTC. New York's clock opens and closes the market
 *   an hour around these; what is open only half the year is never missing.
 * - `exchange_days`: a stock exchange. Its hours and holidays are not known here, so a missing
 *   candle counts only inside a day that traded, and missing days only after a week.
 */
export const SESSIONS = ["always", "fx_week", "exchange_days"] as const;

export type Session = typeof SESSIONS[number];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The longest that exchanges rest for holidays. */
const HOLIDAYS_MAX_MS = 7 * DAY;

/** Opens of the candles that should stand between two neighbours. */
export function* missingOpens(
  previous: number,
  next: number,
  { timeframe, session }: { timeframe: string; session: Session },
): Generator<number> {
  for (let open = nextOpen(previous, timeframe); open < next; open = nextOpen(open, timeframe)) {
    if (isExpected(open, { previous, next, timeframe, session })) yield open;
  }
}

interface Slot {
  readonly previous: number;
  readonly next: number;
  readonly timeframe: string;
  readonly session: Session;
}

function isExpected(open: number, { previous, next, timeframe, session }: Slot): boolean {
  if (session === "always") return true;
  const stepMs = timeframeMs(timeframe);
  if (stepMs > DAY) return true;
  const weekday = new Date(open).getUTCDay();
  if (session === "fx_week") return stepMs < DAY ? inFxWeek(open, weekday) : isWeekday(weekday);
  if (next - previous > HOLIDAYS_MAX_MS) return stepMs === DAY && isWeekday(weekday);
  return stepMs < DAY && Math.floor(previous / DAY) === Math.floor((next - 1) / DAY);
}

function isWeekday(weekday: number): boolean {
  return weekday >= 1 && weekday <= 5;
}

function inFxWeek(open: number, weekday: number): boolean {
  const hour = Math.floor(open % DAY / HOUR);
  if (weekday === 0) return hour >= 22;
  return weekday === 5 ? hour < 21 : weekday !== 6;
}
