/** Random columns of every type, and parameters that make sense for a kernel's row. */
import type { ColumnArray, ColumnType } from "../column.ts";
import type { KernelParameter, KernelRow } from "../kernel.ts";
import { type Candles, type CandleShape, randomCandles } from "./random_series.ts";

const HOUR_MS = 3_600_000;
/** 2021-12-30 21:00 UTC: a year ends early in the columns. */
const FIRST_MS = 1_640_898_000_000;
/** Division of whole numbers by zero gives floats in pandas, so the compiler casts first. */
const NOT_ZERO = ["floordiv_int_const", "mod_int_const"];
const STAYING = ["open", "high", "low", "close", "volume"];

/**
 * Compared within 1e-9: the reference uses its C library's or numpy's exponential, logarithm or power.
 * The exponentially weighted ones only with a halflife.
 */
export function isApproximate(name: string, parameters: Readonly<Record<string, number>>): boolean {
  return APPROXIMATE.has(name) || (name.startsWith("ewm_") && parameters.given === 2);
}

const APPROXIMATE: ReadonlySet<string> = new Set([
  "rolling_corr",
  "rolling_corr_at",
  "expanding_corr",
  "pandas_ta_cti",
  "qtpylib_chopiness",
  "technical_chopiness",
  "technical_vfi",
  "finta_vfi",
  "pow",
  "pow_const",
  "rpow_const",
  ..."exp log log10 log2 log1p expm1 sin cos tan arcsin arccos arctan sinh cosh tanh".split(" "),
]);

export type Columns = Readonly<Record<string, Float64Array>>;

/** Series of many characters: ties, holes, constants, extremes, short ones. */
export function randomColumns(random: () => number): Readonly<Record<string, Columns>> {
  const shapes: Readonly<Record<string, CandleShape>> = {
    walk: { length: 1400, start: 100, step: 0.01, tick: 0, idle: 0 },
    ticks: { length: 700, start: 20, step: 0.01, tick: 0.05, idle: 0.15 },
    idle: { length: 500, start: 0.00001234, step: 0.02, tick: 1e-8, idle: 0.6 },
    large: { length: 300, start: 6e7, step: 0.03, tick: 0.01, idle: 0 },
    wild: { length: 300, start: 1, step: 0.5, tick: 0, idle: 0.02 },
    short: { length: 12, start: 5, step: 0.02, tick: 0, idle: 0 },
    one: { length: 1, start: 5, step: 0.02, tick: 0, idle: 0 },
  };
  const series: Record<string, Columns> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    series[name] = withOthers(randomCandles(random, shape), random);
  }
  const plain = { ...shapes.walk, length: 260 } as CandleShape;
  const late = randomCandles(random, plain);
  for (const [index, column] of Object.values(late).entries()) column.fill(NaN, 0, 5 + index);
  series.late = withOthers(late, random);
  const holed = randomCandles(random, plain);
  for (const column of Object.values(holed)) punch(column, random, 0.1);
  series.holed = withOthers(holed, random);
  const infinite = randomCandles(random, plain);
  infinite.close[70] = Infinity;
  infinite.close[160] = -Infinity;
  infinite.high[90] = Infinity;
  series.infinite = withOthers(infinite, random);
  series.constant = withOthers(scaled(randomCandles(random, plain), 0, 7.1), random);
  series.huge = withOthers(scaled(randomCandles(random, plain), 1e100, 0), random);
  series.tiny = withOthers(scaled(randomCandles(random, plain), 1e-100, 0), random);
  series.jumping = withOthers(jumping(randomCandles(random, plain), random), random);
  return series;
}

function punch(column: Float64Array, random: () => number, share: number): void {
  for (let i = 0; i < column.length; i++) if (random() < share) column[i] = NaN;
}

function scaled(candles: Candles, factor: number, offset: number): Candles {
  const change = (column: Float64Array) => column.map((value) => value * factor + offset);
  const { open, high, low, close, volume } = candles;
  return {
    open: change(open),
    high: change(high),
    low: change(low),
    close: change(close),
    volume,
  };
}

/** Now and then a value beside which the others vanish. */
function jumping(candles: Candles, random: () => number): Candles {
  for (const column of Object.values(candles) as Float64Array[]) {
    for (let i = 0; i < column.length; i++) {
      if (random() < 0.02) column[i] = (column[i] ?? 0) * 10 ** (3 + Math.floor(12 * random()));
    }
  }
  return candles;
}

function withOthers(candles: Candles, random: () => number): Columns {
  const { close } = candles;
  let group = 0;
  return {
    ...candles,
    change: close.map((value, i) => value - (close[i - 1] ?? value)),
    sparse: close.map((value) => random() < 0.5 ? NaN : value),
    flag: close.map(() => Number(random() < 0.4)),
    other: close.map(() => Number(random() < 0.7)),
    count: close.map(() => Math.floor(200 * random()) - 60),
    key: close.map(() => random() < 0.2 ? ++group % 17 : group % 17),
    session: close.map((_, i) => Math.floor(i / 7)),
    date: close.map((_, i) => FIRST_MS + i * HOUR_MS),
  };
}

/** Names of the columns a case reads: those the row names, or any of the type. */
export function inputNames(
  row: KernelRow,
  columns: Columns,
  random: () => number,
  round: number,
): [string, ColumnType][] {
  const taken = new Set<string>();
  return row.inputs.map(({ name, type }) => {
    const all = fittingColumns(type);
    const free = all.filter((each) => !taken.has(each));
    const fitting = free.length > 0 ? free : all;
    const isNamed = name in columns && STAYING.includes(name);
    const found = isNamed ? name : pick(fitting, round < 2 ? () => 0 : random);
    taken.add(found);
    return [found, type];
  });
}

function fittingColumns(type: ColumnType): string[] {
  switch (type) {
    case "f64":
      return ["close", "volume", "change", "sparse", "high", "low"];
    case "bool":
      return ["flag", "other"];
    case "time":
      return ["date"];
    default:
      return ["count", "session", "key"];
  }
}

export function asType(type: ColumnType, values: Float64Array): ColumnArray {
  switch (type) {
    case "f64":
    case "time":
      return values;
    case "bool":
      return Uint8Array.from(values);
    case "int":
      return BigInt64Array.from(values, BigInt);
    case "i32":
    case "tag":
      return Int32Array.from(values);
  }
}

/** Round 0 takes the defaults; later ones are random and keep the rules between parameters. */
export function randomParameters(row: KernelRow, random: () => number, round: number): number[] {
  const found = new Map<string, number>();
  for (const parameter of row.parameters) {
    const { name, default: standard } = parameter;
    found.set(name, round === 0 ? standard : randomParameter(parameter, random, round));
  }
  const window = found.get("window") ?? 0;
  const least = found.get("min_periods");
  if (least !== undefined && found.has("window")) {
    const lowest = row.parameters.find(({ name }) => name === "min_periods")?.min ?? 0;
    const value = Math.min(window, Math.max(lowest, least));
    found.set("min_periods", random() < 0.4 ? 0 : value);
  }
  if (NOT_ZERO.includes(row.name)) found.set("value", 1 + Math.floor(9 * random()));
  if (found.has("decimals")) found.set("decimals", Math.floor(9 * random()) - 2);
  if (round > 0 && found.has("given")) found.set("value", decayOf(found.get("given"), random));
  if (round > 0 && found.has("end")) {
    const ends = [-1, Math.floor((window - 1) / 2), Math.floor(5 * random()) - 2];
    const allowed = row.parameters.find(({ name }) => name === "end")?.max ?? 0;
    found.set("end", Math.min(allowed, pick(ends, random)));
  }
  return row.parameters.map(({ name }) => found.get(name) ?? NaN);
}

function decayOf(given: number | undefined, random: () => number): number {
  if (given === 1) return 1 + Math.floor(30 * random());
  if (given === 3) return Math.round(1 + 99 * random()) / 100;
  return random() < 0.2 ? 1 : Math.round(1 + 300 * random()) / 10;
}

function randomParameter(
  { name, type, min, max, choices, default: standard }: KernelParameter,
  random: () => number,
  round: number,
): number {
  if (type === "choice") return pick(Object.values(choices ?? {}), random);
  if (type === "int") {
    if (max - min <= 2) return min + Math.floor(random() * (max - min + 1));
    if (name === "ddof") return Math.floor(3 * random());
    const low = Math.max(min, 0);
    if (name === "window" && round === 4) return Math.min(max, 500 + Math.floor(400 * random()));
    const spread = random() < 0.3 ? 4 : random() < 0.9 ? 40 : 200;
    const value = low + Math.floor(spread * random());
    return Math.min(max, min < 0 && random() < 0.3 ? -value : value);
  }
  if (name === "unit") return pick([60_000, HOUR_MS, 4 * HOUR_MS, 24 * HOUR_MS], random);
  if (max <= 1) return min + (max - min) * Math.round(20 * random()) / 20;
  return Math.max(min, standard + Math.round(400 * (random() - 0.3)) / 100);
}

function pick<T>(values: readonly T[], random: () => number): T {
  const found = values[Math.floor(values.length * random())];
  if (found === undefined) throw new RangeError("Cannot pick from nothing");
  return found;
}
