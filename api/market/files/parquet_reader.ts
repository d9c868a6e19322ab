/** Parquet, as freqtrade and pandas write candles. */

import { CANDLE_COLUMNS, type CandleColumnName, type CandleColumns } from "../candles/columns.ts";
import type { ByteReader } from "./byte_reader.ts";
import type { CandleFileOptions, ReadStep } from "./candle_file.ts";
import { readPages } from "./parquet_pages.ts";
import { damagedParquet, type ParquetGroup, readParquetGroups } from "./parquet_schema.ts";
import { type StagedFile, stageFile } from "./staged_file.ts";
import { TableRows } from "./table_rows.ts";

/**
 * What a Parquet file holds is told at its end, so that the file is staged first. The columns are
 * then read side by side: a page of each is in memory at a time.
 */
export async function* readParquet(
  bytes: ByteReader,
  options: CandleFileOptions,
): AsyncGenerator<ReadStep> {
  const rows = new TableRows(options, "parquet");
  await using file = await stageFile(bytes);
  const groups = await readParquetGroups(file);
  for (const group of groups) {
    for await (const candles of readGroup(file, group)) yield* rows.addColumns(candles);
  }
  yield rows.end(groups.some(({ chunks }) => chunks.volume !== undefined));
}

/** Candles as far as every column's current page reaches. */
async function* readGroup(file: StagedFile, group: ParquetGroup): AsyncGenerator<CandleColumns> {
  const cursors = new Map<CandleColumnName, ColumnCursor>();
  for (const name of CANDLE_COLUMNS) {
    const chunk = group.chunks[name];
    if (chunk) cursors.set(name, new ColumnCursor(readPages(file, chunk, name === "time")));
  }
  try {
    for (let left = group.rows; left > 0;) {
      let count = left;
      for (const cursor of cursors.values()) count = Math.min(count, await cursor.available());
      if (count === 0) throw damagedParquet(file.fileName);
      const take = (name: CandleColumnName) =>
        cursors.get(name)?.take(count) ?? new Float64Array(count).fill(NaN);
      yield {
        time: take("time"),
        open: take("open"),
        high: take("high"),
        low: take("low"),
        close: take("close"),
        volume: take("volume"),
      };
      left -= count;
    }
  } finally {
    for (const cursor of cursors.values()) await cursor.close();
  }
}

/** A place in a column, between two rows. */
class ColumnCursor {
  readonly #pages: AsyncGenerator<Float64Array>;
  #page: Float64Array = new Float64Array(0);

  constructor(pages: AsyncGenerator<Float64Array>) {
    this.#pages = pages;
  }

  /** Rows at hand; 0 only at the end of the column. */
  async available(): Promise<number> {
    while (this.#page.length === 0) {
      const { done, value } = await this.#pages.next();
      if (done) return 0;
      this.#page = value;
    }
    return this.#page.length;
  }

  /** Views the next rows; there must be as many at hand. */
  take(count: number): Float64Array {
    const rows = this.#page.subarray(0, count);
    this.#page = this.#page.subarray(count);
    return rows;
  }

  async close(): Promise<void> {
    await this.#pages.return(undefined);
  }
}
