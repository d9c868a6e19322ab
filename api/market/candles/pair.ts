/** Symbols: how their parts are told apart, and what kind of asset they name. */

export type AssetType = "crypto" | "currency" | "stock";

export interface PairParts {
  readonly base: string;
  readonly quote: string;
  /** The currency a derivative settles in; undefined on a spot market. */
  readonly settle?: string;
}

const FIAT = new Set(
  "USD EUR GBP JPY CHF AUD CAD NZD CNH HKD SGD SEK NOK DKK PLN CZK HUF TRY ZAR MXN XAU XAG".split(
    " ",
  ),
);

/** Quote currencies that symbols written without a separator end in. */
const QUOTES = [
  ..."FDUSD USDT USDC BUSD TUSD USDP DAI USD EUR GBP JPY CHF AUD CAD NZD TRY BRL BTC ETH BNB"
    .split(" "),
];

/** Reads `BASE/QUOTE` or `BASE/QUOTE:SETTLE`; undefined for anything else. */
export function parsePair(pair: string): PairParts | undefined {
  const match = /^([^\s/:]{1,30})\/([^\s/:]{1,20})(?::([^\s/:]{1,20}))?$/.exec(pair);
  if (!match) return undefined;
  const [, base = "", quote = "", settle] = match;
  return settle ? { base, quote, settle } : { base, quote };
}

export function formatPair({ base, quote, settle }: PairParts): string {
  return settle ? `${base}/${quote}:${settle}` : `${base}/${quote}`;
}

/**
 * Splits a symbol without separators at a known quote currency: `BTCUSDT` is BTC/USDT. A base of
 * fewer than three letters yields to a longer one (`BNBUSD` is BNB/USD, not BN/BUSD).
 */
export function splitSymbol(symbol: string): PairParts | undefined {
  const upper = symbol.toUpperCase();
  const fits = QUOTES.filter((quote) => upper.endsWith(quote) && upper.length > quote.length)
    .map((quote) => ({ base: upper.slice(0, -quote.length), quote }));
  return fits.find(({ base }) => base.length >= 3) ?? fits[0];
}

export function assetTypeOf({ base, quote }: PairParts): AssetType {
  return FIAT.has(base) && FIAT.has(quote) ? "currency" : "crypto";
}

/** What two spellings of one symbol have in common: letters and digits, upper case. */
export function symbolKey(symbol: string): string {
  return symbol.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/**
 * Spellings that name this pair, as keys: `BTC/USDT:USDT` is also found as `BTC/USDT:USDT` without
 * its settle currency. A stock is also found by its base alone.
 */
export function aliasKeys(pair: PairParts, assetType: AssetType): string[] {
  const keys = [symbolKey(formatPair(pair)), symbolKey(pair.base + pair.quote)];
  if (assetType === "stock") keys.push(symbolKey(pair.base));
  return [...new Set(keys)];
}
