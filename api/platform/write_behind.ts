/**
 * Rows that may be written a moment later than they happen: collected in memory and written in
 * batches, so that a request does not wait for them. What is lost when a process dies is at most
 * `delayMs` of them, so nothing that must not be lost goes this way.
 */
import { pause } from "./clock.ts";
import type { Log } from "./log.ts";

export interface WriteBehindOptions<T> {
  /** For the log and the figures. */
  readonly name: string;
  /** Writes a batch, oldest first; a batch that fails is dropped and logged. */
  readonly write: (items: readonly T[]) => Promise<void>;
  /** Longest time between `add` and the start of its write. */
  readonly delayMs: number;
  /** Items that may wait; beyond it new ones are dropped and counted. */
  readonly itemsMax: number;
  readonly batchMax: number;
}

export interface WriteBehind<T> {
  add(item: T): void;
}

/** The buffers of one process, so that its end can write what still waits. */
export interface WriteBehinds {
  create<T>(options: WriteBehindOptions<T>): WriteBehind<T>;
  /** Resolves when everything added so far is written or dropped. */
  flush(): Promise<void>;
  /** Flushes and starts no timer any more. */
  close(): Promise<void>;
}

export function createWriteBehinds(log: Log): WriteBehinds {
  const closing = new AbortController();
  const buffers: Buffer<unknown>[] = [];
  const flush = async () => {
    await Promise.all(buffers.map((buffer) => buffer.flush()));
  };
  return {
    create<T>(options: WriteBehindOptions<T>) {
      const buffer = new Buffer(options, log, closing.signal);
      buffers.push(buffer as Buffer<unknown>);
      return buffer;
    },
    flush,
    async close() {
      closing.abort();
      await flush();
    },
  };
}

class Buffer<T> implements WriteBehind<T> {
  readonly #options: WriteBehindOptions<T>;
  readonly #log: Log;
  readonly #closing: AbortSignal;
  #items: T[] = [];
  #dropped = 0;
  #writing = Promise.resolve();
  #due: Promise<void> | null = null;
  #hurry = new AbortController();

  constructor(options: WriteBehindOptions<T>, log: Log, closing: AbortSignal) {
    this.#options = options;
    this.#log = log;
    this.#closing = closing;
  }

  add(item: T): void {
    if (this.#items.length >= this.#options.itemsMax) {
      this.#dropped++;
      return;
    }
    this.#items.push(item);
    if (!this.#closing.aborted) this.#due ??= this.#writeLater();
  }

  async flush(): Promise<void> {
    this.#hurry.abort();
    await this.#due;
    await this.#write();
  }

  async #writeLater(): Promise<void> {
    const hurry = new AbortController();
    this.#hurry = hurry;
    await pause(this.#options.delayMs, AbortSignal.any([hurry.signal, this.#closing]));
    this.#due = null;
    await this.#write();
  }

  /** One write at a time, in order. */
  #write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeAll());
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    const { name, batchMax } = this.#options;
    const items = this.#items;
    this.#items = [];
    for (let at = 0; at < items.length; at += batchMax) {
      try {
        await this.#options.write(items.slice(at, at + batchMax));
      } catch (err) {
        this.#dropped += Math.min(batchMax, items.length - at);
        this.#log.warning("late rows cannot be written", { buffer: name, error: err });
      }
    }
    if (this.#dropped === 0) return;
    this.#log.warning("late rows were dropped", { buffer: name, count: this.#dropped });
    this.#dropped = 0;
  }
}
