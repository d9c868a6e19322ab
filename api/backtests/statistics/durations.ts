/** Durations and dates as the reports write them. */

const DAY_S = 86_400;

/** `1 day, 2:05:00`: hours without a leading zero, days only when there are some. */
export function durationText(seconds: number): string {
  const days = Math.floor(seconds / DAY_S);
  const clock = clockText(seconds - days * DAY_S);
  if (days === 0) return clock;
  return `${days} day${Math.abs(days) === 1 ? "" : "s"}, ${clock}`;
}

/** `17 days 12:00:00`, the other of the two layouts an export holds. */
export function longDurationText(seconds: number): string {
  const days = Math.floor(seconds / DAY_S);
  return `${days} days ${clockText(seconds - days * DAY_S).padStart(8, "0")}`;
}

/** `0d 01:58`. */
export function shortDurationText(seconds: number): string {
  const days = Math.floor(seconds / DAY_S);
  const rest = seconds - days * DAY_S;
  return `${days}d ${two(Math.floor(rest / 3600))}:${two(Math.floor(rest % 3600 / 60))}`;
}

/** `2022-10-16 08:00:00`, UTC. */
export function dateText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}

function clockText(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  return `${hours}:${two(Math.floor(seconds % 3600 / 60))}:${two(Math.floor(seconds % 60))}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
