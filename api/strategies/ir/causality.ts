/** Which nodes read the future, and which signals depend on them. */
import type { ColumnRef, Program, ProgramSignals, Span } from "../../../core-wasm/program.ts";

export interface LookAheadWarning {
  readonly code: "look_ahead";
  readonly span: Span;
  readonly kernel: string;
  /** Candles of the future that are read; null: the whole column. */
  readonly bars: number | null;
  readonly message: string;
  /** Signals whose value depends on it. */
  readonly signals: readonly (keyof ProgramSignals)[];
}

export function lookAheads(program: Program): LookAheadWarning[] {
  const reach = reachOfSignals(program);
  return program.nodes.flatMap((node, index): LookAheadWarning[] => {
    if (node.op !== "kernel" || node.lookAhead === null) return [];
    const signals = reach.filter(({ nodes }) => nodes.has(index)).map(({ name }) => name);
    const effect = signals.length === 0
      ? "no signal depends on it"
      : `${signals.join(", ")} depend${signals.length === 1 ? "s" : ""} on it`;
    return [{
      code: "look_ahead",
      span: node.span,
      kernel: node.kernel,
      bars: node.lookAhead.bars,
      message: `Looks ahead: ${node.lookAhead.reason}; ${effect}`,
      signals,
    }];
  });
}

function reachOfSignals(program: Program) {
  return Object.entries(program.signals).flatMap(([name, ref]) =>
    ref === null ? [] : [{ name: name as keyof ProgramSignals, nodes: ancestors(program, ref) }]
  );
}

function ancestors(program: Program, root: ColumnRef): Set<number> {
  const seen = new Set<number>();
  const pending = [root.node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const node = program.nodes[next];
    if (node?.op === "kernel") pending.push(...node.inputs.map((input) => input.node));
  }
  return seen;
}

/** Candles before the first row whose signals are settled, and whether they ever are. */
export function warmUpOf(program: Program): { readonly bars: number; readonly unstable: boolean } {
  let bars = 0;
  let unstable = false;
  for (const ref of Object.values(program.signals)) {
    const node = ref === null ? undefined : program.nodes[ref.node];
    if (node?.op !== "kernel") continue;
    bars = Math.max(bars, node.warmUp.bars);
    unstable ||= node.warmUp.unstable;
  }
  return { bars, unstable };
}
