/** The candles the command line was given: what there is by name, and each read once when wanted. */
import type { CandleColumns } from "../../core-wasm/engine_gaps.ts";
import {
  type CandleColumns as FileColumns,
  type CandleType,
  concatCandles,
} from "../market/candles/mod.ts";
import { describeFileName, listCandleFiles, readCandleFile } from "../market/files/mod.ts";
import { AppError } from "../platform/errors.ts";

export interface Series {
  readonly pair: string;
  readonly timeframe: string;
  readonly candleType: CandleType;
}

export interface CandleStock {
  /** Pairs with candles of that type and timeframe, of any when it is null, in the order of the files. */
  pairs(timeframe: string | null, candleType: CandleType): string[];
  /** Null without such candles. Several files of one series are joined. */
  read(series: Series): Promise<CandleColumns | null>;
  /** What was left out of the files read so far. */
  warnings(): string[];
}

interface StockFile {
  readonly path: string;
  readonly series: Series;
}

/** `BASE_QUOTE-5m-` and then what is no candle type: a variant of a series, not the series. */
const VARIANT =
  /^[^-_\s]+_[^-_\s]+(?:_[^-_\s]+)?-\d+[smhdwMy]-(?!(?:spot|futures|mark|index|funding_rate)\.)(.+)\.(?:csv|json|feather|parquet)/;

/**
 * Lists the files and folders; a file whose name does not tell its series is read for it. A variant
 * counts only when it is named itself, so that a folder holds each series once.
 */
export async function openCandleStock(paths: readonly string[]): Promise<CandleStock> {
  const files: StockFile[] = [];
  const warnings: string[] = [];
  for (const path of await listCandleFiles(paths)) {
    const [, variant] = VARIANT.exec(path.split(/[\\/]/).at(-1) ?? "") ?? [];
    if (variant === undefined || paths.includes(path)) {
      files.push({ path, series: await seriesOf(path) });
    } else warnings.push(`Left out "${path}": "${variant}" is no candle type`);
  }
  return {
    pairs: (timeframe, candleType) => {
      const found = files.filter(({ series }) =>
        (timeframe === null || series.timeframe === timeframe) && series.candleType === candleType
      );
      return [...new Set(found.map(({ series }) => series.pair))];
    },
    read: async (series) => {
      const found = files.filter((file) => sameSeries(file.series, series));
      if (found.length === 0) return null;
      const parts = await Promise.all(found.map((file) => readPart(file, warnings)));
      return toRunColumns(joinParts(parts, series));
    },
    warnings: () => [...warnings],
  };
}

async function seriesOf(path: string): Promise<Series> {
  const { pair, timeframe, candleType } = describeFileName(path);
  if (pair !== undefined && timeframe !== undefined) {
    return { pair, timeframe, candleType: candleType ?? "spot" };
  }
  const file = await readCandleFile(path);
  return { pair: file.pair, timeframe: file.timeframe, candleType: file.candleType };
}

async function readPart({ path }: StockFile, warnings: string[]): Promise<FileColumns> {
  const { candles, bad } = await readCandleFile(path);
  const [first] = bad.rows;
  if (first !== undefined) {
    warnings.push(
      `Left out ${bad.count} rows of "${path}", the first in line ${first.line}: ${first.reason}`,
    );
  }
  return candles;
}

/** Parts in time order; two that overlap cannot both be right. */
function joinParts(parts: readonly FileColumns[], { pair, timeframe }: Series): FileColumns {
  const filled = parts.filter(({ time }) => time.length > 0);
  const sorted = [...filled].sort((a, b) => firstTime(a) - firstTime(b));
  for (const [index, part] of sorted.slice(1).entries()) {
    const before = sorted[index]?.time.at(-1) ?? -Infinity;
    if (firstTime(part) > before) continue;
    throw new AppError(
      "CANDLES_REFUSED",
      `Cannot use the candle files: two of them overlap for "${pair}" ${timeframe}`,
    );
  }
  return concatCandles(sorted);
}

function firstTime({ time }: FileColumns): number {
  return time[0] ?? Infinity;
}

function toRunColumns({ time, open, high, low, close, volume }: FileColumns): CandleColumns {
  // A source without volumes counts as one that traded nothing.
  const volumes = volume.map((value) => Number.isNaN(value) ? 0 : value);
  return { date: time, open, high, low, close, volume: volumes };
}

function sameSeries(a: Series, b: Series): boolean {
  return a.pair === b.pair && a.timeframe === b.timeframe && a.candleType === b.candleType;
}
