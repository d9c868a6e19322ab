/** The columns a strategy's `plot_config` names, packed per pair. */
import { decodeTables, encodeTables, type PackedColumn, type PackedTables } from "./packed.ts";

export interface PlotColumns {
  readonly pair: string;
  /** Epoch milliseconds, one per row of the other columns. */
  readonly date: Float64Array;
  readonly columns: readonly PackedColumn[];
}

/** A table per pair, named for it; its first column is `date`. */
export function packPlots(
  plots: readonly PlotColumns[],
  strings: readonly string[],
): Uint8Array<ArrayBuffer> {
  const tables = plots.map(({ pair, date, columns }) => ({
    name: pair,
    rows: date.length,
    columns: [{ name: "date", type: "time" as const, values: date }, ...columns],
  }));
  return encodeTables({ tables, strings });
}

export function unpackPlots(bytes: Uint8Array<ArrayBuffer>): PackedTables {
  return decodeTables(bytes);
}
