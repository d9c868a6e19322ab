/** One compute worker in use: calls to it, their progress and snapshots, and its end. */
import { AppError } from "../../api/platform/errors.ts";
import { pause } from "../../api/platform/clock.ts";
import { type Control, createControl } from "./control.ts";
import { type CarriedError, Command, type FromWorker, type ToWorker } from "./protocol.ts";

/** A call that the owner stopped. */
export const STOPPED = Symbol("stopped");

export interface CallOptions {
  /** Buffers that move to the worker instead of being copied. */
  readonly transfer?: Transferable[];
  readonly onProgress?: (ratio: number) => void;
  /** Gets a snapshot every `snapshotEveryMs`, and one more when the call is asked to yield. */
  readonly onSnapshot?: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  readonly snapshotEveryMs?: number;
  /** Aborting stops the call; `stopBy` says how. A call that does not stop is terminated. */
  readonly signal?: AbortSignal;
  readonly stopBy?: () => "yield" | "cancel";
}

const LOOK_EVERY_MS = 100;
const SNAPSHOT_EVERY_MS = 10_000;
/** How long a cancelled call may take to stop. */
const CANCEL_MS = 3_000;
/** The same for one that has to reach its next slice and give a snapshot. */
const YIELD_MS = 30_000;

type Settle = PromiseWithResolvers<FromWorker>;

export class ComputeSession {
  readonly #worker: Worker;
  readonly #control: Control = createControl();
  #waiting: Settle | null = null;
  #onSnapshot: (bytes: Uint8Array<ArrayBuffer>) => void = () => {};
  #alive = true;
  #memoryBytes = 0;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.type === "snapshot") return this.#onSnapshot(data.bytes);
      this.#settle(({ resolve }) => resolve(data));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#alive = false;
      this.#settle(({ reject }) => reject(new Error(`The compute worker died: ${event.message}`)));
    };
  }

  /** Hands the core over; the worker has no permission to read it. */
  async start(module: WebAssembly.Module): Promise<void> {
    await this.#ask({ type: "start", module, control: this.#control.memory });
  }

  /** False once the worker died or was terminated. */
  get alive(): boolean {
    return this.#alive;
  }

  /** Linear memory of the worker's core; it never shrinks. */
  get memoryBytes(): number {
    return this.#memoryBytes;
  }

  /**
   * Runs a task.
   *
   * @returns STOPPED when the signal ended it.
   * @throws AppError of the task, or Error when it failed otherwise or the worker died.
   */
  async call(
    task: string,
    input: unknown,
    options: CallOptions = {},
  ): Promise<unknown | typeof STOPPED> {
    this.#control.ask(Command.run);
    this.#control.setProgress(0);
    const saves: Promise<void>[] = [];
    let failure: { error: unknown } | null = null;
    this.#onSnapshot = (bytes) => {
      const save = options.onSnapshot?.(bytes) ?? Promise.resolve();
      saves.push(save.catch((error) => {
        failure ??= { error };
        this.#control.ask(Command.cancel);
      }));
    };
    const over = new AbortController();
    const looking = this.#lookAfter(options, { over: over.signal, failed: () => failure !== null });
    try {
      const answer = await this.#ask({ type: "call", task, input }, options.transfer);
      await Promise.all(saves);
      if (failure !== null) throw (failure as { error: unknown }).error;
      return this.#outputOf(answer, options);
    } finally {
      over.abort();
      await looking;
      this.#onSnapshot = () => {};
    }
  }

  /** Ends the worker, also one that never returns. */
  terminate(): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#worker.terminate();
    this.#settle(({ reject }) => reject(new Error("The compute worker was terminated")));
  }

  #outputOf(answer: FromWorker, options: CallOptions): unknown {
    switch (answer.type) {
      case "done":
        this.#memoryBytes = answer.memoryBytes;
        options.onProgress?.(1);
        return answer.output;
      case "stopped":
        this.#memoryBytes = answer.memoryBytes;
        return STOPPED;
      case "failed":
        this.#memoryBytes = answer.memoryBytes;
        throw carriedError(answer.error);
      case "ready":
      case "snapshot":
        throw new Error(`The compute worker answered "${answer.type}" to a call`);
    }
  }

  /** Reads progress, asks for snapshots and passes a stop on while a call runs. */
  async #lookAfter(
    options: CallOptions,
    { over, failed }: { over: AbortSignal; failed: () => boolean },
  ): Promise<void> {
    const { signal, onProgress, onSnapshot, snapshotEveryMs = SNAPSHOT_EVERY_MS } = options;
    const wake = signal === undefined ? over : AbortSignal.any([over, signal]);
    let shown = 0;
    for (let waited = 0; !over.aborted; waited += LOOK_EVERY_MS) {
      if (signal?.aborted) return await this.#stop(options, over);
      await pause(LOOK_EVERY_MS, wake);
      const ratio = this.#control.progress();
      if (ratio !== shown) onProgress?.(ratio);
      shown = ratio;
      if (onSnapshot !== undefined && waited >= snapshotEveryMs && !failed()) {
        this.#control.ask(Command.snapshot);
        waited = 0;
      }
    }
  }

  async #stop({ stopBy }: CallOptions, over: AbortSignal): Promise<void> {
    const yields = stopBy?.() === "yield";
    this.#control.ask(yields ? Command.yield : Command.cancel);
    await pause(yields ? YIELD_MS : CANCEL_MS, over);
    if (!over.aborted) this.terminate();
  }

  #ask(message: ToWorker, transfer: Transferable[] = []): Promise<FromWorker> {
    if (!this.#alive) return Promise.reject(new Error("The compute worker is dead"));
    if (this.#waiting !== null) throw new Error("A compute worker takes one call at a time");
    this.#waiting = Promise.withResolvers();
    this.#worker.postMessage(message, transfer);
    return this.#waiting.promise;
  }

  #settle(how: (waiting: Settle) => void): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting !== null) how(waiting);
  }
}

function carriedError({ code, message, stack, problems, details }: CarriedError): Error {
  if (code !== null) {
    return new AppError(code, message, {
      ...(problems === null ? {} : { problems }),
      ...(details === null ? {} : { details }),
    });
  }
  const error = new Error(message);
  if (stack !== null) error.stack = stack;
  return error;
}
