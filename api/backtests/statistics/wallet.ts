/** Figures over the equity rows: what the account was worth while positions were open. */
import type { EquityColumns } from "../../../core-wasm/engine_types.ts";
import { type DatedProfits, maxDrawdown } from "./drawdown.ts";
import { mean, standardDeviation } from "./numeric.ts";
import { annualize, wholeDays } from "./ratios.ts";

const DAY_MS = 86_400_000;

export interface WalletStatistics {
  readonly startBalance: number;
  readonly endBalance: number;
  readonly highBalance: number;
  readonly lowBalance: number;
  readonly sharpe: number;
  readonly sortino: number;
  readonly calmar: number;
  /** Epoch milliseconds. */
  readonly lowTs: number;
  readonly highTs: number;
  readonly maxDrawdownAccount: number;
  readonly maxRelativeDrawdown: number;
  readonly maxDrawdownAbs: number;
  readonly drawdownStartTs: number | null;
  readonly drawdownEndTs: number | null;
  readonly drawdownDurationS: number;
  readonly maxDrawdownLow: number;
  readonly maxDrawdownHigh: number;
}

/** Null when there are no rows. */
export function walletStatistics({ date, equity }: EquityColumns): WalletStatistics | null {
  const first = equity[0];
  const last = equity.at(-1);
  if (first === undefined || last === undefined) return null;
  const low = firstIndexOf(equity, (a, b) => a < b);
  const high = firstIndexOf(equity, (a, b) => a > b);
  const changes = balanceChanges(date, equity);
  const drawdown = equity.length < 2 ? null : maxDrawdown(changes, first);
  const underwater = equity.length < 2 ? null : maxDrawdown(changes, first, { relative: true });
  const returns = dailyReturns(date, equity);
  return {
    startBalance: first,
    endBalance: last,
    highBalance: equity[high] ?? NaN,
    lowBalance: equity[low] ?? NaN,
    sharpe: returns.length === 0 ? 0 : annualize(mean(returns), standardDeviation(returns, 0)),
    sortino: returns.length === 0 ? 0 : annualize(
      mean(returns),
      standardDeviation(returns.filter((value) => value < 0), 0),
    ),
    calmar: drawdown === null ? 0 : annualize(yearlyReturn(date, first, last), drawdown.account),
    lowTs: date[low] ?? NaN,
    highTs: date[high] ?? NaN,
    maxDrawdownAccount: drawdown?.account ?? 0,
    maxRelativeDrawdown: underwater?.account ?? 0,
    maxDrawdownAbs: drawdown?.abs ?? 0,
    drawdownStartTs: drawdown?.highDate ?? null,
    drawdownEndTs: drawdown?.lowDate ?? null,
    drawdownDurationS: drawdown === null ? 0 : (drawdown.lowDate - drawdown.highDate) / 1000,
    maxDrawdownLow: drawdown?.low ?? 0,
    maxDrawdownHigh: drawdown?.high ?? 0,
  };
}

function balanceChanges(date: Float64Array, equity: Float64Array): DatedProfits {
  const profit = equity.map((value, index) => index === 0 ? 0 : value - (equity[index - 1] ?? NaN));
  return { date, profit };
}

/** Percent of the first balance gained a day. */
function yearlyReturn(date: Float64Array, first: number, last: number): number {
  const days = wholeDays({ start: date[0] ?? NaN, end: date.at(-1) ?? NaN });
  return (last - first) / first / days * 100;
}

/** Relative change between the last balances of successive days that have one. */
function dailyReturns(date: Float64Array, equity: Float64Array): Float64Array {
  const closing: number[] = [];
  for (const [index, value] of equity.entries()) {
    const day = dayOf(date[index]);
    if (index > 0 && day === dayOf(date[index - 1])) closing.pop();
    closing.push(value);
  }
  return Float64Array.from(closing.slice(1), (value, index) => value / (closing[index] ?? NaN) - 1);
}

function dayOf(ms: number | undefined): number {
  return Math.floor((ms ?? NaN) / DAY_MS);
}

function firstIndexOf(values: Float64Array, isBetter: (a: number, b: number) => boolean): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) {
    if (isBetter(values[index] ?? NaN, values[best] ?? NaN)) best = index;
  }
  return best;
}
