/**
 * New events of every owner, once and in order, for whoever listens in this process.
 *
 * Every process writes events, so the feed reads the outbox itself: when something was announced,
 * and every half second. It reads only while somebody listens.
 */
import { pause } from "../platform/clock.ts";
import type { Platform } from "../platform/context.ts";
import { type EventRow, findNewestEventRowId, listAllEventsAfter } from "./store.ts";

const POLL_MS = 500;
const BATCH = 500;
const FAILURE_PAUSE_MS = 1_000;

export type EventListener = (event: EventRow) => void;

export interface EventFeed {
  /** Calls the listener for each new event of the owner until the answered function is called. */
  listen(ownerId: string, listener: EventListener): Promise<() => void>;
  stop(): Promise<void>;
}

export function createEventFeed(
  platform: Pick<Platform, "db" | "log" | "announcements">,
): EventFeed {
  return new OutboxFeed(platform);
}

class OutboxFeed implements EventFeed {
  readonly #platform: Pick<Platform, "db" | "log" | "announcements">;
  readonly #listeners = new Map<string, Set<EventListener>>();
  readonly #stopping = new AbortController();
  #waking = new AbortController();
  #lastRowId = 0;
  #loop: Promise<void> | null = null;

  constructor(platform: Pick<Platform, "db" | "log" | "announcements">) {
    this.#platform = platform;
  }

  async listen(ownerId: string, listener: EventListener): Promise<() => void> {
    if (this.#loop === null) {
      const newest = await findNewestEventRowId(this.#platform.db);
      if (this.#loop === null) {
        this.#lastRowId = newest;
        this.#loop = this.#run();
      }
    }
    const listeners = this.#listeners.get(ownerId) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(ownerId, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(ownerId);
    };
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#waking.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    this.#platform.announcements.listen(() => this.#waking.abort(), signal);
    while (!signal.aborted) {
      this.#waking = new AbortController();
      const read = this.#listeners.size === 0 ? 0 : await this.#read();
      if (read < BATCH) await pause(POLL_MS, this.#waking.signal);
    }
  }

  async #read(): Promise<number> {
    try {
      const rows = await listAllEventsAfter(this.#platform.db, this.#lastRowId, BATCH);
      for (const row of rows) {
        this.#lastRowId = row.row_id;
        for (const listener of this.#listeners.get(row.owner_id) ?? []) listener(row);
      }
      return rows.length;
    } catch (err) {
      this.#platform.log.warning("event feed cannot read", { error: err });
      await pause(FAILURE_PAUSE_MS, this.#stopping.signal);
      return 0;
    }
  }
}
