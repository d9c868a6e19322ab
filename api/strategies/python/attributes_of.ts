/** `object.name`, for reading. */
import { findAttribute } from "./classes.ts";
import { readColumn } from "./frames.ts";
import { parameterAttribute } from "./parameter_values.ts";
import { type Range, refuse } from "./refusal.ts";
import { canonicalPath, known } from "./scope.ts";
import type { Session } from "./session.ts";
import {
  type ClassValue,
  type ColumnValue,
  float,
  type FrameValue,
  type InstanceValue,
  int,
  str,
  typeName,
  type Value,
} from "./values.ts";

const CONSTANTS: Readonly<Record<string, Value>> = {
  "math.pi": float(Math.PI),
  "math.e": float(Math.E),
  "math.inf": float(Infinity),
  "math.nan": float(NaN),
  "numpy.pi": float(Math.PI),
  "numpy.inf": float(Infinity),
  "numpy.nan": float(NaN),
  "freqtrade.strategy.IStrategy.INTERFACE_VERSION": int(3),
};

export function attributeOf(session: Session, object: Value, name: string, at: Range): Value {
  switch (object.kind) {
    case "external": {
      const path = canonicalPath(`${object.path}.${name}`);
      return CONSTANTS[path] ?? { kind: "external", path };
    }
    case "instance":
      return instanceAttribute(session, object, name, at);
    case "class":
      return classAttribute(object, name, at);
    case "parameter":
      return parameterAttribute(session, object.spec, name, at);
    case "frame":
      return frameAttribute(object, name, at);
    case "column":
      return columnAttribute(object, name, at);
    case "list":
    case "tuple":
    case "dict":
    case "set":
    case "str":
    case "window":
      return { kind: "native", self: object, name };
    case "slot":
    case "int":
    case "float":
      if (name === "real") return object;
      break;
  }
  refuse("unsupported_attribute", at, `Cannot use the attribute "${name}" of ${typeName(object)}`);
}

/** What freqtrade gives every strategy beside the class's own attributes. */
const PROVIDED = new Set(["dp", "config", "wallets"]);

function instanceAttribute(
  session: Session,
  object: InstanceValue,
  name: string,
  at: Range,
): Value {
  const resolved = session.attributes.get(name);
  if (resolved !== undefined) return known(resolved);
  const found = findAttribute(object.from ?? object.of, name);
  if (found === null) {
    if (PROVIDED.has(name)) return { kind: "external", path: `self.${name}` };
    refuse(
      "unsupported_attribute",
      at,
      `The strategy has no attribute "${name}"`,
      "Define it in the class",
    );
  }
  const value = known(found.value);
  if (value.kind !== "function" || value.binding === "static") return value;
  const instance: Value = { kind: "instance", of: object.of };
  const self = value.binding === "class" ? object.of : instance;
  const method: Value = { kind: "method", self, callee: value, owner: found.owner };
  if (value.binding !== "property") return method;
  return session.call(method, { positional: [], named: new Map(), at });
}

function classAttribute(object: ClassValue, name: string, at: Range): Value {
  if (name === "__name__") return str(object.name);
  const found = findAttribute(object, name);
  if (found !== null) return known(found.value);
  refuse("unsupported_attribute", at, `The class "${object.name}" has no attribute "${name}"`);
}

/**
 * Attributes that a dataframe has for itself once qtpylib was imported, or that pandas defines:
 * a column of that name is not reached by `frame.name`.
 */
const SHADOWING = new Set(
  ("T abs add agg align all any apply assign astype at attrs axes bfill clip columns combine compare " +
    "copy corr count cov cummax cummin cumprod cumsum describe diff div divide dot drop dropna dtypes " +
    "empty eq equals eval ewm expanding explode ffill fillna filter first flags floordiv ge get groupby " +
    "gt head hist iat idxmax idxmin iloc index info insert interpolate isin isna isnull items iterrows " +
    "itertuples join keys kurt kurtosis last le loc lt map mask max mean median melt merge min mod mode " +
    "mul multiply ndim ne nlargest notna notnull nsmallest nunique pipe pivot plot pop pow prod product " +
    "quantile query rank reindex rename replace resample rolling round sample select sem shape shift " +
    "size skew sort_index sort_values sparse squeeze stack std style sub subtract sum tail take transform " +
    "transpose unstack update value_counts values var where xs session atr bollinger_bands cci crossed " +
    "crossed_above crossed_below heikinashi hull_moving_average ibs implied_volatility keltner_channel " +
    "log_returns macd returns roc rolling_max rolling_min rolling_mean rolling_std rsi stoch zscore pvt " +
    "chopiness tdi true_range mid_price typical_price vwap rolling_vwap weighted_bollinger_bands " +
    "rolling_weighted_mean sma wma ema hma zlsma zlwma zlema zlhma zlma").split(" "),
);

function frameAttribute(frame: FrameValue, name: string, at: Range): Value {
  if (name === "loc" || name === "iloc" || name === "at" || name === "iat") {
    return { kind: "accessor", owner: frame, name };
  }
  if (!SHADOWING.has(name) && frame.columns.has(name)) return readColumn(frame, name, at);
  if (frame.columns.has(name)) {
    refuse(
      "unsupported_attribute",
      at,
      `"${name}" is a name of the dataframe itself, not the column`,
      `Write dataframe["${name}"]`,
    );
  }
  return { kind: "native", self: frame, name };
}

function columnAttribute(column: ColumnValue, name: string, at: Range): Value {
  if (name === "values") return { ...column, array: true };
  if (name === "dt" || name === "str" || name === "iloc" || name === "loc" || name === "iat") {
    return { kind: "accessor", owner: column, name };
  }
  if (!column.array) return { kind: "native", self: column, name };
  refuse(
    "unsupported_attribute",
    at,
    `Cannot use "${name}" on a numpy array`,
    "Assign the array to a column of the dataframe and use that column",
  );
}
