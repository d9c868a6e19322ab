/** `technical.qtpylib` (also freqtrade's old copy of it). */
import { bindArguments } from "./arguments.ts";
import { toF64 } from "./casts.ts";
import { columnBinary } from "./column_operators.ts";
import { readColumn } from "./frames.ts";
import { type Range, refuse } from "./refusal.ts";
import {
  addKernel,
  type CallArguments,
  columnOf,
  raises,
  scalarOf,
  scalarType,
  type Session,
} from "./session.ts";
import { type ColumnValue, type FrameValue, int, typeName, type Value } from "./values.ts";

export function callQtpylib(session: Session, name: string, args: CallArguments): Value {
  switch (name) {
    case "crossed_above":
    case "crossed_below": {
      const bound = bindArguments(name, ["series1", "series2"], args);
      return crossed(session, name, bound.need("series1"), bound.need("series2"), args.at);
    }
    case "crossed":
      return crossedEither(session, args);
    case "typical_price":
      return price(session, "qtpylib_typical_price", ["high", "low", "close"], args);
    case "mid_price":
      return price(session, "qtpylib_mid_price", ["high", "low"], args);
    case "heikinashi":
      return heikinashi(session, args);
    case "bollinger_bands":
      return bollingerBands(session, args);
  }
  refuse("unsupported_call", args.at, `Cannot call qtpylib's "${name}"`);
}

function crossed(
  session: Session,
  name: string,
  first: Value,
  second: Value,
  at: Range,
): ColumnValue {
  if (first.kind !== "column") {
    raises(at, `${name} needs a column first, not ${typeName(first)}`);
  }
  const series1 = crossable(session, first, at);
  const kernel = `qtpylib_${name}`;
  if (second.kind === "column") {
    const inputs = [series1, crossable(session, second, at)];
    return columnOf(addKernel(session, { kernel, inputs, at }), "bool", { series: first.series });
  }
  const type = scalarType(second);
  if (type !== "int" && type !== "float") {
    refuse("unsupported_argument", at, `Cannot cross a column with ${typeName(second)}`);
  }
  const parameters = [scalarOf(session, second, at)];
  return columnOf(
    addKernel(session, { kernel: `${kernel}_const`, inputs: [series1], parameters, at }),
    "bool",
    { series: first.series },
  );
}

/** Booleans become objects when shifted, which then do not compare as numbers do. */
function crossable(session: Session, column: ColumnValue, at: Range): ColumnValue {
  if (column.dtype === "bool") {
    refuse("unsupported_argument", at, "Cannot cross a column of true and false");
  }
  return toF64(session, column, at);
}

function crossedEither(session: Session, args: CallArguments): ColumnValue {
  const { at } = args;
  const bound = bindArguments("crossed", ["series1", "series2", "direction"], args);
  const direction = bound.get("direction") ?? { kind: "none" };
  const first = bound.need("series1");
  const second = bound.need("series2");
  if (direction.kind === "none") {
    const above = crossed(session, "crossed_above", first, second, at);
    const below = crossed(session, "crossed_below", first, second, at);
    return columnBinary(session, "|", above, below, at);
  }
  if (direction.kind === "str" && (direction.value === "above" || direction.value === "below")) {
    return crossed(session, `crossed_${direction.value}`, first, second, at);
  }
  refuse("unsupported_argument", at, "Cannot use this direction", 'Use "above" or "below"');
}

function frameOf(name: string, args: CallArguments): FrameValue {
  const bars = bindArguments(name, ["bars"], args).need("bars");
  if (bars.kind === "frame") return bars;
  refuse("unsupported_argument", args.at, `${name} needs a dataframe, not ${typeName(bars)}`);
}

function floats(frame: FrameValue, names: readonly string[], at: Range) {
  return names.map((name) => {
    const column = readColumn(frame, name, at);
    if (column.dtype === "f64") return column;
    refuse("unsupported_argument", at, `Cannot use "${name}" of type ${column.dtype} here`);
  });
}

function price(
  session: Session,
  kernel: string,
  names: readonly string[],
  args: CallArguments,
): ColumnValue {
  const frame = frameOf(kernel.slice("qtpylib_".length), args);
  const inputs = floats(frame, names, args.at);
  return columnOf(addKernel(session, { kernel, inputs, at: args.at }), "f64", frame);
}

function heikinashi(session: Session, args: CallArguments): FrameValue {
  const frame = frameOf("heikinashi", args);
  const names = ["open", "high", "low", "close"];
  const inputs = floats(frame, names, args.at);
  const { node } = addKernel(session, { kernel: "qtpylib_heikinashi", inputs, at: args.at });
  return resultFrame(frame.series, node, names);
}

function bollingerBands(session: Session, args: CallArguments): FrameValue {
  const { at } = args;
  const bound = bindArguments("bollinger_bands", ["series", "window", "stds"], args);
  const series = bound.need("series");
  if (series.kind !== "column" || series.dtype !== "f64" || series.array) {
    refuse(
      "unsupported_argument",
      at,
      `bollinger_bands needs a series of floats, not ${typeName(series)}`,
    );
  }
  const window = bound.get("window") ?? int(20);
  const stds = bound.get("stds") ?? int(2);
  if (scalarType(window) !== "int") raises(at, "the window must be a whole number");
  if (scalarType(stds) === null) raises(at, "the number of deviations must be a number");
  const { node } = addKernel(session, {
    kernel: "qtpylib_bollinger_bands",
    inputs: [series],
    parameters: [scalarOf(session, window, at), scalarOf(session, stds, at)],
    at,
  });
  return resultFrame(series.series, node, ["upper", "mid", "lower"]);
}

function resultFrame(series: number, node: number, names: readonly string[]): FrameValue {
  const columns = new Map(
    names.map((name, output) => [name, columnOf({ node, output }, "f64", { series })]),
  );
  return { kind: "frame", columns, series, writable: false };
}
