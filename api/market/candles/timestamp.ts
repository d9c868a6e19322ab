/** Reads the timestamps that candle files carry. All without a zone are UTC. */

/** Below this a whole number counts milliseconds since midnight; a day has no more. */
const DAY_MS = 86_400_000;

const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:[ T](\d{2}):?(\d{2})(?::?(\d{2}))?)?$/;

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;

/** CryptoDataDownload's hour of day: `2019-10-17 09-AM`. */
const TWELVE_HOURS = /^(\d{4})-(\d{2})-(\d{2}) (\d{1,2})-([AP])M$/;

/**
 * Epoch milliseconds of a timestamp cell, NaN when it is none. Whole numbers are seconds,
 * milliseconds, microseconds or nanoseconds by their size; `midnightMs` is the day that counts of
 * milliseconds since midnight belong to.
 */
export function parseTimestamp(text: string, midnightMs = NaN): number {
  const number = +text;
  if (!Number.isNaN(number) && text !== "") return fromNumber(number, text, midnightMs);
  const iso = ISO.exec(text) ?? COMPACT.exec(text);
  if (iso) return fromParts(iso);
  const twelve = TWELVE_HOURS.exec(text);
  if (!twelve) return NaN;
  const hour = Number(twelve[4]);
  if (hour < 1 || hour > 12) return NaN;
  const hour24 = hour % 12 + (twelve[5] === "P" ? 12 : 0);
  return utc(Number(twelve[1]), Number(twelve[2]), Number(twelve[3]), hour24, 0, 0);
}

/** Epoch milliseconds of a number of a unit that its size tells; NaN when it is too small. */
export function timestampOfNumber(number: number): number {
  if (number >= 1e17) return Math.floor(number / 1e6);
  if (number >= 1e14) return Math.floor(number / 1e3);
  if (number >= 1e11) return number;
  return number >= 1e8 ? Math.round(number * 1e3) : NaN;
}

function fromNumber(number: number, text: string, midnightMs: number): number {
  if (number >= 1e8) return timestampOfNumber(number);
  if (!Number.isNaN(midnightMs) && number >= 0 && number < DAY_MS) return midnightMs + number;
  const compact = COMPACT.exec(text);
  return compact ? fromParts(compact) : NaN;
}

function fromParts(parts: RegExpExecArray): number {
  const [, year, month, day, hour, minute, second, fraction = "", zone = ""] = parts;
  const time = utc(
    Number(year),
    Number(month),
    Number(day),
    Number(hour ?? 0),
    Number(minute ?? 0),
    Number(second ?? 0),
  );
  return time + Number(fraction.padEnd(3, "0").slice(0, 3)) - zoneMs(zone);
}

function zoneMs(zone: string): number {
  if (!/^[+-]/.test(zone)) return 0;
  const [hours, minutes] = [zone.slice(1, 3), zone.slice(-2)];
  return (zone.startsWith("-") ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** `Date.UTC` that answers NaN for a date the calendar does not have. */
function utc(y: number, month: number, d: number, h: number, m: number, s: number): number {
  if (h > 23 || m > 59 || s > 59) return NaN;
  const time = Date.UTC(y, month - 1, d, h, m, s);
  const date = new Date(time);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === d ? time : NaN;
}
