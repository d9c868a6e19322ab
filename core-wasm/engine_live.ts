/** `decide` and `apply` without candles: the exchange's events move the state. */
import { checkConfig, checkMarkets } from "./engine_check.ts";
import { EVENT_KINDS, INTENT_KINDS, PHASES } from "./engine_kinds.ts";
import { EngineState, type TradeView } from "./engine_state.ts";
import { textOf } from "./engine_strings.ts";
import type { EngineConfig, EnginePair, MarketRules } from "./engine_types.ts";
import type { CoreMemory } from "./memory.ts";

export interface LiveRun {
  readonly config: EngineConfig;
  readonly markets: readonly MarketRules[];
  readonly strings: readonly string[];
}

/** What `decide` looks at: one poll of one pair. */
export interface LiveView {
  readonly pair: number;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly rate: number;
  /** Highest and lowest rate since the last view. */
  readonly high: number;
  readonly low: number;
  readonly enterLong?: boolean;
  readonly exitLong?: boolean;
  readonly enterShort?: boolean;
  readonly exitShort?: boolean;
  /** Codes into `LiveRun.strings`. */
  readonly enterTag?: number;
  readonly exitTag?: number;
}

export interface Intent {
  readonly kind: keyof typeof INTENT_KINDS;
  readonly trade: number;
  readonly order: number;
  /** The new order of a replacement. */
  readonly other: number | null;
  readonly reason: string | null;
  readonly price: number | null;
}

export interface LiveEvent {
  readonly kind: keyof typeof EVENT_KINDS;
  /** An order; a trade for FUNDING, LIQUIDATION and CLOSED_OUTSIDE; unused for a correction. */
  readonly subject: number;
  readonly time: number;
  readonly amount?: number;
  readonly price?: number;
}

export interface LiveEngine {
  decide(phase: keyof typeof PHASES, view: LiveView): Intent[];
  /** False when the subject is unknown or already done. Throws RangeError on a bad number. */
  apply(event: LiveEvent): boolean;
  /** An order that came from elsewhere joins the trade; answers its index for `apply`. */
  adopt(order: AdoptedOrder): number;
  /** Open trade of the pair, or null. */
  openTrade(pair: number): TradeView | null;
  trade(index: number): TradeView | null;
  /** Free and total stake currency. */
  balance(): { readonly free: number; readonly total: number };
  snapshot(): Uint8Array<ArrayBuffer>;
  restore(bytes: Uint8Array): void;
  dispose(): void;
}

export interface AdoptedOrder {
  readonly trade: number;
  readonly isEntry: boolean;
  readonly time: number;
  readonly amount: number;
  readonly price: number;
}

const EMPTY_STRING = -2;
const INTENT_DOUBLES = 6;
/** Room `decide` needs before it is called: one entry, and per trade what displaces its orders. */
const TRADES_NEEDED = 1;
const ORDERS_NEEDED = 4;
const INTENT_NAMES = new Map(
  (Object.keys(INTENT_KINDS) as (keyof typeof INTENT_KINDS)[]).map((
    name,
  ) => [INTENT_KINDS[name] as number, name]),
);

/** The engine for a bot. Throws RangeError naming the field that is wrong. */
export function createLiveEngine(core: CoreMemory, run: LiveRun): LiveEngine {
  checkConfig(run.config);
  checkMarkets(run.markets);
  const pairs = run.markets.map(pairWithoutCandles);
  return new PolledEngine(new EngineState(core, { ...run, pairs }));
}

function pairWithoutCandles(market: MarketRules): EnginePair {
  const none = new Float64Array(0);
  const flags = new Uint8Array(0);
  return {
    market,
    trimRows: 0,
    date: none,
    open: none,
    high: none,
    low: none,
    close: none,
    volume: none,
    enterLong: flags,
    exitLong: flags,
    enterShort: flags,
    exitShort: flags,
    enterTag: null,
    exitTag: null,
  };
}

class PolledEngine implements LiveEngine {
  readonly #state: EngineState;

  constructor(state: EngineState) {
    this.#state = state;
  }

  decide(phase: keyof typeof PHASES, view: LiveView): Intent[] {
    this.#checkPair(view.pair);
    this.#makeRoom();
    const signals = Number(view.enterLong ?? false) | Number(view.exitLong ?? false) << 1 |
      Number(view.enterShort ?? false) << 2 | Number(view.exitShort ?? false) << 3;
    const { core } = this.#state;
    core.call(
      "engineView",
      ...[view.time, view.rate, view.high, view.low, signals],
      view.enterTag ?? EMPTY_STRING,
      view.exitTag ?? EMPTY_STRING,
    );
    const count = this.#state.call("engineDecide", PHASES[phase], view.pair);
    return Array.from({ length: count }, (_, index) => this.#intent(index));
  }

  #makeRoom(): void {
    const { tradeCapacity, closedCount, openCount, orderRoom } = this.#state.summary();
    const tight = tradeCapacity - closedCount - openCount < TRADES_NEEDED ||
      orderRoom < ORDERS_NEEDED;
    if (tight) this.#state.grow();
  }

  #intent(index: number): Intent {
    const { core, run } = this.#state;
    return core.scope(() => {
      const out = core.allocate(INTENT_DOUBLES * 8);
      this.#state.call("engineIntent", index, out);
      const values = new Float64Array(core.buffer, out, INTENT_DOUBLES);
      const [kind = 0, trade = -1, order = -1, other = -1, reason = -1, price = NaN] = values;
      const name = INTENT_NAMES.get(kind);
      if (name === undefined) throw new Error(`The engine answered the unknown intent ${kind}`);
      return {
        kind: name,
        trade,
        order,
        other: other < 0 ? null : other,
        reason: textOf(reason, run.strings),
        price: Number.isNaN(price) ? null : price,
      };
    });
  }

  apply(event: LiveEvent): boolean {
    this.#makeRoom();
    const status = this.#state.call(
      "engineApply",
      EVENT_KINDS[event.kind],
      ...[event.subject, event.time, event.amount ?? NaN, event.price ?? NaN],
    );
    if (status === -2) {
      throw new RangeError(
        `Cannot apply ${event.kind}: amount is ${event.amount}, price is ${event.price}`,
      );
    }
    return status === 0;
  }

  adopt(order: AdoptedOrder): number {
    this.#makeRoom();
    const { trade, isEntry, time, amount, price } = order;
    if (!(amount > 0 && price > 0)) {
      throw new RangeError(`Cannot adopt an order: amount is ${amount}, price is ${price}`);
    }
    const index = this.#state.call("engineAdopt", trade, Number(isEntry), time, amount, price);
    if (index < 0) throw new RangeError(`Cannot adopt an order: trade ${trade} is not open`);
    return index;
  }

  openTrade(pair: number): TradeView | null {
    this.#checkPair(pair);
    return this.#state.trade(this.#state.call("engineOpenTrade", pair));
  }

  trade(index: number): TradeView | null {
    return this.#state.trade(index);
  }

  balance() {
    const { free, total } = this.#state.summary();
    return { free, total };
  }

  #checkPair(pair: number): void {
    if (this.#state.run.pairs[pair] === undefined) {
      throw new RangeError(`Cannot look at pair ${pair}: the engine has no such pair`);
    }
  }

  snapshot(): Uint8Array<ArrayBuffer> {
    return this.#state.snapshot();
  }

  restore(bytes: Uint8Array): void {
    this.#state.restore(bytes);
  }

  dispose(): void {
    this.#state.dispose();
  }
}
