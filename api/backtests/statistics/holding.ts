/** Wins and losses by profit ratio, streaks and holding times. */
import type { TradeResult } from "../../../core-wasm/engine_types.ts";
import { mean, roundHalfEven } from "./numeric.ts";

/** Holding times in seconds; the winners' and losers' are absent when no trade was made. */
export interface HoldingStatistics {
  readonly wins: number;
  readonly losses: number;
  readonly draws: number;
  readonly winrate: number;
  readonly holdingAvgS: number;
  readonly winners: HoldingTimes;
  readonly losers: HoldingTimes;
  readonly maxConsecutiveWins: number;
  readonly maxConsecutiveLosses: number;
}

export interface HoldingTimes {
  readonly minS: number;
  readonly maxS: number;
  readonly avgS: number;
}

export function holdingStatistics(trades: readonly TradeResult[]): HoldingStatistics {
  const winning = trades.filter((trade) => trade.profitRatio > 0);
  const losing = trades.filter((trade) => trade.profitRatio < 0);
  const streaks = longestStreaks(trades);
  return {
    wins: winning.length,
    losses: losing.length,
    draws: trades.filter((trade) => trade.profitRatio === 0).length,
    winrate: trades.length > 0 ? winning.length / trades.length : 0,
    holdingAvgS: holdingTimes(trades).avgS,
    winners: holdingTimes(winning),
    losers: holdingTimes(losing),
    maxConsecutiveWins: streaks.wins,
    maxConsecutiveLosses: streaks.losses,
  };
}

function holdingTimes(trades: readonly TradeResult[]): HoldingTimes {
  if (trades.length === 0) return { minS: 0, maxS: 0, avgS: 0 };
  const minutes = Float64Array.from(trades, (trade) => trade.tradeDuration);
  return {
    minS: minutes.reduce((a, b) => Math.min(a, b)) * 60,
    maxS: minutes.reduce((a, b) => Math.max(a, b)) * 60,
    avgS: roundHalfEven(mean(minutes)) * 60,
  };
}

/** A trade without profit belongs to a losing streak. */
function longestStreaks(trades: readonly TradeResult[]): { wins: number; losses: number } {
  const longest = { wins: 0, losses: 0 };
  let length = 0;
  let last: "wins" | "losses" | null = null;
  for (const trade of trades) {
    const side = trade.profitRatio > 0 ? "wins" : "losses";
    length = side === last ? length + 1 : 1;
    last = side;
    longest[side] = Math.max(longest[side], length);
  }
  return longest;
}
