/** The message loop of a compute worker, apart from the tasks it serves. */
import { CoreMemory } from "../../core-wasm/mod.ts";
import { AppError } from "../../api/platform/errors.ts";
import { type Control, createControl } from "./control.ts";
import { type CarriedError, Command, type FromWorker, type ToWorker } from "./protocol.ts";
import type { TaskSession, TaskTools } from "./task.ts";

/** The side of a worker's global scope that talks to its owner. */
export interface WorkerPort {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker, transfer: Transferable[]): void;
}

/** Serves calls one after another until the owner terminates the worker. */
export function serveTasks(port: WorkerPort, openSession: () => TaskSession): void {
  const session = openSession();
  let core: CoreMemory | null = null;
  let control: Control | null = null;
  port.onmessage = ({ data }) => {
    if (data.type === "start") {
      core = new CoreMemory(data.module);
      control = createControl(data.control);
      return port.postMessage({ type: "ready" }, []);
    }
    if (core === null || control === null) throw new Error("A call came before the start");
    const tools = { core, checkIn: checkInWith(port, control) };
    const [message, transfer] = answer(session, data, tools);
    port.postMessage(message, transfer);
  };
}

function checkInWith(port: WorkerPort, control: Control): TaskTools["checkIn"] {
  return (ratio, snapshot) => {
    control.setProgress(ratio);
    const command = control.asked();
    if (command === Command.run) return "go on";
    if (command === Command.cancel) return "stop";
    const bytes = snapshot();
    port.postMessage({ type: "snapshot", bytes }, [bytes.buffer]);
    if (command === Command.yield) return "stop";
    control.answerSnapshot();
    return "go on";
  };
}

function answer(
  session: TaskSession,
  { task, input }: { task: string; input: unknown },
  tools: TaskTools,
): [FromWorker, Transferable[]] {
  const memory = () => ({ memoryBytes: tools.core.memoryBytes });
  try {
    const run = session[task];
    if (run === undefined) throw new Error(`Compute task "${task}" is unknown`);
    const answered = run(input, tools);
    if (answered.kind === "stopped") return [{ type: "stopped", ...memory() }, []];
    const { output, transfer = [] } = answered;
    return [{ type: "done", output, ...memory() }, transfer];
  } catch (err) {
    return [{ type: "failed", error: carry(err), ...memory() }, []];
  }
}

function carry(err: unknown): CarriedError {
  if (err instanceof AppError) {
    return {
      code: err.code,
      message: err.message,
      stack: null,
      problems: err.problems ?? null,
      details: err.details ?? null,
    };
  }
  const error = err instanceof Error ? err : new Error(String(err));
  return {
    code: null,
    message: error.message,
    stack: error.stack ?? null,
    problems: null,
    details: null,
  };
}
