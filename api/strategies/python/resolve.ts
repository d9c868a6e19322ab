/** A strategy's settings as freqtrade resolves them: configuration, parameter file, class, default. */
import { findAttribute } from "./classes.ts";
import { fromJson, toJson } from "./json_values.ts";
import type { ParameterFile } from "./parameters.ts";
import { type Range, refuse } from "./refusal.ts";
import { known } from "./scope.ts";
import {
  bool,
  type ClassValue,
  dict,
  float,
  int,
  isNumber,
  keyOf,
  NONE,
  numberOf,
  str,
  typeName,
  type Value,
} from "./values.ts";

/** Resolved settings; ratios are on the stake, times in minutes unless said otherwise. */
export interface StrategyAttributes {
  /** Null: neither class nor configuration names one. */
  readonly timeframe: string | null;
  readonly startupCandleCount: number;
  /** Ascending by minutes. */
  readonly minimalRoi: readonly { readonly minutes: number; readonly value: number }[];
  readonly stoploss: number;
  readonly trailingStop: boolean;
  readonly trailingStopPositive: number | null;
  readonly trailingStopPositiveOffset: number;
  readonly trailingOnlyOffsetIsReached: boolean;
  readonly useCustomStoploss: boolean;
  readonly useExitSignal: boolean;
  readonly exitProfitOnly: boolean;
  readonly exitProfitOffset: number;
  readonly ignoreRoiIfEntrySignal: boolean;
  /** Infinity: no limit. */
  readonly maxOpenTrades: number;
  readonly positionAdjustmentEnable: boolean;
  readonly maxEntryPositionAdjustment: number;
  readonly canShort: boolean;
  readonly processOnlyNewCandles: boolean;
  readonly ignoreBuyingExpiredCandleAfterSeconds: number;
  readonly interfaceVersion: number;
  readonly orderTypes: Readonly<Record<string, unknown>>;
  readonly orderTimeInForce: Readonly<Record<string, unknown>>;
  readonly unfilledTimeout: unknown;
  readonly protections: unknown;
  readonly plotConfig: unknown;
}

export interface Resolution {
  readonly attributes: StrategyAttributes;
  /** The same as the strategy's code sees them on `self`. */
  readonly values: ReadonlyMap<string, Value>;
}

const DEFAULTS: Readonly<Record<string, Value>> = {
  minimal_roi: dict(),
  timeframe: NONE,
  stoploss: NONE,
  trailing_stop: bool(false),
  trailing_stop_positive: NONE,
  trailing_stop_positive_offset: float(0),
  trailing_only_offset_is_reached: bool(false),
  use_custom_stoploss: bool(false),
  process_only_new_candles: bool(true),
  order_types: dict([
    [str("entry"), str("limit")],
    [str("exit"), str("limit")],
    [str("stoploss"), str("limit")],
    [str("stoploss_on_exchange"), bool(false)],
    [str("stoploss_on_exchange_interval"), int(60)],
  ]),
  order_time_in_force: dict([[str("entry"), str("GTC")], [str("exit"), str("GTC")]]),
  startup_candle_count: int(0),
  unfilledtimeout: NONE,
  use_exit_signal: bool(true),
  exit_profit_only: bool(false),
  exit_profit_offset: float(0),
  ignore_roi_if_entry_signal: bool(false),
  ignore_buying_expired_candle_after: int(0),
  position_adjustment_enable: bool(false),
  max_entry_position_adjustment: int(-1),
  max_open_trades: float(Infinity),
};

/** Not taken from the configuration. */
const OWN: Readonly<Record<string, Value>> = {
  can_short: bool(false),
  INTERFACE_VERSION: int(3),
  protections: { kind: "list", items: [], shared: true },
  plot_config: dict(),
};

/** Names of version 2; where a class has both, freqtrade takes the old one. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  exit_profit_only: "sell_profit_only",
  exit_profit_offset: "sell_profit_offset",
  use_exit_signal: "use_sell_signal",
  ignore_roi_if_entry_signal: "ignore_roi_if_buy_signal",
};

const ORDER_KEYS: Readonly<Record<string, string>> = {
  buy: "entry",
  sell: "exit",
  emergencysell: "emergency_exit",
  forcesell: "force_exit",
  forcebuy: "force_entry",
};

export function resolveAttributes(
  of: ClassValue,
  config: Readonly<Record<string, unknown>>,
  file: ParameterFile,
): Resolution {
  const values = new Map<string, Value>();
  for (const [name, standard] of Object.entries(DEFAULTS)) {
    const set = Object.hasOwn(config, name) && !isProperty(of, name)
      ? fromJson(config[name])
      : fileValue(file, name) ?? classValue(of, name);
    values.set(name, set ?? standard);
  }
  for (const [name, standard] of Object.entries(OWN)) {
    values.set(name, safeClassValue(of, name) ?? standard);
  }
  for (const name of ["order_types", "order_time_in_force", "unfilledtimeout"]) {
    values.set(name, renameKeys(values.get(name) ?? NONE));
  }
  return { attributes: attributesOf(of, values), values };
}

function isProperty(of: ClassValue, name: string): boolean {
  const found = findAttribute(of, name)?.value;
  return found?.kind === "function" && found.binding === "property";
}

function classValue(of: ClassValue, name: string): Value | undefined {
  const old = OLD_NAMES[name];
  const found = (old === undefined ? null : findAttribute(of, old)) ?? findAttribute(of, name);
  return found === null ? undefined : known(found.value);
}

/** Settings that no backtest depends on may stay unknown. */
function safeClassValue(of: ClassValue, name: string): Value | undefined {
  const found = findAttribute(of, name)?.value;
  return found?.kind === "unknown" || found?.kind === "function" ? undefined : found;
}

const TRAILING = new Set([
  "trailing_stop",
  "trailing_stop_positive",
  "trailing_stop_positive_offset",
  "trailing_only_offset_is_reached",
]);

function fileValue(file: ParameterFile, name: string): Value | undefined {
  const held = name === "minimal_roi"
    ? file.roi
    : TRAILING.has(name)
    ? file.trailing?.[name]
    : name === "stoploss" || name === "max_open_trades"
    ? file[name]?.[name]
    : undefined;
  return held === undefined ? undefined : fromJson(held);
}

function renameKeys(value: Value): Value {
  if (value.kind !== "dict") return value;
  return dict(
    [...value.entries.values()].map(([key, held]): [Value, Value] => {
      const renamed = key.kind === "str" ? ORDER_KEYS[key.value] : undefined;
      return [renamed === undefined ? key : str(renamed), held];
    }),
  );
}

function attributesOf(of: ClassValue, values: ReadonlyMap<string, Value>): StrategyAttributes {
  const read = reader(of, values);
  return {
    timeframe: read.text("timeframe"),
    startupCandleCount: read.number("startup_candle_count"),
    minimalRoi: roiTable(values.get("minimal_roi") ?? NONE, read.at("minimal_roi")),
    stoploss: read.number("stoploss"),
    trailingStop: read.flag("trailing_stop"),
    trailingStopPositive: read.optional("trailing_stop_positive"),
    trailingStopPositiveOffset: read.optional("trailing_stop_positive_offset") ?? 0,
    trailingOnlyOffsetIsReached: read.flag("trailing_only_offset_is_reached"),
    useCustomStoploss: read.flag("use_custom_stoploss"),
    useExitSignal: read.flag("use_exit_signal"),
    exitProfitOnly: read.flag("exit_profit_only"),
    exitProfitOffset: read.number("exit_profit_offset"),
    ignoreRoiIfEntrySignal: read.flag("ignore_roi_if_entry_signal"),
    maxOpenTrades: unlimited(read.number("max_open_trades")),
    positionAdjustmentEnable: read.flag("position_adjustment_enable"),
    maxEntryPositionAdjustment: read.number("max_entry_position_adjustment"),
    canShort: read.flag("can_short"),
    processOnlyNewCandles: read.flag("process_only_new_candles"),
    ignoreBuyingExpiredCandleAfterSeconds: read.number("ignore_buying_expired_candle_after"),
    interfaceVersion: read.number("INTERFACE_VERSION"),
    orderTypes: read.record("order_types", ["entry", "exit", "stoploss", "stoploss_on_exchange"]),
    orderTimeInForce: read.record("order_time_in_force", ["entry", "exit"]),
    unfilledTimeout: toJson(values.get("unfilledtimeout") ?? NONE) ?? null,
    protections: toJson(values.get("protections") ?? NONE) ?? null,
    plotConfig: toJson(values.get("plot_config") ?? NONE) ?? null,
  };
}

function unlimited(value: number): number {
  return value < 0 ? Infinity : value;
}

function reader(of: ClassValue, values: ReadonlyMap<string, Value>) {
  const at = (_name: string): Range => of.at;
  const value = (name: string) => values.get(name) ?? NONE;
  const wrong = (name: string, expected: string): never =>
    refuse(
      "invalid_attribute",
      at(name),
      `The attribute "${name}" of "${of.name}" must be ${expected}, found ${typeName(value(name))}`,
      value(name).kind === "none" ? `Set ${name} in the class` : "",
    );
  const optional = (name: string): number | null => {
    const held = value(name);
    if (held.kind === "none") return null;
    return isNumber(held) ? numberOf(held) : wrong(name, "a number");
  };
  return {
    at,
    optional,
    number: (name: string) => optional(name) ?? wrong(name, "a number"),
    flag: (name: string) => {
      const held = value(name);
      if (held.kind === "none") return false;
      return isNumber(held) ? numberOf(held) !== 0 : wrong(name, "true or false");
    },
    text: (name: string) => {
      const held = value(name);
      if (held.kind === "none") return null;
      return held.kind === "str" ? held.value : wrong(name, "a text such as '5m'");
    },
    record: (name: string, required: readonly string[]) => {
      const held = value(name);
      if (held.kind !== "dict") return wrong(name, "a dictionary");
      const missing = required.find((key) => !held.entries.has(keyOf(str(key)) ?? ""));
      if (missing !== undefined) {
        refuse("invalid_attribute", of.at, `"${name}" lacks "${missing}"`, "Add it");
      }
      return toJson(held) as Readonly<Record<string, unknown>>;
    },
  };
}

function roiTable(value: Value, at: Range): { minutes: number; value: number }[] {
  if (value.kind !== "dict") {
    refuse("invalid_attribute", at, "minimal_roi must be a dictionary of minutes to ratios");
  }
  const rows = new Map<number, number>();
  for (const [key, ratio] of value.entries.values()) {
    const minutes = key.kind === "str" && /^\s*[+-]?\d+\s*$/.test(key.value)
      ? Number(key.value)
      : isNumber(key)
      ? Math.trunc(numberOf(key))
      : NaN;
    if (!Number.isSafeInteger(minutes) || !isNumber(ratio)) {
      refuse("invalid_attribute", at, "minimal_roi must hold whole minutes and ratios");
    }
    rows.set(minutes, numberOf(ratio));
  }
  return [...rows].map(([minutes, ratio]) => ({ minutes, value: ratio })).sort((a, b) =>
    a.minutes - b.minutes
  );
}
