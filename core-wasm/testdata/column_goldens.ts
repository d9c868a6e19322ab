/** Reads what tools/write_column_cases.ts and tools/make_column_goldens.py wrote. */
import type { ColumnType } from "../column.ts";

const FOLDER = new URL("indicators/", import.meta.url);
const DIGEST_BYTES = 8;
const SAMPLES = 48;
const REFUSED = "ffffffffffffffff";

export interface ColumnCase {
  readonly name: string;
  readonly inputs: readonly (readonly [string, ColumnType])[];
  /** JSON has no NaN: null stands for it. */
  readonly parameters: Readonly<Record<string, number | null>>;
  /** Compared within 1e-9 at sampled rows: the reference uses its C library's approximations. */
  readonly samples?: boolean;
}

export interface ColumnSeries {
  readonly name: string;
  readonly rows: number;
  readonly columns: Readonly<Record<string, Float64Array>>;
}

export type ColumnAnswer =
  | { readonly kind: "refused" }
  | { readonly kind: "digest"; readonly hex: string }
  | { readonly kind: "samples"; readonly values: Float64Array };

export interface ColumnGoldens {
  readonly versions: Readonly<Record<string, string>>;
  readonly series: readonly ColumnSeries[];
  readonly cases: readonly ColumnCase[];
  /** The next output's answer; outputs come case after case, series after series. */
  readonly next: (golden: ColumnCase, rows: number) => ColumnAnswer;
}

export interface MergeCase {
  readonly timeframe: string;
  readonly informative: string;
  readonly fill: boolean;
  readonly dates: readonly number[];
  readonly others: readonly number[];
  readonly rows: readonly number[];
}

type NullableColumns = Readonly<Record<string, readonly (number | null)[]>>;

export interface ResampleCase {
  /** Minutes. */
  readonly interval: number;
  readonly candles: NullableColumns;
  readonly resampled: NullableColumns;
}

export interface SpreadCase {
  /** Minutes. */
  readonly step: number;
  readonly interval: number;
  /** Whether incomplete candles are left out. */
  readonly drops: boolean;
  readonly candles: NullableColumns;
  /** The mean of three wide closes, on the narrow frame. */
  readonly mean: readonly (number | null)[];
}

export async function readColumnGoldens(): Promise<ColumnGoldens> {
  const parsed = await readJson("column_cases.json");
  const digests = await Deno.readFile(new URL("column_digests.bin", FOLDER));
  const samples = await readNumbers("column_samples.bin");
  let digestAt = 0;
  let sampleAt = 0;
  const next = ({ samples: isSampled }: ColumnCase, rows: number): ColumnAnswer => {
    if (isSampled === true) {
      const count = rows === 0 ? 0 : SAMPLES;
      sampleAt += count;
      const values = samples.subarray(sampleAt - count, sampleAt);
      const isRefused = count > 0 && values.every((value) => value === -Infinity);
      return isRefused ? { kind: "refused" } : { kind: "samples", values };
    }
    digestAt += DIGEST_BYTES;
    const hex = toHex(digests.subarray(digestAt - DIGEST_BYTES, digestAt));
    return hex === REFUSED ? { kind: "refused" } : { kind: "digest", hex };
  };
  return {
    versions: await readJson("column_versions.json"),
    series: cutSeries(parsed.series, parsed.columns, await readNumbers("column_series.bin")),
    cases: parsed.cases,
    next,
  };
}

export async function readAlignGoldens(): Promise<{
  readonly merges: readonly MergeCase[];
  readonly resamples: readonly ResampleCase[];
  readonly spreads: readonly SpreadCase[];
}> {
  return await readJson("align_cases.json");
}

function cutSeries(
  shapes: readonly (readonly [string, number])[],
  names: readonly string[],
  values: Float64Array,
): ColumnSeries[] {
  let at = 0;
  return shapes.map(([name, rows]) => {
    const columns = names.map((column) => {
      at += rows;
      return [column, values.subarray(at - rows, at)];
    });
    return { name, rows, columns: Object.fromEntries(columns) };
  });
}

async function readNumbers(name: string): Promise<Float64Array> {
  return new Float64Array((await Deno.readFile(new URL(name, FOLDER))).buffer);
}

// deno-lint-ignore no-explicit-any -- the files are this repository's own; the types above say what they hold
async function readJson(name: string): Promise<any> {
  return JSON.parse(await Deno.readTextFile(new URL(name, FOLDER)));
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
