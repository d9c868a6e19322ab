/** What the name of a candle file tells about its content. */

import type { CandleType } from "../candles/columns.ts";
import {
  type AssetType,
  assetTypeOf,
  formatPair,
  type PairParts,
  splitSymbol,
} from "../candles/pair.ts";
import { parseTimestamp } from "../candles/timestamp.ts";

export interface FileNameFacts {
  readonly pair?: string;
  readonly exchange?: string;
  readonly timeframe?: string;
  readonly candleType?: CandleType;
  readonly assetType?: AssetType;
  /** The day that counts of milliseconds since midnight belong to. */
  readonly midnightMs?: number;
  /** What prices are multiplied with; LEAN stores stock prices times 10,000. */
  readonly priceScale?: number;
}

const SUFFIX_TYPES: Readonly<Record<string, CandleType>> = {
  spot: "spot",
  futures: "futures",
  mark: "mark",
  index: "index",
  funding_rate: "funding_rate",
  funding: "funding_rate",
};

const WORD_TIMEFRAMES: Readonly<Record<string, string>> = {
  second: "1s",
  minute: "1m",
  hour: "1h",
  hourly: "1h",
  daily: "1d",
  day: "1d",
  d: "1d",
  weekly: "1w",
  monthly: "1M",
};

/** Tried in turn; the first that knows the name decides. */
const READERS = [fromFreqtrade, fromLean, fromBinance, fromWords];

export function describeFileName(path: string): FileNameFacts {
  const name = path.split(/[\\/]/).at(-1) ?? "";
  const stem = name.replace(/\.(gz|zip)$/i, "").replace(/\.(csv|txt|json|feather|parquet)$/i, "");
  for (const read of READERS) {
    const facts = read(stem);
    if (facts) return facts;
  }
  return {};
}

/** What freqtrade calls the file of a series, without its ending; the reverse of what is read here. */
export function candleFileStem(symbol: string, timeframe: string, candleType: CandleType): string {
  const pair = symbol.replaceAll(/[^A-Za-z0-9-]/g, "_");
  return candleType === "spot" ? `${pair}-${timeframe}` : `${pair}-${timeframe}-${candleType}`;
}

/** `BASE_QUOTE-5m`, `BASE_QUOTE_SETTLE-1h-mark`, `BASE_QUOTE-funding`. */
function fromFreqtrade(stem: string): FileNameFacts | undefined {
  const match = /^([^-_\s]+)_([^-_\s]+)(?:_([^-_\s]+))?-(?:(\d+[smhdwMy])(?:-(.+))?|(funding))$/
    .exec(stem);
  if (!match) return undefined;
  const [, base = "", quote = "", settle, timeframe, suffix = "", funding] = match;
  const byDefault = settle ? "futures" : "spot";
  const candleType = SUFFIX_TYPES[funding ?? suffix] ?? byDefault;
  return { ...ofPair({ base, quote, settle }), timeframe, candleType };
}

/** `crypto_coinbase_minute_btcusd_20180404_trade`, `20180404_btcusd_minute_trade`. */
function fromLean(stem: string): FileNameFacts | undefined {
  if (!/_(trade|quote)$/.test(stem)) return undefined;
  const words = stem.split("_").slice(0, -1);
  const at = words.findIndex((word) => word in WORD_TIMEFRAMES);
  if (at < 0) return undefined;
  const date = words.find((word) => /^\d{8}$/.test(word));
  const stock = words.includes("equity");
  // The symbol follows the resolution; in LEAN's own folders it stands before it.
  const prefixed = at + 1 < words.length;
  const symbol = (prefixed ? words.slice(at + 1) : words.slice(0, at))
    .find((word) => word !== date) ?? "";
  const parts = stock ? { base: symbol.toUpperCase(), quote: "USD" } : splitSymbol(symbol);
  const settle = words[0] === "cryptofuture" ? parts?.quote : undefined;
  return {
    ...(parts && ofPair({ ...parts, settle })),
    ...(stock && { assetType: "stock", priceScale: 1e-4 }),
    exchange: prefixed && at >= 2 ? words[1] : undefined,
    timeframe: WORD_TIMEFRAMES[words[at] ?? ""],
    candleType: settle ? "futures" : "spot",
    midnightMs: date ? parseTimestamp(date) : undefined,
  };
}

/** `BTCUSDT-1h-2024-10-28`, also with what stands before it: `futures-um-klines-…`. */
function fromBinance(stem: string): FileNameFacts | undefined {
  const match = /^(.*-)?([A-Z0-9]{5,})-(\d+(?:s|m|h|d|w|mo))-\d{4}-\d{2}(?:-\d{2})?$/.exec(stem);
  const parts = splitSymbol(match?.[2] ?? "");
  if (!match || !parts) return undefined;
  const futures = /futures/.test(match[1] ?? "");
  return {
    ...ofPair(futures ? { ...parts, settle: parts.quote } : parts),
    exchange: "binance",
    timeframe: match[3]?.replace("mo", "M"),
    candleType: futures ? "futures" : "spot",
  };
}

/** `Coinbase_BTCUSD_1h`, `gbpusd-m1-bid-2012`, `EURUSD`, `GOOG`, `SPY_D`. */
function fromWords(stem: string): FileNameFacts {
  const words = stem.split(/[-_\s.]+/);
  const timeframe = words.slice(1).map(wordTimeframe).find(Boolean);
  for (const [at, word] of words.slice(0, 2).entries()) {
    const parts = /^[A-Za-z0-9]{5,12}$/.test(word) ? splitSymbol(word) : undefined;
    if (parts) {
      const exchange = at === 1 ? words[0]?.toLowerCase() : undefined;
      return { ...ofPair(parts), exchange, timeframe, candleType: "spot" };
    }
  }
  const [ticker = ""] = words;
  if (words[1]?.toLowerCase() === "perp") {
    const parts = { base: ticker.toUpperCase(), quote: "USD", settle: "USD" };
    return { ...ofPair(parts), timeframe, candleType: "futures" };
  }
  if (!/^[A-Z]{1,5}$/.test(ticker)) return { timeframe };
  return { ...ofPair({ base: ticker, quote: "USD" }), assetType: "stock", timeframe };
}

function wordTimeframe(word: string): string | undefined {
  if (/^\d+[mhdw]$/.test(word)) return word;
  if (/^[mhdw]\d+$/i.test(word)) return word.slice(1) + word.slice(0, 1).toLowerCase();
  return WORD_TIMEFRAMES[word.toLowerCase()];
}

function ofPair(parts: PairParts): Pick<FileNameFacts, "pair" | "assetType"> {
  return { pair: formatPair(parts), assetType: assetTypeOf(parts) };
}
