/** Parts of UTC dates. A date that is missing has no parts; -1 stands for that. */
const DAY_MS: f64 = 86_400_000.0;

/** Days since 1970 to year * 10000 + month * 100 + day, counting years from March. */
function civilOf(days: i32): i32 {
  const shifted = days + 719_468;
  const era = floorDiv(shifted, 146_097);
  const ofEra = shifted - era * 146_097;
  const year = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
  const ofYear = ofEra - (365 * year + year / 4 - year / 100);
  const shiftedMonth = (5 * ofYear + 2) / 153;
  const day = ofYear - (153 * shiftedMonth + 2) / 5 + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return (year + era * 400 + i32(month <= 2)) * 10_000 + month * 100 + day;
}

/** Days since 1970 of a date. */
function daysOf(year: i32, month: i32, day: i32): i32 {
  const shiftedYear = year - i32(month <= 2);
  const era = floorDiv(shiftedYear, 400);
  const ofEra = shiftedYear - era * 400;
  const ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468;
}

function floorDiv(a: i32, b: i32): i32 {
  const quotient = a / b;
  return quotient - i32(a % b !== 0 && (a < 0) !== (b < 0));
}

const YEAR: i32 = 0;
const MONTH: i32 = 1;
const DAY: i32 = 2;
const DAY_OF_WEEK: i32 = 3;
const DAY_OF_YEAR: i32 = 4;
const WEEK: i32 = 5;
const QUARTER: i32 = 6;
const HOUR: i32 = 7;
const MINUTE: i32 = 8;

function partOf(date: f64, part: i32): i32 {
  const days = i32(floor<f64>(date / DAY_MS));
  const ofDay = i32(date - f64(days) * DAY_MS);
  if (part === HOUR) return ofDay / 3_600_000;
  if (part === MINUTE) return ofDay / 60_000 % 60;
  if (part > MINUTE) return ofDay / 1000 % 60;
  // 1970 began on a Thursday; Monday is 0.
  const weekday = (days % 7 + 10) % 7;
  if (part === DAY_OF_WEEK) return weekday;
  // The week belongs to the year of its Thursday.
  const civil = civilOf(part === WEEK ? days + 3 - weekday : days);
  const year = civil / 10_000;
  if (part === YEAR) return year;
  if (part === MONTH) return civil / 100 % 100;
  if (part === DAY) return civil % 100;
  if (part === QUARTER) return (civil / 100 % 100 + 2) / 3;
  const first = daysOf(year, 1, 1);
  return part === DAY_OF_YEAR ? days - first + 1 : (days + 3 - weekday - first) / 7 + 1;
}

function parts(n: i32, date: usize, part: i32, out: usize): i32 {
  for (let i: usize = 0, end = <usize> n; i < end; i++) {
    const value = load<f64>(date + (i << 3));
    store<i32>(out + (i << 2), value === value ? partOf(value, part) : -1);
  }
  return 0;
}

export function timeYear(n: i32, date: usize, out: usize, scratch: usize): i32 {
  return parts(n, date, YEAR, out);
}
export function timeMonth(n: i32, date: usize, out: usize, scratch: usize): i32 {
  return parts(n, date, MONTH, out);
}
export function timeDay(n: i32, date: usize, out: usize, scratch: usize): i32 {
  return parts(n, date, DAY, out);
}
export function timeDayofweek(n: i32, date: usize, out: usize, scratch: usize): i32 {
  return parts(n, date, DAY_OF_WEEK, out);
}
export function timeDayofyear(n: i32, date: usize, out: usize, scratch: usize): i32 {
  return parts(n, date, DAY_OF_YEAR, out);
}
export function timeWeek(n: i32, date: usize, out: usize, scratch: usize): i32 {
  return parts(n, date, WEEK, out);
}
export function timeQuarter(n: i32, date: usize, out: usize, scratch: usize): i32 {
  return parts(n, date, QUARTER, out);
}
export function timeHour(n: i32, date: usize, out: usize, scratch: usize): i32 {
  return parts(n, date, HOUR, out);
}
export function timeMinute(n: i32, date: usize, out: usize, scratch: usize): i32 {
  return parts(n, date, MINUTE, out);
}
export function timeSecond(n: i32, date: usize, out: usize, scratch: usize): i32 {
  return parts(n, date, MINUTE + 1, out);
}

/** Whole units of `unit` milliseconds since 1970: a key to group by day, hour or minute. */
export function timeUnits(n: i32, date: usize, unit: f64, out: usize, scratch: usize): i32 {
  if (!(unit >= 1.0)) return 1;
  for (let i: usize = 0, end = <usize> n << 3; i < end; i += 8) {
    const value = load<f64>(date + i);
    store<i64>(out + i, value === value ? i64(floor<f64>(value / unit)) : i64.MIN_VALUE);
  }
  return 0;
}

export function timeFloor(n: i32, date: usize, unit: f64, out: usize, scratch: usize): i32 {
  if (!(unit >= 1.0)) return 1;
  for (let i: usize = 0, end = <usize> n << 3; i < end; i += 8) {
    store<f64>(out + i, floor<f64>(load<f64>(date + i) / unit) * unit);
  }
  return 0;
}

/** Midnight of the first day of the next month, what a monthly candle ends at. */
export function timeNextMonth(n: i32, date: usize, out: usize, scratch: usize): i32 {
  for (let i: usize = 0, end = <usize> n << 3; i < end; i += 8) {
    const value = load<f64>(date + i);
    if (value !== value) {
      store<f64>(out + i, NaN);
      continue;
    }
    const civil = civilOf(i32(floor<f64>(value / DAY_MS)));
    const year = civil / 10_000;
    const month = civil / 100 % 100;
    const days = daysOf(month === 12 ? year + 1 : year, month % 12 + 1, 1);
    store<f64>(out + i, f64(days) * DAY_MS);
  }
  return 0;
}

/** Whether the time of day lies from `start` on and before `end`; an end before the start is tomorrow. */
export function timeSession(
  n: i32,
  date: usize,
  start: i32,
  stop: i32,
  out: usize,
  scratch: usize,
): i32 {
  for (let i: usize = 0, end = <usize> n; i < end; i++) {
    const value = load<f64>(date + (i << 3));
    const minute = i32(floor<f64>((value - floor<f64>(value / DAY_MS) * DAY_MS) / 60_000.0));
    const isBehind = minute >= start;
    const isBefore = minute < stop;
    const isIn = start < stop ? isBehind && isBefore : isBehind || isBefore;
    store<u8>(out + i, u8(isIn && value === value));
  }
  return 0;
}
