/** Candle files of this machine, for the command line. */

import type { BadRows } from "./bad_rows.ts";
import { CandleFileError, quoteCell } from "./candle_file_error.ts";
import type { CandleColumns, CandleType } from "../candles/columns.ts";
import type { CandleFormat } from "./candle_file.ts";
import { readCandleStream } from "./candle_reader.ts";
import { describeFileName } from "./file_name.ts";

export interface CandleFile {
  readonly path: string;
  /** `BASE/QUOTE[:SETTLE]`. */
  readonly pair: string;
  readonly timeframe: string;
  readonly candleType: CandleType;
  readonly candles: CandleColumns;
  readonly bad: BadRows;
}

export interface CandleFilesOptions {
  readonly pair?: string;
  readonly timeframe?: string;
  readonly candleType?: CandleType;
  readonly format?: CandleFormat;
}

/** A folder tree deeper than this is a mistake. */
const DEPTH_MAX = 8;

/**
 * Reads candle files and those in folders, in the order given, folders sorted by name. Throws a CandleFileError when one cannot be read or does not tell its pair.
 */
export async function readCandleFiles(
  paths: readonly string[],
  options: CandleFilesOptions = {},
): Promise<CandleFile[]> {
  const files: CandleFile[] = [];
  for (const path of await listCandleFiles(paths)) {
    files.push(await readCandleFile(path, options));
  }
  return files;
}

export async function readCandleFile(
  path: string,
  options: CandleFilesOptions = {},
): Promise<CandleFile> {
  const pair = options.pair ?? describeFileName(path).pair;
  if (!pair) throw new CandleFileError(`Cannot tell the pair of ${quoteCell(path)}: name it`);
  const file = await Deno.open(path);
  const { candles, report } = await readCandleStream(file.readable, { ...options, fileName: path });
  const { timeframe, candleType, bad } = report;
  return { path, pair, timeframe, candleType, candles, bad };
}

/**
 * The candle files that these paths name. A folder stands for the CSV files in it, and for files of
 * other formats whose name tells their series: other things are kept as JSON and feather too.
 */
export async function listCandleFiles(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const info = await Deno.stat(path).catch(() => {
      throw new CandleFileError(`Cannot read ${quoteCell(path)}: there is no such file or folder`);
    });
    if (!info.isDirectory) files.push(path);
    else files.push(...await listFolder(path, DEPTH_MAX));
  }
  return files;
}

async function listFolder(folder: string, depth: number): Promise<string[]> {
  if (depth === 0) return [];
  const entries = await Array.fromAsync(Deno.readDir(folder));
  entries.sort((a, b) => a.name < b.name ? -1 : 1);
  const files: string[] = [];
  for (const entry of entries) {
    const path = `${folder.replace(/\/$/, "")}/${entry.name}`;
    if (entry.isDirectory) files.push(...await listFolder(path, depth - 1));
    else if (isCandleFile(entry.name)) files.push(path);
  }
  return files;
}

function isCandleFile(name: string): boolean {
  if (/\.csv(\.gz)?$/i.test(name)) return true;
  if (!/\.(json|feather|parquet)(\.gz)?$|\.zip$/i.test(name)) return false;
  const { pair, timeframe } = describeFileName(name);
  return pair !== undefined && timeframe !== undefined;
}
