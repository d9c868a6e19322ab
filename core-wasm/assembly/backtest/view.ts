/** What `decide` looks at: one candle of one pair in a backtest, one poll of the market live. */
import { EMPTY_STRING, Market } from "./layout";

/** Low four bits: the flag equals 1. High four bits: the flag is not 0. */
export const ENTER_LONG: u8 = 1;
export const EXIT_LONG: u8 = 2;
export const ENTER_SHORT: u8 = 4;
export const EXIT_SHORT: u8 = 8;
const TRUTHY_SHIFT: u8 = 4;

export let time: f64 = 0;
/** The candle's row in its pair's columns, -1 live. */
export let row: i32 = -1;
/** The row's date: what orders and trades are dated with. */
export let date: f64 = 0;
export let rate: f64 = 0;
export let high: f64 = 0;
export let low: f64 = 0;
export let close: f64 = 0;
export let flags: u8 = 0;
export let enterTag: i32 = -1;
export let exitTag: i32 = -1;

export function viewRow(market: Market, index: i32, now: f64): void {
  const at = <usize> index << 3;
  row = index;
  time = now;
  date = load<f64>(<usize> market.date + at);
  rate = load<f64>(<usize> market.open + at);
  high = load<f64>(<usize> market.high + at);
  low = load<f64>(<usize> market.low + at);
  close = load<f64>(<usize> market.close + at);
  const before = <usize> (index - 1);
  flags = load<u8>(<usize> market.flags + before);
  enterTag = tagAt(<usize> market.enterTag, before);
  exitTag = tagAt(<usize> market.exitTag, before);
}

function tagAt(column: usize, index: usize): i32 {
  return column == 0 ? EMPTY_STRING : load<i32>(column + (index << 2));
}

export function viewPoll(now: f64, last: f64, highest: f64, lowest: f64): void {
  time = now;
  row = -1;
  date = now;
  rate = last;
  high = highest;
  low = lowest;
  close = last;
  flags = 0;
  enterTag = EMPTY_STRING;
  exitTag = EMPTY_STRING;
}

export function viewSignals(signals: u8, enter: i32, exit: i32): void {
  flags = signals | (signals << TRUTHY_SHIFT);
  enterTag = enter;
  exitTag = exit;
}

/** 1 long, -1 short, 0 none. */
export function direction(signals: u8, canShort: bool): i32 {
  const seen = canShort ? signals & 15 : signals & (ENTER_LONG | EXIT_LONG);
  if ((seen & (ENTER_LONG | EXIT_LONG | ENTER_SHORT)) == ENTER_LONG) return 1;
  if ((seen & (ENTER_SHORT | EXIT_SHORT | ENTER_LONG)) == ENTER_SHORT) return -1;
  return 0;
}

export function wantsEntry(side: i32): bool {
  return (flags >> TRUTHY_SHIFT & (side > 0 ? ENTER_LONG : ENTER_SHORT)) != 0;
}

export function wantsExit(side: i32): bool {
  return (flags >> TRUTHY_SHIFT & (side > 0 ? EXIT_LONG : EXIT_SHORT)) != 0;
}

/** One byte a row from the four signal columns. */
export function packFlags(
  count: i32,
  enterLong: usize,
  exitLong: usize,
  enterShort: usize,
  exitShort: usize,
  out: usize,
): void {
  for (let i: usize = 0; i < <usize> count; i++) {
    const a = load<u8>(enterLong + i);
    const b = load<u8>(exitLong + i);
    const c = load<u8>(enterShort + i);
    const d = load<u8>(exitShort + i);
    const ones = u8(a == 1) | u8(b == 1) << 1 | u8(c == 1) << 2 | u8(d == 1) << 3;
    const truthy = u8(a != 0) | u8(b != 0) << 1 | u8(c != 0) << 2 | u8(d != 0) << 3;
    store<u8>(out + i, ones | truthy << TRUTHY_SHIFT);
  }
}
