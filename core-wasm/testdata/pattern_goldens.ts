/** Reads what tools/make_pattern_goldens.py wrote. */
const FOLDER = new URL("indicators/", import.meta.url);
const COLUMNS = ["open", "high", "low", "close"];

export interface PatternCase {
  readonly name: string;
  readonly parameters: Readonly<Record<string, number>>;
  /** One for each series, as `digestOf` makes them. */
  readonly digests: readonly string[];
  /** How often each value occurs, one for each series. */
  readonly counts: readonly Readonly<Record<string, number>>[];
}

export interface PatternGoldens {
  readonly talib: string;
  /** The same candles with ticks of different worth. */
  readonly series: readonly Readonly<Record<string, Float64Array>>[];
  readonly cases: readonly PatternCase[];
}

export async function readPatternGoldens(): Promise<PatternGoldens> {
  const parsed = JSON.parse(await Deno.readTextFile(new URL("patterns.json", FOLDER)));
  const bytes = await Deno.readFile(new URL("patterns.bin", FOLDER));
  const steps = new Int16Array(bytes.buffer);
  const ticks: readonly number[] = parsed.ticks;
  const series = ticks.map((tick) =>
    Object.fromEntries(COLUMNS.map((name, index) => {
      const column = steps.subarray(index * parsed.rows, (index + 1) * parsed.rows);
      return [name, Float64Array.from(column, (step) => step * tick)];
    }))
  );
  return { talib: parsed.talib, series, cases: parsed.cases };
}
