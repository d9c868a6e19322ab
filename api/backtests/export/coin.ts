import { formatFixed } from "../statistics/numeric.ts";

const DECIMALS: Readonly<Record<string, number>> = { BTC: 8, ETH: 5 };
const DECIMALS_FALLBACK = 3;

/** How many decimals reports show of an amount of the currency. */
export function coinDecimals(coin: string): number {
  return DECIMALS[coin] ?? DECIMALS_FALLBACK;
}

/** The amount without trailing zeros, such as `465.604`. */
export function formatAmount(value: number, coin: string): string {
  if (Number.isNaN(value)) return "N/A";
  const text = formatFixed(value, coinDecimals(coin));
  return text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
}

/** The amount and its currency, such as `465.604 USDT`. */
export function formatCoin(value: number, coin: string): string {
  return `${formatAmount(value, coin)} ${coin}`;
}
