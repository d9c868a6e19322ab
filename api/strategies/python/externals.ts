/** Calls of library functions, by canonical path. */
import { bindArguments } from "./arguments.ts";
import { callBuiltin } from "./builtins.ts";
import { iterate } from "./iterate.ts";
import { makeParameter, PARAMETER_CLASSES } from "./parameters.ts";
import { callNumpy } from "./numpy.ts";
import { callQtpylib } from "./qtpylib.ts";
import { type Range, refuse } from "./refusal.ts";
import { type CallArguments, needString, raises, type Session } from "./session.ts";
import { metadataItem } from "./subscript.ts";
import { callTalib } from "./talib.ts";
import { int, list, NONE, type Value } from "./values.ts";

export function callExternal(session: Session, path: string, args: CallArguments): Value {
  const dot = path.lastIndexOf(".");
  const library = path.slice(0, dot);
  const name = path.slice(dot + 1);
  switch (library) {
    case "builtins":
      return callBuiltin(session, name, args);
    case "talib.abstract":
      return callTalib(session, name, args);
    case "qtpylib":
      return callQtpylib(session, name, args);
    case "numpy":
      return callNumpy(session, name, args);
    case "freqtrade.strategy":
      if (PARAMETER_CLASSES[name] !== undefined) return makeParameter(name, args);
      break;
    case "metadata":
      if (name !== "get") break;
      return metadataItem(
        session,
        needString(session, bindArguments("get", ["key"], args).need("key"), args.at),
        args.at,
      );
    case "logging":
      if (name === "getLogger") return { kind: "external", path: "logging.getLogger()" };
      break;
    case "super(freqtrade.strategy.IStrategy)":
      if (name === "informative_pairs") return list([]);
      if (name === "__init__") return NONE;
      if (/^populate_(indicators|(entry|exit|buy|sell)_trend)$/.test(name)) {
        return args.positional[0] ?? raises(args.at, `${name} needs the dataframe`);
      }
      break;
  }
  const unit = TIMEFRAME_UNITS[path];
  if (unit !== undefined) {
    const timeframe = bindArguments(name, ["timeframe"], args).need("timeframe");
    return int(timeframeSeconds(needString(session, timeframe, args.at), args.at) / unit);
  }
  if (path === "functools.reduce") return reduce(session, args);
  refuse(
    "unsupported_call",
    args.at,
    `Cannot call "${path}"`,
    "Use TA-Lib, qtpylib or column operations for this",
  );
}

/** Seconds in the unit each of freqtrade's functions answers in. */
const TIMEFRAME_UNITS: Readonly<Record<string, number | undefined>> = {
  "freqtrade.strategy.timeframe_to_minutes": 60,
  "freqtrade.exchange.timeframe_to_minutes": 60,
  "freqtrade.strategy.timeframe_to_seconds": 1,
  "freqtrade.exchange.timeframe_to_seconds": 1,
};
const UNIT_SECONDS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400, w: 604_800 };

function timeframeSeconds(timeframe: string, at: Range): number {
  const [, count, unit] = /^([1-9]\d{0,3})([mhdw])$/.exec(timeframe) ?? [];
  const seconds = UNIT_SECONDS[unit ?? ""];
  if (count !== undefined && seconds !== undefined) return Number(count) * seconds;
  refuse("unsupported_argument", at, `Cannot use the timeframe "${timeframe}" here`);
}

function reduce(session: Session, args: CallArguments): Value {
  const bound = bindArguments("reduce", ["function", "iterable", "initial"], args);
  const callee = bound.need("function");
  const initial = bound.get("initial");
  const items = [...iterate(session, bound.need("iterable"), args.at)];
  if (initial !== undefined) items.unshift(initial);
  const [first, ...rest] = items;
  if (first === undefined) raises(args.at, "reduce() of an empty list");
  return rest.reduce(
    (total, item) =>
      session.call(callee, { positional: [total, item], named: new Map(), at: args.at }),
    first,
  );
}
