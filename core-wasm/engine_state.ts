/** The engine's state region in core memory: made, grown, copied out and back. */
import { InputDigest } from "./digest.ts";
import { type PlacedRun, placeRun } from "./engine_input.ts";
import {
  ORDER_FIELDS,
  orderOf,
  readClosed,
  readRow,
  type Row,
  SUMMARY_FIELDS,
  TRADE_FIELDS,
  tradeOf,
} from "./engine_report.ts";
import type { EngineRun, TradeResult } from "./engine_types.ts";
import type { CoreMemory } from "./memory.ts";

const SNAPSHOT_MAGIC = 0x4e454443;
const SNAPSHOT_VERSION = 1;
const DIGEST_BYTES = 8;
const HEAD_BYTES = 8 + DIGEST_BYTES + 8;
const TRADES_AT_FIRST = 1024;
const TRADES_MAX = 1_000_000;
/** Trades a pair may open in one time step (assembly/backtest/run.ts), and orders for each. */
const TRADES_PER_STEP = 2;
const ORDERS_PER_TRADE = 2;

/** Closed or open, as the core reports it, with the indices events and intents name. */
export interface TradeView extends TradeResult {
  readonly index: number;
  readonly isOpen: boolean;
  readonly filledEntries: number;
  /** Index, status and filled amount of each order, in the order of `orders`. */
  readonly orderStates: readonly OrderState[];
}

export interface OrderState {
  readonly index: number;
  /** docs/internals/engine.md, "Order". */
  readonly status: number;
  readonly filled: number;
}

export class EngineState {
  readonly core: CoreMemory;
  readonly run: EngineRun;
  readonly placed: PlacedRun;
  readonly #mark: number;
  #pointer: number;
  #digest: Uint8Array | null = null;

  /** `fullPath` does without the core's fast paths, which never change a result. */
  constructor(core: CoreMemory, run: EngineRun, fullPath = false) {
    this.core = core;
    this.run = run;
    this.#mark = core.mark();
    try {
      this.placed = placeRun(core, run, fullPath);
      const least = run.pairs.length * TRADES_PER_STEP;
      const trades = Math.min(this.placed.entries, TRADES_AT_FIRST, this.#tradesMax) + least;
      const orders = trades * ORDERS_PER_TRADE;
      this.#pointer = this.#allocate(trades, orders);
      this.call("engineInit", this.placed.steps, trades, orders);
    } catch (err) {
      core.release(this.#mark);
      throw err;
    }
  }

  get #tradesMax(): number {
    return this.run.config.tradesMax ?? TRADES_MAX;
  }

  #allocate(trades: number, orders: number): number {
    const pairs = this.run.pairs.length;
    const { steps } = this.placed;
    return this.core.allocate(this.core.call("engineStateBytes", pairs, steps, trades, orders));
  }

  /** Calls an export that takes input and state first. */
  call(name: string, ...args: number[]): number {
    return this.core.call(name, this.placed.pointer, this.#pointer, ...args);
  }

  /** Doubles the tables; throws when the run holds as many trades as it may. */
  grow(): void {
    const { tradeCapacity, orderCapacity, closedCount, openCount } = this.summary();
    const held = closedCount + openCount;
    if (held >= this.#tradesMax) {
      throw new RangeError(
        `Cannot go on: the run has ${held} trades, "config.tradesMax" is ${this.#tradesMax}`,
      );
    }
    const trades = tradeCapacity * 2;
    const orders = Math.max(orderCapacity * 2, trades * ORDERS_PER_TRADE);
    const state = this.#allocate(trades, orders);
    this.call("engineMove", state, trades, orders);
    this.#pointer = state;
  }

  summary(): Row<typeof SUMMARY_FIELDS> {
    return this.core.scope(() => {
      const out = this.core.allocate(SUMMARY_FIELDS.length * 8);
      this.call("engineSummary", out);
      return readRow(
        SUMMARY_FIELDS,
        new Float64Array(this.core.buffer, out, SUMMARY_FIELDS.length),
      );
    });
  }

  get #names() {
    return {
      pairs: this.run.pairs.map((pair) => pair.market.pair),
      strings: this.run.strings,
    };
  }

  closedTrades(): TradeResult[] {
    return this.core.scope(() => {
      const bytes = this.call(
        "engineClosedBytes",
        TRADE_FIELDS.length * 8,
        ORDER_FIELDS.length * 8,
      );
      const out = this.core.allocate(bytes);
      this.call("engineClosed", out);
      return readClosed(new Float64Array(this.core.buffer, out, bytes / 8), this.#names);
    });
  }

  /** Null when the state has no trade of that index. */
  trade(index: number): TradeView | null {
    const { core } = this;
    return core.scope(() => {
      const out = core.allocate(TRADE_FIELDS.length * 8);
      if (this.call("engineTrade", index, out) < 0) return null;
      const row = readRow(TRADE_FIELDS, new Float64Array(core.buffer, out, TRADE_FIELDS.length));
      const count = row.orders * ORDER_FIELDS.length;
      const at = core.allocate(count * 8);
      this.call("engineOrders", index, at);
      const values = new Float64Array(core.buffer, at, count);
      const rows = Array.from(
        { length: row.orders },
        (_, i) => readRow(ORDER_FIELDS, values, i * ORDER_FIELDS.length),
      );
      const { strings } = this.run;
      return {
        ...tradeOf(row, rows.map((order) => orderOf(order, row.side, strings)), this.#names),
        index,
        isOpen: row.isOpen === 1,
        filledEntries: row.filledEntries,
        orderStates: rows.map(({ order, status, filled }) => ({ index: order, status, filled })),
      };
    });
  }

  /** The equity table's rows so far: a view, gone when memory grows. */
  equity(): Float64Array {
    const { equityAt, step } = this.summary();
    return new Float64Array(this.core.buffer, this.#pointer + equityAt, step);
  }

  snapshot(): Uint8Array<ArrayBuffer> {
    const { bytes } = this.summary();
    const out = new Uint8Array(HEAD_BYTES + bytes);
    const head = new DataView(out.buffer);
    head.setUint32(0, SNAPSHOT_MAGIC, true);
    head.setUint32(4, SNAPSHOT_VERSION, true);
    out.set(this.#inputDigest(), 8);
    head.setUint32(8 + DIGEST_BYTES, bytes, true);
    out.set(new Uint8Array(this.core.buffer, this.#pointer, bytes), HEAD_BYTES);
    return out;
  }

  restore(snapshot: Uint8Array): void {
    const head = new DataView(snapshot.buffer, snapshot.byteOffset, snapshot.byteLength);
    const known = snapshot.byteLength > HEAD_BYTES && head.getUint32(0, true) === SNAPSHOT_MAGIC &&
      head.getUint32(4, true) === SNAPSHOT_VERSION;
    const bytes = known ? head.getUint32(8 + DIGEST_BYTES, true) : -1;
    if (bytes !== snapshot.byteLength - HEAD_BYTES) {
      throw new RangeError("Cannot restore the engine: the bytes are no snapshot of this version");
    }
    if (this.#inputDigest().some((byte, index) => snapshot[8 + index] !== byte)) {
      throw new RangeError("Cannot restore the engine: the snapshot belongs to another run");
    }
    this.#pointer = this.core.allocate(bytes);
    new Uint8Array(this.core.buffer, this.#pointer, bytes).set(snapshot.subarray(HEAD_BYTES));
  }

  dispose(): void {
    this.core.release(this.#mark);
  }

  /** Over everything the run was given but the strings, which only the result's names need. */
  #inputDigest(): Uint8Array {
    if (this.#digest !== null) return this.#digest;
    const hash = new InputDigest().update(JSON.stringify(this.run.config));
    for (const { market, trimRows, ...columns } of this.run.pairs) {
      hash.update(JSON.stringify([market, trimRows]));
      for (const [name, column] of Object.entries(columns).sort()) {
        hash.update(name);
        if (column === null || column === undefined) continue;
        hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
      }
    }
    this.#digest = hash.digest();
    return this.#digest;
  }
}
