/** What runs inside a compute worker: a session of calls on one core. */
import type { CoreMemory } from "../../core-wasm/mod.ts";

export interface TaskTools {
  readonly core: CoreMemory;
  /**
   * Tells how far the call is and answers what to do: go on, or stop at once. `snapshot` is taken
   * when the owner wants one. Call it between slices of at most a tenth of a second.
   */
  checkIn(ratio: number, snapshot: () => Uint8Array<ArrayBuffer>): "go on" | "stop";
}

/** A task's answer; `stopped` when the owner asked for it. */
export type TaskAnswer =
  | {
    readonly kind: "done";
    readonly output: unknown;
    /** Buffers that move to the owner instead of being copied. */
    readonly transfer?: Transferable[];
  }
  | { readonly kind: "stopped" };

/** The calls one session knows; they may share state, which the next session does not see. */
export type TaskSession = Readonly<
  Record<string, (input: unknown, tools: TaskTools) => TaskAnswer>
>;
