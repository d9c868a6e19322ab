/** Progress of watched jobs, whichever process runs them: at most four a second, the latest wins. */
import { findJobStates, isFinished, type JobState } from "../jobs/queue.ts";
import { pause } from "../platform/clock.ts";
import type { Platform } from "../platform/context.ts";

const POLL_MS = 250;

export interface ProgressPoll {
  /** Calls the listener when the job's progress changed, until the answered function is called. */
  watch(jobId: string, listener: (state: JobState) => void): () => void;
  stop(): Promise<void>;
}

export function createProgressPoll(platform: Pick<Platform, "db" | "kv" | "log">): ProgressPoll {
  return new JobProgressPoll(platform);
}

interface Watched {
  readonly listeners: Set<(state: JobState) => void>;
  shown: string;
}

class JobProgressPoll implements ProgressPoll {
  readonly #platform: Pick<Platform, "db" | "kv" | "log">;
  readonly #watched = new Map<string, Watched>();
  readonly #stopping = new AbortController();
  #loop: Promise<void> | null = null;

  constructor(platform: Pick<Platform, "db" | "kv" | "log">) {
    this.#platform = platform;
  }

  watch(jobId: string, listener: (state: JobState) => void): () => void {
    const watched = this.#watched.get(jobId) ?? { listeners: new Set(), shown: "" };
    watched.listeners.add(listener);
    this.#watched.set(jobId, watched);
    this.#loop ??= this.#run();
    return () => {
      watched.listeners.delete(listener);
      if (watched.listeners.size === 0) this.#watched.delete(jobId);
    };
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted && this.#watched.size > 0) {
      await this.#read();
      await pause(POLL_MS, signal);
    }
    this.#loop = null;
  }

  async #read(): Promise<void> {
    try {
      const states = await findJobStates(this.#platform, [...this.#watched.keys()]);
      for (const [jobId, state] of states) this.#show(jobId, state);
    } catch (err) {
      this.#platform.log.debug("progress cannot be read", { error: err });
    }
  }

  #show(jobId: string, state: JobState): void {
    const watched = this.#watched.get(jobId);
    if (watched === undefined) return;
    const text = JSON.stringify(state.progress);
    if (state.progress !== null && text !== watched.shown) {
      watched.shown = text;
      for (const listener of watched.listeners) listener(state);
    }
    if (isFinished(state.status)) this.#watched.delete(jobId);
  }
}
