/**
 * Tells every process that the outbox has something new. Only a hint: whoever listens reads the
 * outbox itself, and polls it, so a lost announcement costs time and nothing else.
 */
import type { Log } from "./log.ts";
import { pause, withDeadline } from "./clock.ts";

export interface Announcements {
  /** Called after a commit; many calls in a row become one write to the KV store. */
  announce(): void;
  /** Calls the listener for announcements of this process and of others, until the signal aborts. */
  listen(listener: () => void, signal: AbortSignal): void;
  /** Sends no more and waits for what is under way. */
  close(): Promise<void>;
}

const KEY: Deno.KvKey = ["outbox", "announced"];
const QUIET_MS = 25;
/** A client of a KV server that is away tries on for ever, and nothing may wait for that. */
const DEADLINE_MS = 2_000;
const FAILURE_PAUSE_MS = 1_000;

export function createAnnouncements(kv: Deno.Kv, log: Log): Announcements {
  return new KvAnnouncements(kv, log);
}

class KvAnnouncements implements Announcements {
  readonly #kv: Deno.Kv;
  readonly #log: Log;
  readonly #listeners = new Set<() => void>();
  readonly #closing = new AbortController();
  #sending: Promise<void> | null = null;
  #again = false;

  constructor(kv: Deno.Kv, log: Log) {
    this.#kv = kv;
    this.#log = log;
  }

  announce(): void {
    for (const listener of this.#listeners) listener();
    this.#again = true;
    if (!this.#closing.signal.aborted) this.#sending ??= this.#send();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#sending;
  }

  listen(listener: () => void, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener("abort", () => this.#listeners.delete(listener), { once: true });
    void this.#watch(listener, signal);
  }

  async #send(): Promise<void> {
    const { signal } = this.#closing;
    while (this.#again && !signal.aborted) {
      this.#again = false;
      try {
        await withDeadline(this.#kv.set(KEY, crypto.randomUUID()), DEADLINE_MS);
      } catch (err) {
        this.#log.debug("announcement was not sent", { error: err });
      }
      await pause(QUIET_MS, signal);
    }
    this.#sending = null;
  }

  /** On a local file a watch sees this process's writes alone; then the listener's poll serves. */
  async #watch(listener: () => void, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const reader = this.#kv.watch([KEY]).getReader();
        signal.addEventListener("abort", () => void reader.cancel(), { once: true });
        while (!(await reader.read()).done) listener();
        if (!signal.aborted) await pause(FAILURE_PAUSE_MS, signal);
      } catch (err) {
        if (signal.aborted) return;
        this.#log.debug("announcements cannot be watched", { error: err });
        await pause(FAILURE_PAUSE_MS, signal);
      }
    }
  }
}
