/** The engine's door: a backtest over columns of candles (docs/internals/engine.md). */
import { createHash } from "node:crypto";
import { checkRun } from "./engine_check.ts";
import { placeRun } from "./engine_input.ts";
import {
  ORDER_FIELDS,
  readClosed,
  readRow,
  SUMMARY_FIELDS,
  TRADE_FIELDS,
} from "./engine_report.ts";
import type { EngineResult, EngineRun, EquityColumns } from "./engine_types.ts";
import type { CoreMemory } from "./memory.ts";

export { fillGaps } from "./engine_gaps.ts";
export type { CandleColumns } from "./engine_gaps.ts";

const DONE = 1;
const NEEDS_ROOM = 2;
const SNAPSHOT_MAGIC = 0x4e454443;
const SNAPSHOT_VERSION = 1;
const DIGEST_BYTES = 16;
const HEAD_BYTES = 8 + DIGEST_BYTES + 8;
const TRADES_AT_FIRST = 1024;
const TRADES_MAX = 1_000_000;
/** Trades a pair may open in one time step, and orders a trade takes on average, see run.ts. */
const TRADES_PER_STEP = 2;
const ORDERS_PER_TRADE = 2;

export interface EngineProgress {
  readonly done: boolean;
  /** Simulated time reached, epoch milliseconds. */
  readonly time: number;
  /** 0 to 1. */
  readonly progress: number;
}

export interface Engine {
  /** Simulates at most `maxSteps` time steps; how a run is sliced never changes its result. */
  step(maxSteps: number): EngineProgress;
  /** The state as bytes, to be restored in any engine made from the same run. */
  snapshot(): Uint8Array<ArrayBuffer>;
  /** Throws when the bytes are no snapshot of this run. */
  restore(bytes: Uint8Array): void;
  /** Throws before `step` answered `done`. */
  result(): EngineResult;
  /** Gives the core's memory back. Engines of one core are disposed in reverse order of creation. */
  dispose(): void;
}

/** Runs a backtest to its end. Throws RangeError naming the field that is wrong. */
export function runEngine(core: CoreMemory, run: EngineRun): EngineResult {
  const engine = createEngine(core, run);
  try {
    while (!engine.step(1 << 30).done);
    return engine.result();
  } finally {
    engine.dispose();
  }
}

/** A backtest that is advanced in slices. Throws RangeError naming the field that is wrong. */
export function createEngine(core: CoreMemory, run: EngineRun): Engine {
  checkRun(run);
  const mark = core.mark();
  try {
    return new SlicedEngine(core, run, mark);
  } catch (err) {
    core.release(mark);
    throw err;
  }
}

class SlicedEngine implements Engine {
  readonly #core: CoreMemory;
  readonly #run: EngineRun;
  readonly #mark: number;
  readonly #placed: ReturnType<typeof placeRun>;
  #state: number;
  #done = false;
  #digest: Uint8Array | null = null;

  constructor(core: CoreMemory, run: EngineRun, mark: number) {
    this.#core = core;
    this.#run = run;
    this.#mark = mark;
    this.#placed = placeRun(core, run);
    const least = run.pairs.length * TRADES_PER_STEP;
    const trades = Math.min(this.#placed.entries, TRADES_AT_FIRST, this.#tradesMax) + least;
    this.#state = this.#allocate(trades, ordersFor(trades));
    core.call("engineInit", this.#placed.pointer, this.#state, ...[
      this.#placed.steps,
      trades,
      ordersFor(trades),
    ]);
  }

  get #tradesMax(): number {
    return this.#run.config.tradesMax ?? TRADES_MAX;
  }

  #allocate(trades: number, orders: number): number {
    const { steps } = this.#placed;
    const pairs = this.#run.pairs.length;
    return this.#core.allocate(this.#core.call("engineStateBytes", pairs, steps, trades, orders));
  }

  step(maxSteps: number): EngineProgress {
    const until = this.#summary().step + maxSteps;
    for (;;) {
      const left = Math.max(0, until - this.#summary().step);
      const status = this.#core.call("engineRun", this.#placed.pointer, this.#state, left);
      if (status !== NEEDS_ROOM) {
        this.#done = status === DONE;
        break;
      }
      this.#grow();
    }
    const { step, steps } = this.#summary();
    return {
      done: this.#done,
      time: this.#placed.start + step * this.#run.config.timeframeMs,
      progress: steps === 0 ? 1 : step / steps,
    };
  }

  #grow(): void {
    const { tradeCapacity, orderCapacity, closedCount, openCount } = this.#summary();
    if (closedCount + openCount >= this.#tradesMax) {
      throw new RangeError(
        `Cannot go on: the run has ${
          closedCount + openCount
        } trades, tradesMax is ${this.#tradesMax}`,
      );
    }
    const trades = tradeCapacity * 2;
    const orders = Math.max(orderCapacity * 2, ordersFor(trades));
    const state = this.#allocate(trades, orders);
    this.#core.call("engineMove", this.#placed.pointer, this.#state, state, trades, orders);
    this.#state = state;
  }

  snapshot(): Uint8Array<ArrayBuffer> {
    const { bytes } = this.#summary();
    const out = new Uint8Array(HEAD_BYTES + bytes);
    const head = new DataView(out.buffer);
    head.setUint32(0, SNAPSHOT_MAGIC, true);
    head.setUint32(4, SNAPSHOT_VERSION, true);
    out.set(this.#inputDigest(), 8);
    head.setUint32(8 + DIGEST_BYTES, bytes, true);
    out.set(new Uint8Array(this.#core.buffer, this.#state, bytes), HEAD_BYTES);
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
    const digest = this.#inputDigest();
    if (digest.some((byte, index) => snapshot[8 + index] !== byte)) {
      throw new RangeError("Cannot restore the engine: the snapshot belongs to another run");
    }
    this.#state = this.#core.allocate(bytes);
    new Uint8Array(this.#core.buffer, this.#state, bytes).set(snapshot.subarray(HEAD_BYTES));
    this.#done = false;
  }

  result(): EngineResult {
    if (!this.#done) throw new Error("Cannot read the result: the run is not done");
    const summary = this.#summary();
    const { start, end } = this.#placed;
    return {
      trades: this.#trades(),
      counters: {
        rejectedSignals: summary.rejectedSignals,
        timedOutEntryOrders: summary.timedOutEntryOrders,
        timedOutExitOrders: summary.timedOutExitOrders,
        canceledTradeEntries: summary.canceledTradeEntries,
        canceledEntryOrders: summary.canceledEntryOrders,
        canceledExitOrders: summary.canceledExitOrders,
        replacedEntryOrders: summary.replacedEntryOrders,
        replacedExitOrders: summary.replacedExitOrders,
      },
      equity: this.#equity(summary.equityAt, summary.step),
      finalBalance: summary.total,
      backtestStart: start,
      backtestEnd: end,
      discarded: summary.discarded,
    };
  }

  dispose(): void {
    this.#core.release(this.#mark);
  }

  #trades() {
    const core = this.#core;
    const names = {
      pairs: this.#run.pairs.map((pair) => pair.market.pair),
      strings: this.#run.strings,
    };
    return core.scope(() => {
      const tradeBytes = TRADE_FIELDS.length * 8;
      const at = [this.#placed.pointer, this.#state] as const;
      const bytes = core.call("engineClosedBytes", ...at, tradeBytes, ORDER_FIELDS.length * 8);
      const out = core.allocate(bytes);
      core.call("engineClosed", ...at, out);
      return readClosed(new Float64Array(core.buffer, out, bytes / 8), names);
    });
  }

  #equity(equityAt: number, steps: number): EquityColumns {
    const all = new Float64Array(this.#core.buffer, this.#state + equityAt, steps);
    const date = new Float64Array(steps);
    const equity = new Float64Array(steps);
    let rows = 0;
    for (let i = 0; i < steps; i++) {
      const total = all[i] ?? NaN;
      if (Number.isNaN(total)) continue;
      date[rows] = this.#placed.start + (i + 1) * this.#run.config.timeframeMs;
      equity[rows++] = total;
    }
    return { date: date.subarray(0, rows), equity: equity.subarray(0, rows) };
  }

  #summary() {
    const core = this.#core;
    return core.scope(() => {
      const out = core.allocate(SUMMARY_FIELDS.length * 8);
      core.call("engineSummary", this.#placed.pointer, this.#state, out);
      return readRow(SUMMARY_FIELDS, new Float64Array(core.buffer, out, SUMMARY_FIELDS.length));
    });
  }

  /** Over everything the run was given but the strings, which only the result's names need. */
  #inputDigest(): Uint8Array {
    if (this.#digest !== null) return this.#digest;
    const hash = createHash("sha256").update(JSON.stringify(this.#run.config));
    for (const { market, trimRows, ...columns } of this.#run.pairs) {
      hash.update(JSON.stringify([market, trimRows]));
      for (const column of Object.values(columns)) {
        if (column === null) continue;
        hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
      }
    }
    this.#digest = new Uint8Array(hash.digest()).subarray(0, DIGEST_BYTES);
    return this.#digest;
  }
}

function ordersFor(trades: number): number {
  return trades * ORDERS_PER_TRADE;
}
