/** Reads what tools/make_indicator_goldens.py wrote. */
import { createHash } from "node:crypto";

const FOLDER = new URL("indicators/", import.meta.url);
const DIGEST_BYTES = 8;
const SAMPLES = 48;
const REFUSED = "ffffffffffffffff";

export interface GoldenCase {
  readonly name: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly lookback: number;
  /** Compared within 1e-9 at sampled rows: the reference uses its C library's approximations. */
  readonly samples?: boolean;
}

export interface GoldenSeries {
  readonly name: string;
  readonly rows: number;
  readonly columns: Readonly<Record<string, Float64Array>>;
}

export interface Goldens {
  /** The names of `talib.get_functions()`. */
  readonly functions: readonly string[];
  readonly talib: string;
  readonly series: readonly GoldenSeries[];
  readonly cases: readonly GoldenCase[];
  /** The next output's answer; outputs come case after case, series after series. */
  readonly next: (golden: GoldenCase, rows: number) => GoldenAnswer;
}

export type GoldenAnswer =
  | { readonly kind: "refused" }
  | { readonly kind: "digest"; readonly hex: string }
  | { readonly kind: "samples"; readonly values: Float64Array };

export async function readTalibGoldens(): Promise<Goldens> {
  const text = await Deno.readTextFile(new URL("talib_cases.json", FOLDER));
  const parsed = JSON.parse(text);
  const digests = await Deno.readFile(new URL("talib_digests.bin", FOLDER));
  const samples = new Float64Array(await readBuffer("talib_samples.bin"));
  let digestAt = 0;
  let sampleAt = 0;
  const next = (golden: GoldenCase, rows: number): GoldenAnswer => {
    if (golden.samples === true) {
      const count = rows === 0 ? 0 : SAMPLES;
      sampleAt += count;
      return { kind: "samples", values: samples.subarray(sampleAt - count, sampleAt) };
    }
    digestAt += DIGEST_BYTES;
    const hex = toHex(digests.subarray(digestAt - DIGEST_BYTES, digestAt));
    return hex === REFUSED ? { kind: "refused" } : { kind: "digest", hex };
  };
  return {
    functions: JSON.parse(await Deno.readTextFile(new URL("talib_functions.json", FOLDER))),
    talib: parsed.talib,
    series: cutSeries(
      parsed.series,
      parsed.columns,
      new Float64Array(await readBuffer("talib_series.bin")),
    ),
    cases: parsed.cases,
    next,
  };
}

/** The digest of a column's bytes as the goldens have it: every NaN is the same. */
export function digestOf(column: Float64Array | Int32Array): string {
  const bytes = column instanceof Float64Array
    ? column.map((value) => Number.isNaN(value) ? NaN : value)
    : column;
  const hash = createHash("sha256").update(
    new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  );
  return hash.digest("hex").slice(0, 2 * DIGEST_BYTES);
}

/** The rows that the goldens sample. */
export function sampledRows(rows: number): number[] {
  return rows === 0
    ? []
    : Array.from({ length: SAMPLES }, (_, index) => Math.floor(rows * index / SAMPLES));
}

function cutSeries(
  shapes: readonly (readonly [string, number])[],
  names: readonly string[],
  values: Float64Array,
): GoldenSeries[] {
  let at = 0;
  return shapes.map(([name, rows]) => {
    const columns = names.map((column) => {
      at += rows;
      return [column, values.subarray(at - rows, at)];
    });
    return { name, rows, columns: Object.fromEntries(columns) };
  });
}

async function readBuffer(name: string): Promise<ArrayBuffer> {
  const bytes = await Deno.readFile(new URL(name, FOLDER));
  return bytes.buffer;
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
