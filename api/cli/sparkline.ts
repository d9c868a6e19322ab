const BARS = "▁▂▃▄▅▆▇█";

/** A line of at most `width` bars from the lowest to the highest value; each bar is its span's last. */
export function sparkline(values: Float64Array, width: number): string {
  const known = values.filter((value) => Number.isFinite(value));
  if (known.length === 0) return "";
  const sampled = lastOfSpans(known, Math.min(width, known.length));
  const low = sampled.reduce((a, b) => Math.min(a, b));
  const high = sampled.reduce((a, b) => Math.max(a, b));
  const range = high - low || 1;
  const top = BARS.length - 1;
  return Array.from(sampled, (value) => BARS[Math.round((value - low) / range * top)]).join("");
}

function lastOfSpans(values: Float64Array, spans: number): Float64Array {
  return Float64Array.from(
    { length: spans },
    (_, span) => values[Math.ceil((span + 1) * values.length / spans) - 1] ?? NaN,
  );
}
