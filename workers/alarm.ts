/** Waits for the next reason to look, or for a while. */
import { pause } from "../api/platform/clock.ts";

export interface Alarm {
  /** Ends the present wait, or the next one when nobody waits. */
  ring(): void;
  wait(ms: number): Promise<void>;
}

export function createAlarm(): Alarm {
  let controller = new AbortController();
  return {
    ring: () => controller.abort(),
    async wait(ms) {
      await pause(ms, controller.signal);
      if (controller.signal.aborted) controller = new AbortController();
    },
  };
}
