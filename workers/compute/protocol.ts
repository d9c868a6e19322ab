/** What a compute worker and the process that owns it say to each other. */
import type { ErrorCode, FieldProblem } from "../../api/platform/errors.ts";

/** The first message: the compiled core, and the memory both sides share. */
export interface StartMessage {
  readonly type: "start";
  readonly module: WebAssembly.Module;
  /** `Int32Array` of `CONTROL_SLOTS`. */
  readonly control: SharedArrayBuffer;
}

export interface CallMessage {
  readonly type: "call";
  readonly task: string;
  readonly input: unknown;
}

export type ToWorker = StartMessage | CallMessage;

export type FromWorker =
  | { readonly type: "ready" }
  | { readonly type: "snapshot"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: "done"; readonly output: unknown; readonly memoryBytes: number }
  | { readonly type: "stopped"; readonly memoryBytes: number }
  | { readonly type: "failed"; readonly error: CarriedError; readonly memoryBytes: number };

/** An error as it crosses between threads; `code` is null for one nobody expected. */
export interface CarriedError {
  readonly code: ErrorCode | null;
  readonly message: string;
  readonly stack: string | null;
  readonly problems: readonly FieldProblem[] | null;
  readonly details: Readonly<Record<string, unknown>> | null;
}

export const CONTROL_SLOTS = 2;
/** Slot: what the owner asks for, one of `Command`. */
export const COMMAND_SLOT = 0;
/** Slot: progress of the call, 0 to `PROGRESS_FULL`. */
export const PROGRESS_SLOT = 1;
export const PROGRESS_FULL = 1_000_000;

/** Asked between slices; the worker takes a `snapshot` back once it has sent one. */
export const Command = {
  run: 0,
  snapshot: 1,
  /** Send a snapshot, then stop. */
  yield: 2,
  /** Stop at once. */
  cancel: 3,
} as const;

export type CommandCode = (typeof Command)[keyof typeof Command];
