import { SingleBar } from "cli-progress";

/** The part of cli-progress that is used; the package carries no types. */
interface Bar {
  start(total: number, value: number): void;
  update(value: number): void;
  stop(): void;
}

export interface ProgressBar {
  /** 0 to 1. */
  show(ratio: number): void;
  stop(): void;
}

const PARTS = 1000;

/** A bar on stderr; nothing where stderr is no terminal. */
export function openProgressBar(label: string): ProgressBar {
  if (!Deno.stderr.isTerminal()) return { show: () => {}, stop: () => {} };
  const bar: Bar = new SingleBar({
    format: `${label} {bar} {percentage}% | {eta_formatted} left`,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(PARTS, 0);
  return {
    show: (ratio) => bar.update(Math.round(ratio * PARTS)),
    stop: () => bar.stop(),
  };
}
