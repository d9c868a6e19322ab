/** The compute workers of one process: a bounded number, each used by one job at a time. */
import { readCoreModule } from "../../core-wasm/mod.ts";
import { startBehind } from "./priority.ts";
import { ComputeSession } from "./session.ts";

/** A core that grew beyond this is dropped after its job: its memory never shrinks. */
const MEMORY_BYTES_MAX = 256 * 1024 * 1024;

const COMPUTE_WORKER = new URL("./main.ts", import.meta.url);

export interface ComputePoolOptions {
  /** Workers at once; further leases wait. */
  readonly size: number;
  /** Starts one worker; by default the real one, without any permission. */
  readonly startWorker?: () => Worker;
  readonly readModule?: () => Promise<WebAssembly.Module>;
  readonly memoryBytesMax?: number;
}

export class ComputePool {
  readonly #size: number;
  readonly #startWorker: () => Worker;
  readonly #readModule: () => Promise<WebAssembly.Module>;
  readonly #memoryBytesMax: number;
  readonly #idle: ComputeSession[] = [];
  readonly #busy = new Set<ComputeSession>();
  readonly #waiting: (() => void)[] = [];
  #module: Promise<WebAssembly.Module> | null = null;
  #opening = 0;
  #closed = false;

  constructor(options: ComputePoolOptions) {
    this.#size = options.size;
    this.#startWorker = options.startWorker ?? startComputeWorker;
    this.#readModule = options.readModule ?? readCoreModule;
    this.#memoryBytesMax = options.memoryBytesMax ?? MEMORY_BYTES_MAX;
  }

  /** Gives `work` a worker of its own and takes it back, whatever happens. */
  async use<T>(work: (session: ComputeSession) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const session = await this.#take(signal);
    try {
      return await work(session);
    } finally {
      this.#giveBack(session);
    }
  }

  /** Workers that exist now. */
  get workers(): number {
    return this.#idle.length + this.#busy.size;
  }

  /** Ends every worker, also those that run. */
  close(): void {
    this.#closed = true;
    for (const session of [...this.#idle.splice(0), ...this.#busy]) session.terminate();
    for (const wake of this.#waiting.splice(0)) wake();
  }

  async #take(signal?: AbortSignal): Promise<ComputeSession> {
    for (;;) {
      if (this.#closed) throw new Error("The compute pool is closed");
      signal?.throwIfAborted();
      const idle = this.#idle.pop();
      if (idle !== undefined) {
        this.#busy.add(idle);
        return idle;
      }
      if (this.#busy.size + this.#opening < this.#size) return await this.#open();
      await this.#nextFree(signal);
    }
  }

  async #open(): Promise<ComputeSession> {
    this.#opening++;
    try {
      this.#module ??= this.#readModule();
      const module = await this.#module;
      const session = new ComputeSession(this.#startWorker());
      await session.start(module);
      this.#busy.add(session);
      if (this.#closed) session.terminate();
      return session;
    } catch (err) {
      this.#module = null;
      this.#wakeOne();
      throw err;
    } finally {
      this.#opening--;
    }
  }

  async #nextFree(signal?: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    signal?.addEventListener("abort", () => resolve(), { once: true });
    await promise;
    const at = this.#waiting.indexOf(resolve);
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  #giveBack(session: ComputeSession): void {
    this.#busy.delete(session);
    if (session.memoryBytes > this.#memoryBytesMax || this.#closed) session.terminate();
    if (session.alive) this.#idle.push(session);
    this.#wakeOne();
  }

  #wakeOne(): void {
    this.#waiting.shift()?.();
  }
}

/**
 * The same without the sandbox. No strategy's text becomes code, so its safety does not rest on the
 * sandbox; but it needs an unstable option, and a runtime without that ends the whole process.
 */
export function startPlainComputeWorker(): Worker {
  return startBehind(() => new Worker(COMPUTE_WORKER, { type: "module", name: "compute" }));
}

/** The worker that holds core, compiler, program runner and statistics, and may do nothing else. */
function startComputeWorker(): Worker {
  return startBehind(() =>
    new Worker(COMPUTE_WORKER, {
      type: "module",
      name: "compute",
      deno: { permissions: "none" },
    })
  );
}
