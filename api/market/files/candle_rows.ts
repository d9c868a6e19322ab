/** Checks the rows of a candle file one by one and gathers them into columns. */

import { addBadRow, type BadRowReason, type BadRows, noBadRows } from "./bad_rows.ts";
import { type CandleGrid, openOnGrid } from "./candle_grid.ts";
import {
  allocateCandles,
  CANDLE_COLUMNS,
  type CandleColumnName,
  type CandleColumns,
  type CandleType,
  copyCandles,
  copyRow,
  reverseCandles,
} from "../candles/columns.ts";

export type CandleRow = Readonly<Record<CandleColumnName, number>>;

/** Candles of a full chunk, which is also a full block. */
export const CHUNK_ROWS = 10_000;

/** Gathers rows; full chunks go to `emit`, ascending inside whatever the file's order is. */
export class CandleRows {
  readonly bad: BadRows = noBadRows();
  accepted = 0;
  duplicates = 0;
  #chunk = allocateCandles(CHUNK_ROWS);
  /** A row that stands before the last one: either of the two is the stray, the next row tells. */
  #contender: { row: CandleRow; line: number } | undefined;
  #lines = new Float64Array(CHUNK_ROWS);
  #length = 0;
  readonly #grid: CandleGrid;
  readonly #candleType: CandleType;
  readonly #emit: (chunk: CandleColumns) => void;
  #before = NaN;

  constructor(grid: CandleGrid, candleType: CandleType, emit: (chunk: CandleColumns) => void) {
    this.#grid = grid;
    this.#candleType = candleType;
    this.#emit = emit;
  }

  /** Takes one row or notes why not. Prices that are no numbers arrive as NaN. */
  add(row: CandleRow, line: number): void {
    const time = openOnGrid(row.time, this.#grid);
    const problem = Number.isNaN(row.time)
      ? "time"
      : Number.isNaN(time)
      ? "off_grid"
      : valueProblem(row, this.#candleType);
    if (problem) return this.reject(line, problem);
    const onGrid = time === row.time ? row : { ...row, time };
    if (this.#contender) this.#settle(time);
    if (this.#fits(onGrid, line)) this.#take(onGrid, line);
  }

  reject(line: number, reason: BadRowReason): void {
    addBadRow(this.bad, line, reason);
  }

  /** Emits what is left. */
  end(): void {
    if (this.#contender) this.reject(this.#contender.line, "unordered");
    this.#flush(this.#length);
    this.bad.rows.sort((a, b) => a.line - b.line);
  }

  #take(row: CandleRow, line: number): void {
    if (this.#length === CHUNK_ROWS) this.#flush(CHUNK_ROWS - 1);
    const at = this.#length++;
    this.#chunk.time[at] = row.time;
    this.#chunk.open[at] = row.open;
    this.#chunk.high[at] = row.high;
    this.#chunk.low[at] = row.low;
    this.#chunk.close[at] = row.close;
    this.#chunk.volume[at] = row.volume;
    this.#lines[at] = line;
    this.accepted++;
  }

  #fits(row: CandleRow, line: number): boolean {
    const last = this.#length - 1;
    if (last < 0) return true;
    const { direction, stepMs } = this.#grid;
    const ahead = (row.time - this.#time(last)) * direction;
    if (ahead > 0) return true;
    if (ahead === 0) {
      if (this.#repeats(row, last)) this.duplicates++;
      else this.reject(line, "conflicting_duplicate");
      return false;
    }
    const before = last > 0 ? this.#time(last - 1) : this.#before;
    const jumped = (this.#time(last) - before) * direction > stepMs;
    if (jumped && !this.#contender && (row.time - before) * direction > 0) {
      this.#contender = { row: { ...row }, line };
    } else this.reject(line, "unordered");
    return false;
  }

  /** Drops the last row when what follows continues the contender, else the contender. */
  #settle(nextTime: number): void {
    const contender = this.#contender;
    if (!contender) return;
    const last = this.#length - 1;
    const { direction } = this.#grid;
    this.#contender = undefined;
    const resumes = (nextTime - this.#time(last)) * direction < 0 &&
      (nextTime - contender.row.time) * direction > 0;
    if (!resumes) return this.reject(contender.line, "unordered");
    this.reject(this.#lines[last] ?? 0, "unordered");
    this.accepted--;
    this.#length--;
    this.#take(contender.row, contender.line);
  }

  #repeats(row: CandleRow, at: number): boolean {
    return CANDLE_COLUMNS.every((name) => Object.is(this.#chunk[name][at], row[name]));
  }

  #time(at: number): number {
    return this.#chunk.time[at] ?? NaN;
  }

  /** Emits the first `count` rows and keeps the rest, so that the last row can still be dropped. */
  #flush(count: number): void {
    if (count === 0) return;
    const rows = copyCandles(this.#chunk, 0, count);
    this.#before = rows.time[count - 1] ?? NaN;
    for (let row = count; row < this.#length; row++) {
      copyRow(this.#chunk, row, this.#chunk, row - count);
      this.#lines[row - count] = this.#lines[row] ?? 0;
    }
    this.#length -= count;
    this.#emit(this.#grid.direction < 0 ? reverseCandles(rows) : rows);
  }
}

function valueProblem(row: CandleRow, candleType: CandleType): BadRowReason | undefined {
  // A funding rate may be negative, and the other prices mean nothing.
  if (candleType === "funding_rate") return row.open - row.open === 0 ? undefined : "number";
  const { open, high, low, close, volume } = row;
  if (!(open - open === 0 && high - high === 0 && low - low === 0 && close - close === 0)) {
    return "number";
  }
  if (open < 0 || high < 0 || low < 0 || close < 0 || volume < 0) return "negative";
  if (open === 0 || high === 0 || low === 0 || close === 0) return "zero_price";
  return high < low ? "high_below_low" : undefined;
}
