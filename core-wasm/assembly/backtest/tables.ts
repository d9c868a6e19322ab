/** Making a state, and moving it into larger tables. */
import { Config, Header, Intent, Market, Order, Pair, Trade } from "./layout";
import { bind, config, header, NONE, pairAt, STATE_VERSION } from "./state";
import { refreshWallet } from "./wallet";

const INTENTS = 64;

function aligned(bytes: usize): usize {
  return (bytes + 15) & ~(<usize> 15);
}

/** Bytes a state with these capacities needs; equity comes last. */
export function stateBytes(pairs: i32, steps: i32, trades: i32, orders: i32): usize {
  return lay(changetype<Header>(<usize> 0), false, pairs, steps, trades, orders);
}

/** Computes the offsets, and writes them into `head` when asked to. */
function lay(head: Header, write: bool, pairs: i32, steps: i32, trades: i32, orders: i32): usize {
  const pairsAt = aligned(offsetof<Header>());
  const visitAt = pairsAt + aligned(<usize> pairs * offsetof<Pair>());
  const intentsAt = visitAt + aligned(<usize> pairs << 2);
  const closedAt = intentsAt + aligned((INTENTS + 1) * offsetof<Intent>());
  const tradesAt = closedAt + aligned(<usize> trades << 2);
  const ordersAt = tradesAt + aligned(<usize> trades * offsetof<Trade>());
  const equityAt = ordersAt + aligned(<usize> orders * offsetof<Order>());
  const bytes = equityAt + aligned(<usize> steps << 3);
  if (!write) return bytes;
  head.pairsAt = <i32> pairsAt;
  head.visitAt = <i32> visitAt;
  head.intentsAt = <i32> intentsAt;
  head.closedAt = <i32> closedAt;
  head.tradesAt = <i32> tradesAt;
  head.ordersAt = <i32> ordersAt;
  head.equityAt = <i32> equityAt;
  head.bytes = <i32> bytes;
  head.tradeCapacity = trades;
  head.orderCapacity = orders;
  head.intentCapacity = INTENTS;
  return bytes;
}

export function initState(input: usize, state: usize, steps: i32, trades: i32, orders: i32): void {
  const pairs = <i32> changetype<Config>(input).pairCount;
  memory.fill(state, 0, stateBytes(pairs, steps, trades, orders));
  lay(changetype<Header>(state), true, pairs, steps, trades, orders);
  bind(input, state);
  header.version = STATE_VERSION;
  header.steps = steps;
  header.freeTrade = NONE;
  header.freeOrder = NONE;
  header.firstOpen = NONE;
  header.lastOpen = NONE;
  for (let i = 0; i < pairs; i++) {
    const pair = pairAt(i);
    const market = changetype<Market>(<usize> config.pairs + <usize> i * offsetof<Market>());
    pair.visitStep = firstVisit(market);
    pair.wakeStep = pair.visitStep;
    pair.firstTrade = NONE;
    pair.lastTrade = NONE;
  }
  refreshWallet();
}

/** The step of the first time that is not before the first tradable row. */
function firstVisit(market: Market): i32 {
  const row = <i32> market.firstRow;
  if (row >= <i32> market.rows) return i32.MAX_VALUE;
  const ahead = load<f64>(<usize> market.date + (<usize> row << 3)) - config.start;
  return max(<i32> ceil(ahead / config.timeframeMs) - 1, 0);
}

/** Copies a state into a region with larger tables; indices stay. */
export function moveState(input: usize, from: usize, to: usize, trades: i32, orders: i32): void {
  const old = changetype<Header>(from);
  const pairs = <i32> changetype<Config>(input).pairCount;
  const fresh = changetype<Header>(to);
  memory.fill(to, 0, stateBytes(pairs, old.steps, trades, orders));
  memory.copy(to, from, offsetof<Header>());
  lay(fresh, true, pairs, old.steps, trades, orders);
  copyTable(from, old.pairsAt, to, fresh.pairsAt, <usize> pairs * offsetof<Pair>());
  copyTable(from, old.intentsAt, to, fresh.intentsAt, (INTENTS + 1) * offsetof<Intent>());
  copyTable(from, old.closedAt, to, fresh.closedAt, <usize> old.closedCount << 2);
  copyTable(from, old.tradesAt, to, fresh.tradesAt, <usize> old.tradeCount * offsetof<Trade>());
  copyTable(from, old.ordersAt, to, fresh.ordersAt, <usize> old.orderCount * offsetof<Order>());
  copyTable(from, old.equityAt, to, fresh.equityAt, <usize> old.steps << 3);
}

function copyTable(from: usize, fromAt: i32, to: usize, toAt: i32, bytes: usize): void {
  memory.copy(to + <usize> toAt, from + <usize> fromAt, bytes);
}
