import assert from "node:assert/strict";
import { type ColumnArray, computeIndicator } from "./mod.ts";

/** Open, high, low, close; ten ordinary candles lie before them. */
type Candle = readonly [number, number, number, number];

const USUAL: Candle = [100, 100.6, 99.9, 100.5];

Deno.test("CDLMORNINGSTAR rounds the reach of the last close once, as TA-Lib does", () => {
  const first: Candle = [98.9, 99, 86.7, 86.8];
  const star: Candle = [83.8, 83.9, 83.6, 83.7];
  assert.equal(last("CDLMORNINGSTAR", [first, star, [84.8, 90.6, 84.7, 90.43]]), 100);
  const below = 90.42999999999999;
  assert.equal(last("CDLMORNINGSTAR", [first, star, [84.8, 90.6, 84.7, below]]), 0);
});

Deno.test("CDLENGULFING answers 80 when the bodies share an end and 0 when they share both", () => {
  const black: Candle = [100, 101, 98, 99];
  assert.equal(last("CDLENGULFING", [black, [98.5, 101, 98, 100.5]]), 100);
  assert.equal(last("CDLENGULFING", [black, [98.5, 101, 98, 100]]), 80);
  assert.equal(last("CDLENGULFING", [black, [99, 101, 98, 100]]), 0);
});

Deno.test("CDLHIKKAKE confirms within three candles and not later", () => {
  const inside: Candle[] = [[100, 104, 96, 101], [100, 102, 98, 101], [98, 101, 97, 99]];
  const idle: Candle = [99, 101, 97, 99];
  const close: Candle = [99, 104, 97, 103];
  assert.equal(last("CDLHIKKAKE", inside), 100);
  assert.equal(last("CDLHIKKAKE", [...inside, idle, idle, close]), 200);
  assert.equal(last("CDLHIKKAKE", [...inside, idle, idle, idle, close]), 0);
});

Deno.test("a pattern refuses a penetration below 0 and names what is allowed", () => {
  const columns = columnsOf([USUAL]);
  assert.throws(
    () => computeIndicator("CDLMATHOLD", columns, { penetration: -0.1 }),
    /Cannot compute CDLMATHOLD: "penetration" is -0.1, allowed are 0 to/,
  );
});

function last(name: string, candles: readonly Candle[]): number | bigint | undefined {
  return lastOf(computeIndicator(name, columnsOf(candles)).integer);
}

function lastOf(column: ColumnArray | undefined): number | bigint | undefined {
  return column?.at(-1);
}

function columnsOf(candles: readonly Candle[]): Record<string, Float64Array> {
  const all = [...Array.from({ length: 10 }, () => USUAL), ...candles];
  const column = (index: number) => Float64Array.from(all, (candle) => candle[index] ?? NaN);
  return { open: column(0), high: column(1), low: column(2), close: column(3) };
}
