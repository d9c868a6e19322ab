/** Runs a column program over candles: one kernel call per node, no JavaScript per candle. */
import {
  callKernelInto,
  type ColumnArray,
  type ColumnType,
  type CoreMemory,
  findKernel,
  type PlacedColumn,
} from "../../../core-wasm/mod.ts";
import type {
  CandleField,
  ColumnRef,
  Program,
  ProgramNode,
  Scalar,
} from "../../../core-wasm/program.ts";

/** One series' candles; all columns have one length and ascend by date. */
export type CandleColumns = Readonly<Record<CandleField, Float64Array>>;

export interface ProgramRun {
  /** In the order of `Program.series`. */
  readonly series: readonly CandleColumns[];
  /** By name; a slot that is left out takes its default. */
  readonly slots?: Readonly<Record<string, number>>;
  /** Frame columns to answer: names, or "all". None by default, and what is not asked is not computed. */
  readonly columns?: readonly string[] | "all";
}

/** Signals are 0 or 1; tags are codes into `Program.strings`, -1 for none; null: never set. */
export interface SignalColumns {
  readonly enterLong: Uint8Array | null;
  readonly exitLong: Uint8Array | null;
  readonly enterShort: Uint8Array | null;
  readonly exitShort: Uint8Array | null;
  readonly enterTag: Int32Array | null;
  readonly exitTag: Int32Array | null;
}

export interface ProgramResult {
  readonly signals: SignalColumns;
  /** In frame order. */
  readonly columns: ReadonlyMap<string, ColumnArray>;
}

/**
 * Answers copies that outlive the core. Throws KernelError when a slot's value is out of a kernel's
 * range, RangeError when core memory is exhausted.
 */
export function runProgram(core: CoreMemory, program: Program, run: ProgramRun): ProgramResult {
  checkSeries(program, run);
  const asked = program.frame.filter(({ name }) =>
    run.columns === "all" || run.columns?.includes(name)
  );
  const { signals } = program;
  const roots = [...Object.values(signals), ...asked.map(({ column }) => column)];
  const needed = roots.filter((ref): ref is ColumnRef => ref !== null);
  return core.scope(() => {
    const read = execute(core, program, run, needed);
    const flags = (ref: ColumnRef | null) => ref === null ? null : read(ref) as Uint8Array;
    const codes = (ref: ColumnRef | null) => ref === null ? null : read(ref) as Int32Array;
    return {
      signals: {
        enterLong: flags(signals.enterLong),
        exitLong: flags(signals.exitLong),
        enterShort: flags(signals.enterShort),
        exitShort: flags(signals.exitShort),
        enterTag: codes(signals.enterTag),
        exitTag: codes(signals.exitTag),
      },
      columns: new Map(asked.map(({ name, column }) => [name, read(column)])),
    };
  });
}

function checkSeries(program: Program, { series }: ProgramRun): void {
  if (series.length !== program.series.length) {
    throw new RangeError(
      `The program reads ${program.series.length} series of candles, ${series.length} are given`,
    );
  }
}

/** A slot lowered as a whole number chose kernels for whole numbers. */
function slotValues(program: Program, given: ProgramRun["slots"]): number[] {
  return program.slots.map(({ name, type, default: standard }) => {
    const value = given?.[name] ?? standard;
    if (type === "real" || Number.isInteger(value)) return value;
    throw new RangeError(`Cannot bind slot "${name}": ${value} is not a whole number`);
  });
}

/** Computes the nodes that `roots` need; a column is used again once its last reader has run. */
function execute(
  core: CoreMemory,
  program: Program,
  run: ProgramRun,
  roots: readonly ColumnRef[],
): (ref: ColumnRef) => ColumnArray {
  const uses = lastUses(program, roots);
  const slots = slotValues(program, run.slots);
  const placed = new Map<number, readonly PlacedColumn[]>();
  const pool = new ColumnPool(core);
  for (const [index, node] of program.nodes.entries()) {
    if (!uses.has(index)) continue;
    const length = run.series[node.series]?.date.length ?? 0;
    placed.set(
      index,
      node.op === "input"
        ? [loadInput(core, node, run)]
        : callNode(core, node, { placed, pool, slots, length }),
    );
    for (const done of readBy(node)) {
      if (uses.get(done) !== index) continue;
      for (const column of placed.get(done) ?? []) pool.give(column);
      placed.delete(done);
    }
  }
  return ({ node, output }) => core.read(columnAt(placed, { node, output }));
}

/** Per needed node the last node that reads it; Infinity for what is asked for. */
function lastUses(program: Program, roots: readonly ColumnRef[]): Map<number, number> {
  const uses = new Map<number, number>(roots.map(({ node }) => [node, Infinity]));
  for (let index = program.nodes.length - 1; index >= 0; index--) {
    const node = program.nodes[index];
    if (node === undefined || !uses.has(index)) continue;
    for (const input of readBy(node)) if (!uses.has(input)) uses.set(input, index);
  }
  return uses;
}

function readBy(node: ProgramNode): Set<number> {
  return new Set(node.op === "input" ? [] : node.inputs.map((input) => input.node));
}

function loadInput(
  core: CoreMemory,
  node: ProgramNode & { op: "input" },
  run: ProgramRun,
): PlacedColumn {
  const candles = run.series[node.series];
  if (candles === undefined) throw new RangeError(`Series ${node.series} of candles is missing`);
  return core.loadColumn(node.outputs[0] ?? "f64", candles[node.field]);
}

interface NodeCall {
  readonly placed: ReadonlyMap<number, readonly PlacedColumn[]>;
  readonly pool: ColumnPool;
  readonly slots: readonly number[];
  readonly length: number;
}

function callNode(
  core: CoreMemory,
  node: ProgramNode & { op: "kernel" },
  { placed, pool, slots, length }: NodeCall,
): readonly PlacedColumn[] {
  const row = findKernel(node.kernel);
  if (row === undefined) throw new Error(`The core has no kernel "${node.kernel}"`);
  const outputs = node.outputs.map((type) => pool.take(type, length));
  callKernelInto(core, row, {
    inputs: node.inputs.map((ref) => columnAt(placed, ref)),
    parameters: node.parameters.map((scalar) => scalarValue(scalar, slots)),
    outputs,
    length,
  });
  return outputs;
}

function scalarValue(scalar: Scalar, slots: readonly number[]): number {
  return scalar.kind === "const" ? scalar.value : slots[scalar.slot] ?? NaN;
}

function columnAt(
  placed: ReadonlyMap<number, readonly PlacedColumn[]>,
  { node, output }: ColumnRef,
): PlacedColumn {
  const column = placed.get(node)?.[output];
  if (column === undefined) throw new Error(`The program reads node ${node} before it is computed`);
  return column;
}

/** Columns of one run that nobody reads any more, by type and length. */
class ColumnPool {
  readonly #core: CoreMemory;
  readonly #free = new Map<string, PlacedColumn[]>();

  constructor(core: CoreMemory) {
    this.#core = core;
  }

  take(type: ColumnType, length: number): PlacedColumn {
    return this.#free.get(`${type} ${length}`)?.pop() ?? this.#core.allocateColumn(type, length);
  }

  give(column: PlacedColumn): void {
    const key = `${column.type} ${column.length}`;
    const free = this.#free.get(key);
    if (free === undefined) this.#free.set(key, [column]);
    else free.push(column);
  }
}
