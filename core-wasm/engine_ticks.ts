/** Tick sizes deduced from candles, as freqtrade's backtest does it. */
import type { CoreMemory, PlacedColumn } from "./memory.ts";

export interface PriceColumns {
  readonly open: PlacedColumn;
  readonly high: PlacedColumn;
  readonly low: PlacedColumn;
  readonly close: PlacedColumn;
}

export interface MonthTick {
  /** Epoch milliseconds of the month's start. */
  readonly from: number;
  readonly tick: number;
}

/**
 * Per calendar month (UTC) 10^-n, n being the most decimal places a price of the month has at 14
 * significant digits. A month of whole prices has no tick.
 */
export function deduceTicks(
  core: CoreMemory,
  date: Float64Array,
  prices: PriceColumns,
): MonthTick[] {
  const ticks: MonthTick[] = [];
  const largestPlaces = core.function("engineLargestPlaces");
  let row = 0;
  while (row < date.length) {
    const first = new Date(date[row] ?? 0);
    const from = Date.UTC(first.getUTCFullYear(), first.getUTCMonth());
    const end = firstRowFrom(date, Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1), row);
    const at = (column: PlacedColumn) => column.pointer + row * 8;
    const places = largestPlaces(
      at(prices.open),
      at(prices.high),
      at(prices.low),
      at(prices.close),
      end - row,
    );
    if (places > 0) ticks.push({ from, tick: Number(`1e-${places}`) });
    row = end;
  }
  return ticks;
}

function firstRowFrom(date: Float64Array, time: number, from: number): number {
  let low = from;
  let high = date.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((date[middle] ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
