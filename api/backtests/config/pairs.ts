/** Which pairs a run trades, and in what order. */
import { AppError } from "../../platform/errors.ts";
import type { ConfigFile } from "./config_file.ts";

export interface PairChoice {
  /** Pairs asked for by name; each must have candles. */
  readonly asked?: readonly string[];
  readonly config: ConfigFile;
  /** Pairs that have candles of the timeframe. */
  readonly available: readonly string[];
  readonly timeframe: string;
}

export interface ChosenPairs {
  readonly pairs: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Pairs asked for, else the configuration's whitelist less its blacklist, else all with candles. Of
 * pairs that nobody asked for by name, those of another stake currency are left out.
 */
export function choosePairs(choice: PairChoice): ChosenPairs {
  const { asked, config, available, timeframe } = choice;
  const has = new Set(available);
  const listed = asked ?? config.exchange?.pair_whitelist ?? [];
  const whitelist = [...new Set(listed.length > 0 ? listed : available)];
  const missing = whitelist.filter((pair) => !has.has(pair));
  const [first] = missing;
  if (first !== undefined && (asked !== undefined || missing.length === whitelist.length)) {
    throw new AppError("NO_CANDLES", `Cannot backtest "${first}": it has no ${timeframe} candles`);
  }
  const blocked = new Set(blockedPairs(config, whitelist));
  const open = whitelist.filter((pair) => has.has(pair) && !blocked.has(pair));
  const coin = config.stake_currency ?? currencyOf(open[0] ?? "");
  const pairs = asked === undefined ? open.filter((pair) => currencyOf(pair) === coin) : open;
  if (pairs.length === 0) {
    const quoted = open.length === 0 ? "" : ` quoted in "${coin}"`;
    throw new AppError(
      "NO_CANDLES",
      `Cannot backtest: no pair${quoted} has ${timeframe} candles`,
    );
  }
  const foreign = open.filter((pair) => !pairs.includes(pair));
  return {
    pairs,
    warnings: [
      ...missing.map((pair) => `Left out "${pair}": it has no ${timeframe} candles`),
      ...[...blocked].map((pair) => `Left out "${pair}": "exchange.pair_blacklist" names it`),
      ...foreign.map((pair) => `Left out "${pair}": it is not quoted in "${coin}"`),
    ],
  };
}

/** What a pair is paid in: its settle currency, or its quote. */
function currencyOf(pair: string): string {
  return pair.split(/[/:]/).at(-1) ?? "";
}

function blockedPairs(config: ConfigFile, pairs: readonly string[]): string[] {
  const patterns = (config.exchange?.pair_blacklist ?? []).map(matcherOf);
  return pairs.filter((pair) => patterns.some((matches) => matches(pair)));
}

/** `A/B`, `A/.*` or `(A|B)/.*`: what lists are written with; `.*` stands for any text. */
function matcherOf(pattern: string): (pair: string) => boolean {
  const [, bases, quote] = /^\(([^()]+)\)(\/.+)$/.exec(pattern) ?? [];
  const names = bases?.split("|").map((base) => `${base}${quote}`) ?? [pattern];
  const tests = names.map((name) => {
    if (!/^[\w:/-]*$/.test(name.replaceAll(".*", ""))) {
      throw new AppError(
        "UNSUPPORTED_OPTION",
        `Cannot use "exchange.pair_blacklist" "${pattern}": write A/B, A/.* or (A|B)/.*`,
      );
    }
    const parts = name.toLowerCase().split(".*");
    return (pair: string) => matchesParts(pair.toLowerCase(), parts);
  });
  return (pair) => tests.some((test) => test(pair));
}

/** Whether the parts stand in the text in order, the first at its start, the last at its end. */
function matchesParts(text: string, parts: readonly string[]): boolean {
  const [first = "", ...rest] = parts;
  if (rest.length === 0) return text === first;
  const last = rest.pop() ?? "";
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
