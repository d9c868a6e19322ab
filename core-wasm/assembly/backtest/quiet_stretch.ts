/** The tight loop of quiet.ts: stretches of time in which every open trade is left alone. */
import { Market, Trade } from "./layout";
import { at, config, header, marketOf, NONE, pairAt, tradeAt } from "./state";
import { EXIT_LONG } from "./view";

/** Open trades one stretch may hold; with more the steps are taken one by one. */
const TRADES_MAX = 32;
const TRUTHY_EXIT_LONG: u8 = EXIT_LONG << 4;

/** What the loop reads of one trade; addresses are those of the stretch's first row. */
class Held {
  trade: usize;
  open: usize;
  high: usize;
  low: usize;
  date: usize;
  /** Flags of the row before: a row acts on the signals of the candle before it. */
  flags: usize;
  balance: f64;
}

const HELD = memory.data(2048);

let held: i32 = 0;

function heldAt(index: i32): Held {
  return changetype<Held>(HELD + <usize> index * offsetof<Held>());
}

/** Passes up to `most` steps that change only rates and equity; answers how many. */
export function passStretch(most: i32): i32 {
  const limit = gather(most);
  if (limit <= 0) return 0;
  const exitMask: u8 = config.useExitSignal != 0 ? TRUTHY_EXIT_LONG : 0;
  const total = header.total;
  let out = at(header.equityAt) + (<usize> header.step << 3);
  let step = 0;
  while (step < limit && isQuiet(<usize> step, exitMask)) {
    store<f64>(out, total + pass(<usize> step));
    out += 8;
    step++;
  }
  header.step += step;
  return step;
}

/** Fills HELD; answers the steps until a sleeping pair wakes or a pair's rows end. */
function gather(most: i32): i32 {
  if (header.total == 0 || header.openCount > TRADES_MAX || config.fullPath != 0) return 0;
  let limit = most;
  for (let index = 0; index < <i32> config.pairCount; index++) {
    const pair = pairAt(index);
    if (pair.firstTrade == NONE) limit = min(limit, pair.wakeStep - header.step);
  }
  held = 0;
  for (let index = header.firstOpen; index != NONE && limit > 0;) {
    const trade = tradeAt(index);
    const market = marketOf(trade.pair);
    const row = <i32> market.firstRow + header.step - pairAt(trade.pair).visitStep;
    if (row < <i32> market.rows) {
      if (trade.quietUntil == 0) return 0;
      limit = min(limit, <i32> market.rows - row);
      hold(trade, market, <usize> row);
    }
    index = trade.nextOpen;
  }
  return limit;
}

function hold(trade: Trade, market: Market, row: usize): void {
  const one = heldAt(held++);
  one.trade = changetype<usize>(trade);
  one.open = <usize> market.open + (row << 3);
  one.high = <usize> market.high + (row << 3);
  one.low = <usize> market.low + (row << 3);
  one.date = <usize> market.date + (row << 3);
  one.flags = <usize> market.flags + row - 1;
  one.balance = pairAt(trade.pair).balance;
}

function isQuiet(step: usize, exitMask: u8): bool {
  const offset = step << 3;
  for (let i = 0; i < held; i++) {
    const one = heldAt(i);
    const trade = changetype<Trade>(one.trade);
    if (load<f64>(one.high + offset) > trade.quietHigh) return false;
    if (load<f64>(one.low + offset) <= trade.quietLow) return false;
    if (load<f64>(one.date + offset) >= trade.quietUntil) return false;
    if ((load<u8>(one.flags + step) & exitMask) != 0) return false;
  }
  return true;
}

/** Records the row's rates; answers what the held pairs are worth at its open. */
function pass(step: usize): f64 {
  const offset = step << 3;
  let worth: f64 = 0;
  for (let i = 0; i < held; i++) {
    const one = heldAt(i);
    const trade = changetype<Trade>(one.trade);
    const high = load<f64>(one.high + offset);
    const low = load<f64>(one.low + offset);
    if (high > trade.maxRate) trade.maxRate = high;
    if (low < trade.minRate) trade.minRate = low;
    worth += one.balance * load<f64>(one.open + offset);
  }
  return worth;
}
