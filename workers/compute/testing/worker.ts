/** A compute worker that does what a test of the pool needs; started as the real one is. */
import "../no_process.ts";
import { serveTasks, type WorkerPort } from "../serve.ts";
import type { TaskAnswer, TaskSession, TaskTools } from "../task.ts";
import { AppError } from "../../../api/platform/errors.ts";

function openTestSession(): TaskSession {
  let calls = 0;
  return {
    /** Counts from a checkpoint; endless when `to` is null. */
    count(input, { checkIn }): TaskAnswer {
      const { from, to } = input as { from: number; to: number | null };
      for (let at = from; to === null || at < to; at++) {
        const ratio = to === null ? 0.5 : at / to;
        if (checkIn(ratio, () => Uint8Array.of(at)) === "stop") return { kind: "stopped" };
      }
      return { kind: "done", output: to };
    },
    calls: () => ({ kind: "done", output: ++calls }),
    refuse() {
      throw new AppError("STRATEGY_REFUSED", "Cannot run: refused", { details: { line: 7 } });
    },
    break() {
      throw new TypeError("a bug");
    },
    spin(): TaskAnswer {
      for (;;);
    },
    grow(_input, { core }: TaskTools): TaskAnswer {
      core.scope(() => core.allocateColumn("f64", 2_000_000));
      return { kind: "done", output: core.memoryBytes };
    },
    reach(): TaskAnswer {
      return { kind: "done", output: ["env", "read", "net"].filter(mayReach) };
    },
  };
}

function mayReach(what: string): boolean {
  try {
    if (what === "env") Deno.env.get("HOME");
    if (what === "read") Deno.readTextFileSync("/etc/hostname");
    if (what === "net") Deno.listen({ port: 0 });
    return true;
  } catch {
    return false;
  }
}

serveTasks(globalThis as unknown as WorkerPort, openTestSession);
