/** The memory an owner and a compute worker share: asked for on one side, looked at on the other. */
import {
  Command,
  COMMAND_SLOT,
  type CommandCode,
  CONTROL_SLOTS,
  PROGRESS_FULL,
  PROGRESS_SLOT,
} from "./protocol.ts";

export interface Control {
  readonly memory: SharedArrayBuffer;
  ask(command: CommandCode): void;
  asked(): number;
  /** Takes a request for a snapshot back; a later request to stop stays. */
  answerSnapshot(): void;
  setProgress(ratio: number): void;
  /** 0 to 1. */
  progress(): number;
}

export function createControl(memory = new SharedArrayBuffer(CONTROL_SLOTS * 4)): Control {
  const slots = new Int32Array(memory);
  return {
    memory,
    ask: (command) => void Atomics.store(slots, COMMAND_SLOT, command),
    asked: () => Atomics.load(slots, COMMAND_SLOT),
    answerSnapshot: () =>
      void Atomics.compareExchange(slots, COMMAND_SLOT, Command.snapshot, Command.run),
    setProgress: (ratio) =>
      void Atomics.store(slots, PROGRESS_SLOT, Math.round(ratio * PROGRESS_FULL)),
    progress: () => Atomics.load(slots, PROGRESS_SLOT) / PROGRESS_FULL,
  };
}
