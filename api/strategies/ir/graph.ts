/** Builds a column program node by node; equal nodes are one node. */
import type {
  CandleField,
  ColumnRef,
  LookAhead,
  Program,
  ProgramNode,
  ProgramSeries,
  ProgramSignals,
  ProgramSlot,
  Scalar,
  Span,
  WarmUp,
} from "../../../core-wasm/program.ts";
import { findKernel, type KernelRow } from "../../../core-wasm/mod.ts";

export interface KernelCall {
  readonly kernel: string;
  readonly inputs: readonly ColumnRef[];
  readonly parameters: readonly Scalar[];
  readonly series: number;
  readonly span: Span;
}

export class ProgramGraph {
  readonly #series: ProgramSeries[] = [];
  readonly #nodes: ProgramNode[] = [];
  readonly #known = new Map<string, number>();
  readonly #slots: ProgramSlot[] = [];
  readonly #slotValues: number[] = [];
  readonly #strings: string[] = [];
  readonly #codes = new Map<string, number>();

  addSeries(series: ProgramSeries): number {
    const found = this.#series.findIndex((known) =>
      known.pair === series.pair && known.timeframe === series.timeframe &&
      known.candleType === series.candleType
    );
    return found >= 0 ? found : this.#series.push(series) - 1;
  }

  input(series: number, field: CandleField): ColumnRef {
    const outputs = [field === "date" ? "time" as const : "f64" as const];
    return this.#add(`input ${series} ${field}`, () => ({ op: "input", series, field, outputs }));
  }

  /** Adds one kernel call, or finds the same call made before. */
  kernel(call: KernelCall): ColumnRef {
    const row = kernelRow(call.kernel);
    const { inputs, parameters, series, span } = call;
    const key = [
      call.kernel,
      series,
      ...inputs.map((input) => `${input.node}.${input.output}`),
      ...parameters.map(scalarKey),
    ].join(" ");
    return this.#add(key, () => {
      const values = parameters.map((scalar) => this.#typical(scalar));
      return {
        op: "kernel",
        kernel: call.kernel,
        inputs,
        parameters,
        outputs: row.outputs.map((output) => output.type),
        series,
        span,
        lookAhead: lookAheadOf(row, values),
        warmUp: this.#warmUp(row, inputs, values),
      };
    });
  }

  /** The slot of that name; `value` is what it is bound to unless a run says otherwise. */
  slot(slot: ProgramSlot, value: number): Scalar {
    const found = this.#slots.findIndex((known) => known.name === slot.name);
    if (found >= 0) return { kind: "slot", slot: found };
    this.#slotValues.push(value);
    return { kind: "slot", slot: this.#slots.push(slot) - 1 };
  }

  /** The code of a string in the program's table. */
  code(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const code = this.#strings.push(text) - 1;
    this.#codes.set(text, code);
    return code;
  }

  node(ref: ColumnRef): ProgramNode | undefined {
    return this.#nodes[ref.node];
  }

  /** The program of what is reachable from the signals and the frame. */
  finish(signals: ProgramSignals, frame: Program["frame"]): Program {
    const roots = [...Object.values(signals), ...frame.map(({ column }) => column)];
    const keep = this.#reachable(roots.filter((ref): ref is ColumnRef => ref !== null));
    const order = [...keep].sort((a, b) => a - b);
    const renamed = new Map(order.map((node, index) => [node, index]));
    const move = (ref: ColumnRef): ColumnRef => ({
      node: renamed.get(ref.node) ?? 0,
      output: ref.output,
    });
    const moveSignal = (ref: ColumnRef | null) => ref === null ? null : move(ref);
    const nodes = order.flatMap((index): ProgramNode[] => {
      const node = this.#nodes[index];
      if (node === undefined) return [];
      return [node.op === "input" ? node : { ...node, inputs: node.inputs.map(move) }];
    });
    return {
      version: 1,
      series: this.#series,
      nodes,
      slots: this.#slots,
      signals: {
        enterLong: moveSignal(signals.enterLong),
        exitLong: moveSignal(signals.exitLong),
        enterShort: moveSignal(signals.enterShort),
        exitShort: moveSignal(signals.exitShort),
        enterTag: moveSignal(signals.enterTag),
        exitTag: moveSignal(signals.exitTag),
      },
      frame: frame.map(({ name, column }) => ({ name, column: move(column) })),
      strings: this.#strings,
    };
  }

  #add(key: string, make: () => ProgramNode): ColumnRef {
    const known = this.#known.get(key);
    if (known !== undefined) return { node: known, output: 0 };
    const node = this.#nodes.push(make()) - 1;
    this.#known.set(key, node);
    return { node, output: 0 };
  }

  /** The value a scalar has now; of a slot the largest it may take, for periods grow a warm-up. */
  #typical(scalar: Scalar): number {
    if (scalar.kind === "const") return scalar.value;
    const value = this.#slotValues[scalar.slot] ?? 0;
    const slot = this.#slots[scalar.slot];
    return slot?.type === "int" ? Math.max(value, slot.high) : value;
  }

  #warmUp(row: KernelRow, inputs: readonly ColumnRef[], parameters: readonly number[]): WarmUp {
    let bars = 0;
    let unstable = row.unstable || smoothsForever(row, parameters);
    for (const { node: index } of inputs) {
      const node = this.#nodes[index];
      if (node?.op !== "kernel") continue;
      bars = Math.max(bars, node.warmUp.bars);
      unstable ||= node.warmUp.unstable;
    }
    return { bars: bars + row.lookback(parameters), unstable };
  }

  #reachable(roots: readonly ColumnRef[]): Set<number> {
    const seen = new Set<number>();
    const pending = roots.map(({ node }) => node);
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      const node = this.#nodes[next];
      if (node?.op === "kernel") pending.push(...node.inputs.map((input) => input.node));
    }
    return seen;
  }
}

export function kernelRow(name: string): KernelRow {
  const row = findKernel(name);
  if (row === undefined) throw new Error(`The registry has no kernel "${name}"`);
  return row;
}

/** Averages that never forget their first value; those of a fixed length are the others. */
function smoothsForever(row: KernelRow, parameters: readonly number[]): boolean {
  const finite = ["SMA", "WMA", "TRIMA", "HMA", "DISABLED"];
  return row.parameters.some(({ name, type, choices }, i) => {
    if (type !== "choice" || !name.endsWith("matype")) return false;
    const chosen = Object.entries(choices ?? {}).find(([, value]) => value === parameters[i]);
    return chosen === undefined || !finite.includes(chosen[0]);
  });
}

function scalarKey(scalar: Scalar): string {
  if (scalar.kind === "slot") return `slot ${scalar.slot}`;
  return Object.is(scalar.value, -0) ? "-0" : String(scalar.value);
}

function lookAheadOf(row: KernelRow, parameters: readonly number[]): LookAhead | null {
  const bars = row.ahead(parameters);
  if (bars <= 0) return null;
  if (bars === Infinity) return { bars: null, reason: `"${row.name}" reads the whole column` };
  return { bars, reason: `"${row.name}" reads ${bars} later candle${bars === 1 ? "" : "s"}` };
}
