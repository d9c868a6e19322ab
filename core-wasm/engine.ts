/** The engine's door: a backtest over columns of candles (docs/internals/engine.md). */
import { checkRun } from "./engine_check.ts";
import { EngineState, type TradeView } from "./engine_state.ts";
import type { EngineResult, EngineRun, EquityColumns } from "./engine_types.ts";
import type { Ask, CoreMemory } from "./memory.ts";

export { closeGaps } from "./engine_closed.ts";
export { fillGaps } from "./engine_gaps.ts";
export type { CandleColumns } from "./engine_gaps.ts";
export { createLiveEngine } from "./engine_live.ts";
export type { OrderState, TradeView } from "./engine_state.ts";
export type { Intent, LiveEngine, LiveRun, LiveView } from "./engine_live.ts";

const DONE = 1;
const NEEDS_ROOM = 2;
const ALL_STEPS = 0x7fffffff;

export interface EngineProgress {
  readonly done: boolean;
  /** Simulated time reached, epoch milliseconds. */
  readonly time: number;
  /** 0 to 1. */
  readonly progress: number;
}

export type LockSide = "both" | "long" | "short";

const LOCK_SIDES = { both: 0, long: 1, short: -1 } as const;

export interface EngineOptions {
  /** Without the core's fast paths: the same result, slower. For comparing the two. */
  readonly fullPath?: boolean;
  /** Answers the callbacks of `config.callbacks`; must be there when that is not 0. */
  readonly ask?: Ask;
}

export interface Engine {
  /** Simulates at most `maxSteps` time steps; how a run is sliced never changes its result. */
  step(maxSteps: number): EngineProgress;
  /** The state as bytes, to be restored in any engine made from the same run. */
  snapshot(): Uint8Array<ArrayBuffer>;
  /** Throws RangeError when the bytes are no snapshot of this run. */
  restore(bytes: Uint8Array): void;
  /** A trade as a callback may see it; null when there is none of that index. */
  trade(index: number): TradeView | null;
  /** Locks a pair (null: all) against entries of a side until the candle after `until` begins. */
  lock(pair: number | null, side: LockSide, until: number): void;
  /** Throws before `step` answered `done`. */
  result(): EngineResult;
  /** Gives the core's memory back. Engines of one core are disposed in reverse order of creation. */
  dispose(): void;
}

/**
 * Runs a backtest to its end. Every number is the one freqtrade 2026.9 computes from the same
 * columns. Throws RangeError naming the field that is wrong or not supported.
 *
 * @example
 * ```ts
 * import type { EngineRun } from "./engine_types.ts";
 * import type { CoreMemory } from "./memory.ts";
 *
 * function profitOf(core: CoreMemory, run: EngineRun): number {
 *   return runEngine(core, run).finalBalance - run.config.dryRunWallet;
 * }
 * ```
 */
export function runEngine(
  core: CoreMemory,
  run: EngineRun,
  options: EngineOptions = {},
): EngineResult {
  const engine = createEngine(core, run, options);
  try {
    while (!engine.step(ALL_STEPS).done);
    return engine.result();
  } finally {
    engine.dispose();
  }
}

/** A backtest that is advanced in slices. Throws RangeError naming the field that is wrong. */
export function createEngine(
  core: CoreMemory,
  run: EngineRun,
  options: EngineOptions = {},
): Engine {
  checkRun(run);
  if ((run.config.callbacks ?? 0) !== 0 && options.ask === undefined) {
    throw new RangeError(`Cannot run the engine: "config.callbacks" is set, "options.ask" is not`);
  }
  return new BacktestEngine(new EngineState(core, run, options.fullPath), options.ask);
}

class BacktestEngine implements Engine {
  readonly #state: EngineState;
  readonly #ask: Ask | undefined;
  #done = false;

  constructor(state: EngineState, ask: Ask | undefined) {
    this.#state = state;
    this.#ask = ask;
  }

  step(maxSteps: number): EngineProgress {
    if (!(maxSteps >= 0)) {
      throw new RangeError(`Cannot step: maxSteps is ${maxSteps}, expected 0 or more`);
    }
    if (this.#ask !== undefined) this.#state.core.onAsk = this.#ask;
    const until = this.#state.summary().step + Math.floor(maxSteps);
    let status = NEEDS_ROOM;
    for (;;) {
      const left = Math.min(until - this.#state.summary().step, ALL_STEPS);
      status = this.#state.call("engineRun", left);
      if (status !== NEEDS_ROOM) break;
      this.#state.grow();
    }
    if (status < 0) throw new Error(`Cannot go on: a callback's host answered ${status}`);
    this.#done = status === DONE;
    const { step, steps } = this.#state.summary();
    const { run, placed } = this.#state;
    return {
      done: this.#done,
      time: placed.start + step * run.config.timeframeMs,
      progress: steps === 0 ? 1 : step / steps,
    };
  }

  snapshot(): Uint8Array<ArrayBuffer> {
    return this.#state.snapshot();
  }

  restore(bytes: Uint8Array): void {
    this.#state.restore(bytes);
    this.#done = false;
  }

  trade(index: number): TradeView | null {
    return this.#state.trade(index);
  }

  lock(pair: number | null, side: LockSide, until: number): void {
    if (pair !== null && this.#state.run.pairs[pair] === undefined) {
      throw new RangeError(`Cannot lock pair ${pair}: the engine has no such pair`);
    }
    this.#state.call("engineLock", pair ?? -1, LOCK_SIDES[side], until);
  }

  result(): EngineResult {
    if (!this.#done) throw new Error("Cannot read the result: the run is not done");
    const summary = this.#state.summary();
    return {
      trades: this.#state.closedTrades(),
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
      equity: this.#equity(),
      finalBalance: summary.total,
      backtestStart: this.#state.placed.start,
      backtestEnd: this.#state.placed.end,
      discarded: summary.discarded,
    };
  }

  dispose(): void {
    this.#state.dispose();
  }

  /** Steps without any balance have no row. */
  #equity(): EquityColumns {
    const all = this.#state.equity();
    const { run, placed } = this.#state;
    const date = new Float64Array(all.length);
    const equity = new Float64Array(all.length);
    let rows = 0;
    for (let i = 0; i < all.length; i++) {
      const total = all[i] ?? NaN;
      if (Number.isNaN(total)) continue;
      date[rows] = placed.start + (i + 1) * run.config.timeframeMs;
      equity[rows++] = total;
    }
    return { date: date.subarray(0, rows), equity: equity.subarray(0, rows) };
  }
}
