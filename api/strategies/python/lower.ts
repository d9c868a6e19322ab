/** One strategy class with bound parameters to one column program. */
import type {
  CandleField,
  ColumnRef,
  Program,
  ProgramSignals,
} from "../../../core-wasm/program.ts";
import { ProgramGraph } from "../ir/graph.ts";
import type { Budget } from "./budget.ts";
import { findAttribute } from "./classes.ts";
import { callValue } from "./execute.ts";
import { readColumn, wholeColumn } from "./frames.ts";
import { type LineIndex, type Range, refuse } from "./refusal.ts";
import {
  addKernel,
  type BoundParameter,
  type CallArguments,
  columnOf,
  raises,
  type Remark,
  type Session,
} from "./session.ts";
import type { Resolution } from "./resolve.ts";
import {
  type ClassValue,
  type ColumnValue,
  type FrameValue,
  typeName,
  type Value,
} from "./values.ts";

export interface LowerInput {
  readonly of: ClassValue;
  readonly resolution: Resolution;
  readonly parameters: ReadonlyMap<string, BoundParameter>;
  readonly budget: Budget;
  readonly lines: LineIndex;
  readonly config: Readonly<Record<string, unknown>>;
  readonly pair: string;
  readonly timeframe: string;
  readonly candleType: "spot" | "futures";
}

export interface Lowered {
  readonly program: Program;
  /** Parameters whose value shaped the program. */
  readonly pinned: ReadonlySet<string>;
  readonly configRead: ReadonlyMap<string, unknown>;
  readonly readsPair: boolean;
  readonly remarks: readonly Remark[];
}

/** A session in which no columns exist: the module's and the classes' own statements. */
export function evaluationSession(budget: Budget, lines: LineIndex): Session {
  return makeSession({ budget, lines }, null);
}

function makeSession(
  base: Pick<Session, "budget" | "lines"> & Partial<Session>,
  graph: ProgramGraph | null,
): Session {
  const session: Session = {
    graph,
    parameters: new Map(),
    attributes: new Map(),
    pinned: new Set(),
    configRead: new Map(),
    config: {},
    pair: "",
    readsPair: false,
    remarks: [],
    scopes: [],
    call: (callee: Value, args: CallArguments) => callValue(session, callee, args),
    ...base,
  };
  return session;
}

export function lowerStrategy(input: LowerInput): Lowered {
  const { budget, lines, parameters, config, pair } = input;
  const graph = new ProgramGraph();
  const attributes = input.resolution.values;
  const session = makeSession({ budget, lines, parameters, config, pair, attributes }, graph);
  const series = graph.addSeries({
    pair: null,
    timeframe: input.timeframe,
    candleType: input.candleType,
  });
  const candles = candleFrame(graph, series);
  const given = new Map(candles.columns);
  const frame = populate(session, input.of, candles);
  checkCandles(frame, given, input.of.at);
  const program = graph.finish(
    signalsOf(session, frame, input.of.at),
    [...frame.columns].map(([name, { ref }]) => ({ name, column: ref })),
  );
  return {
    program,
    pinned: session.pinned,
    configRead: session.configRead,
    readsPair: session.readsPair,
    remarks: session.remarks,
  };
}

const CANDLE_FIELDS: readonly CandleField[] = ["date", "open", "high", "low", "close", "volume"];

function candleFrame(graph: ProgramGraph, series: number): FrameValue {
  const columns = CANDLE_FIELDS.map((field): [string, ColumnValue] => {
    const dtype = field === "date" ? "time" : "f64";
    return [field, columnOf(graph.input(series, field), dtype, { series })];
  });
  return { kind: "frame", columns: new Map(columns), series, writable: true };
}

/** freqtrade trades on the frame's own prices, so a strategy that rewrites them trades on others. */
function checkCandles(
  frame: FrameValue,
  given: ReadonlyMap<string, ColumnValue>,
  at: Range,
): void {
  for (const [name, column] of given) {
    if (name === "volume" || sameColumn(frame.columns.get(name), column)) continue;
    refuse(
      "unsupported_statement",
      at,
      `Cannot change the candles: the strategy assigns to the column "${name}"`,
      "Write to a column of another name",
    );
  }
}

function sameColumn(a: ColumnValue | undefined, b: ColumnValue): boolean {
  return a?.ref.node === b.ref.node && a.ref.output === b.ref.output;
}

function populate(session: Session, of: ClassValue, candles: FrameValue): FrameValue {
  let frame = candles;
  if (findAttribute(of, "populate_indicators") !== null) {
    frame = callPopulate(session, of, "populate_indicators", frame);
  }
  frame = signalStep(session, of, frame, {
    methods: ["populate_entry_trend", "populate_buy_trend"],
    tag: "enter_tag",
    signal: "enter_long",
    old: "buy",
  });
  return signalStep(session, of, frame, {
    methods: ["populate_exit_trend", "populate_sell_trend"],
    tag: "exit_tag",
    signal: "exit_long",
    old: "sell",
  });
}

interface SignalStep {
  readonly methods: readonly [string, string];
  readonly tag: string;
  readonly signal: string;
  readonly old: string;
}

/** freqtrade clears the tag, calls the method, then renames version 2's column. */
function signalStep(
  session: Session,
  of: ClassValue,
  frame: FrameValue,
  step: SignalStep,
): FrameValue {
  const method = step.methods.find((name) => findAttribute(of, name) !== null);
  if (method === undefined) {
    refuse(
      "missing_method",
      of.at,
      `The class "${of.name}" has no method "${step.methods[0]}"`,
      `Define ${step.methods[0]}(self, dataframe, metadata)`,
    );
  }
  const before = frame.columns.get(step.tag);
  if (before !== undefined && before.dtype !== "str") {
    refuse("unsupported_operand", of.at, `The column "${step.tag}" must hold text`);
  }
  frame.columns.set(step.tag, wholeColumn(session, frame, { kind: "str", value: "" }, of.at));
  const result = callPopulate(session, of, method, frame);
  return renameOld(result, step, of.at);
}

function renameOld(frame: FrameValue, { signal, old }: SignalStep, at: Range): FrameValue {
  if (frame.columns.has(signal) || !frame.columns.has(old)) return frame;
  if (old === "buy" && frame.columns.has("buy_tag")) {
    refuse(
      "unsupported_operand",
      at,
      'Cannot use "buy_tag": renaming it gives the dataframe two columns "enter_tag"',
      'Write to "enter_long" and "enter_tag"',
    );
  }
  const columns = new Map(
    [...frame.columns].map(([name, column]) => [name === old ? signal : name, column]),
  );
  return { ...frame, columns };
}

function callPopulate(
  session: Session,
  of: ClassValue,
  name: string,
  frame: FrameValue,
): FrameValue {
  const found = findAttribute(of, name);
  const held = found?.value;
  if (held?.kind === "unknown") refuse(held.code, held.at, held.message, held.hint);
  if (found === null || held?.kind !== "function") {
    refuse("missing_method", of.at, `"${name}" is not a method`);
  }
  const at = held.node.kind === "function" ? held.node.nameAt : of.at;
  const self: Value = { kind: "instance", of };
  const metadata: Value = { kind: "external", path: "metadata" };
  const result = session.call({ kind: "method", self, callee: held, owner: found.owner }, {
    positional: [frame, metadata],
    named: new Map(),
    at,
  });
  if (result.kind === "frame" && result.series === frame.series && result.writable) return result;
  raises(
    at,
    `${name} answers ${typeName(result)} instead of the dataframe it was given`,
    "End with `return dataframe`",
  );
}

function signalsOf(session: Session, frame: FrameValue, at: Range): ProgramSignals {
  const signal = (name: string) => signalOf(session, frame, name, at);
  return {
    enterLong: signal("enter_long"),
    exitLong: signal("exit_long"),
    enterShort: signal("enter_short"),
    exitShort: signal("exit_short"),
    enterTag: tagOf(frame, "enter_tag", at),
    exitTag: tagOf(frame, "exit_tag", at),
  };
}

/**
 * freqtrade asks for `== 1` in one place and for truth in another; only for columns of 0, 1 and
 * nothing do both agree, so others are not taken.
 */
function signalOf(
  session: Session,
  frame: FrameValue,
  name: string,
  at: Range,
): ColumnRef | null {
  if (!frame.columns.has(name)) return null;
  const column = readColumn(frame, name, at);
  if (!column.flag || column.dtype === "str") {
    refuse(
      "invalid_value",
      at,
      `Cannot use "${name}" as a signal: its values are not proven to be 0 or 1`,
      `Write dataframe.loc[mask, "${name}"] = 1`,
    );
  }
  if (column.dtype === "bool") return column.ref;
  const whole = column.dtype === "i64";
  return addKernel(session, {
    kernel: whole ? "eq_int_const" : "eq_const",
    inputs: [column],
    parameters: [1],
    at,
  });
}

function tagOf(frame: FrameValue, name: string, at: Range): ColumnRef | null {
  const column = frame.columns.get(name);
  if (column === undefined) return null;
  if (column.dtype === "str") return column.ref;
  refuse("invalid_value", at, `Cannot use "${name}" as a tag: it does not hold text`);
}
