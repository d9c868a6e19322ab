/** Rolling, expanding and exponentially weighted windows of pandas. */
import type { KernelParameter, KernelRow } from "../kernel.ts";
import { integer, kernelRow, real } from "./row.ts";

const ROWS_MAX = 2 ** 31 - 1;
/** Up to this window the values are kept sorted; beyond it they are counted in a tree. */
const SORTED_MAX = 512;
const STATE_BYTES = 128;
/** Rows behind the current one that a window may end at; more would be all missing rows. */
const END_MAX = 1_000_000;
const DDOF = integer("ddof", 1, 0, ROWS_MAX);
const INTERPOLATION = choice("interpolation", {
  linear: 0,
  lower: 1,
  higher: 2,
  nearest: 3,
  midpoint: 4,
});
const RANKING = [
  choice("method", { average: 0, min: 1, max: 2 }),
  integer("ascending", 1, 0, 1),
  integer("pct", 0, 0, 1),
];

type Bytes = (length: number, window: number) => number;

interface Statistic {
  readonly name: string;
  readonly inputs?: readonly string[];
  readonly parameters?: readonly KernelParameter[];
  /** The least number of values a result needs. */
  readonly least?: number;
  /** One more value than the third parameter is needed. */
  readonly hasDdof?: boolean;
  readonly scratch?: Bytes;
  /** Its rolling window has a batch form. */
  readonly hasBatch?: boolean;
  /** False: pandas' answer behind the last row is the stale one of the row before, so none is given. */
  readonly mayEndLater?: boolean;
  readonly summary: string;
}

const STATISTICS: readonly Statistic[] = [
  { name: "mean", hasBatch: true, summary: "Mean" },
  { name: "sum", hasBatch: true, summary: "Sum" },
  { name: "min", hasBatch: true, scratch: (length) => 4 * length, summary: "Smallest value" },
  { name: "max", hasBatch: true, scratch: (length) => 4 * length, summary: "Largest value" },
  { name: "std", hasBatch: true, hasDdof: true, parameters: [DDOF], summary: "Standard deviation" },
  { name: "var", hasDdof: true, parameters: [DDOF], summary: "Variance" },
  { name: "count", summary: "Number of values" },
  { name: "median", scratch: orderBytes, summary: "Median" },
  {
    name: "quantile",
    parameters: [real("quantile", 0.5, 0, 1), INTERPOLATION],
    scratch: orderBytes,
    summary: "Quantile",
  },
  {
    name: "rank",
    parameters: RANKING,
    scratch: orderBytes,
    mayEndLater: false,
    summary: "Rank of the newest value",
  },
  { name: "skew", least: 3, scratch: stateBytes, summary: "Skewness, unbiased" },
  { name: "kurt", least: 4, scratch: stateBytes, summary: "Excess kurtosis, unbiased" },
  {
    name: "cov",
    hasDdof: true,
    inputs: ["x", "y"],
    parameters: [DDOF],
    scratch: stateBytes,
    summary: "Covariance",
  },
  {
    name: "corr",
    least: 2,
    inputs: ["x", "y"],
    scratch: stateBytes,
    summary: "Correlation",
  },
];

const EWM_PARAMETERS: readonly KernelParameter[] = [
  real("value", 20, 0),
  choice("given", { com: 0, span: 1, halflife: 2, alpha: 3 }, 1),
  integer("min_periods", 0, 0, ROWS_MAX),
];
const ADJUST = integer("adjust", 1, 0, 1);
const IGNORE_NA = integer("ignore_na", 0, 0, 1);
const BIAS = integer("bias", 0, 0, 1);

export const WINDOW: readonly KernelRow[] = [
  ...STATISTICS.map(rolling),
  ...STATISTICS.map(expanding),
  ...STATISTICS.map(rollingAt),
  ewm("mean", "mean", [ADJUST, IGNORE_NA]),
  ewm("sum", "sum", [IGNORE_NA]),
  ewm("var", "variance", [ADJUST, IGNORE_NA, BIAS]),
  ewm("std", "standard deviation", [ADJUST, IGNORE_NA, BIAS]),
  ewm("cov", "covariance", [ADJUST, IGNORE_NA, BIAS], ["x", "y"]),
  ewm("corr", "correlation", [ADJUST, IGNORE_NA], ["x", "y"]),
];

/** A `min_periods` of 0 is pandas' None, as many as the window; -1 is pandas' 0. */
function rolling(statistic: Statistic): KernelRow {
  const { name, inputs = ["real"], parameters = [], scratch, summary } = statistic;
  return kernelRow("window", `rolling_${name}`, {
    group: "Rolling",
    inputs,
    parameters: [...windowParameters(), ...parameters],
    lookback: lookbackOf(statistic),
    scratch,
    hasBatch: statistic.hasBatch,
    summary: `${summary} of the window`,
  });
}

function rollingAt(statistic: Statistic): KernelRow {
  const { name, inputs = ["real"], parameters = [], scratch, mayEndLater = true } = statistic;
  const columns = inputs.length + 1;
  const end = integer("end", 0, -ROWS_MAX, mayEndLater ? END_MAX : 0);
  const lookback = lookbackOf(statistic);
  return kernelRow("window", `rolling_${name}_at`, {
    group: "Rolling",
    inputs,
    parameters: [...windowParameters(0), ...parameters, end],
    lookback: (window, minPeriods, ...rest) =>
      Math.max(0, lookback(window, minPeriods, ...rest) - (rest.at(-1) ?? 0)),
    scratch: (length, window, _minPeriods, ...rest) => {
      const rows = length + Math.max(0, rest.at(-1) ?? 0);
      return 8 * columns * rows + (scratch?.(rows, window) ?? 0);
    },
    ahead: (_window, _minPeriods, ...rest) => Math.max(0, rest.at(-1) ?? 0),
    summary: `${statistic.summary} of a window that ends so many rows after the current one`,
  });
}

function expanding(statistic: Statistic): KernelRow {
  const { name, inputs = ["real"], parameters = [], scratch, summary } = statistic;
  return kernelRow("window", `expanding_${name}`, {
    group: "Expanding",
    inputs,
    parameters: [integer("min_periods", 1, 0, ROWS_MAX), ...parameters],
    lookback: (minPeriods, ddof) =>
      name === "count" ? Math.max(0, minPeriods - 1) : neededBy(statistic, minPeriods, ddof) - 1,
    unstable: true,
    scratch: (length, minPeriods) => scratch?.(length, Math.max(length, minPeriods)) ?? 0,
    summary: `${summary} of all rows so far`,
  });
}

function ewm(
  name: string,
  meaning: string,
  parameters: readonly KernelParameter[],
  inputs: readonly string[] = ["real"],
): KernelRow {
  const isSpread = name !== "mean" && name !== "sum";
  return kernelRow("window", `ewm_${name}`, {
    group: "Exponentially weighted",
    inputs,
    parameters: [...EWM_PARAMETERS, ...parameters],
    lookback: (_value, _given, minPeriods, ...rest) =>
      Math.max(minPeriods - 1, isSpread && rest[2] !== 1 ? 1 : 0),
    unstable: true,
    scratch: name === "corr" ? (length) => 24 * length : undefined,
    summary: `Exponentially weighted ${meaning}`,
  });
}

function windowParameters(periodsMin = -1): KernelParameter[] {
  return [integer("window", 20, 1, ROWS_MAX), integer("min_periods", 0, periodsMin, ROWS_MAX)];
}

/** Rows before the first that can have a value. */
function lookbackOf(statistic: Statistic) {
  return (window: number, minPeriods: number, ...rest: number[]): number => {
    if (statistic.name === "count") return Math.max(0, minPeriods - 1);
    return neededBy(statistic, minPeriods === 0 ? window : minPeriods, rest[0]) - 1;
  };
}

function neededBy({ least = 1, hasDdof }: Statistic, minPeriods: number, ddof = 0): number {
  return Math.max(least, minPeriods, hasDdof === true ? ddof + 1 : 0);
}

/** The sorted values, or the values, codes, tree and two orders of a block of two windows. */
function orderBytes(length: number, window: number): number {
  const width = Math.min(length, window);
  return width <= SORTED_MAX ? 8 * (width + 1) : STATE_BYTES + 24 * (2 * width + 2);
}

function stateBytes(): number {
  return STATE_BYTES;
}

function choice(
  name: string,
  choices: Readonly<Record<string, number>>,
  value = 0,
): KernelParameter {
  const max = Math.max(...Object.values(choices));
  return { name, type: "choice", default: value, min: 0, max, choices };
}
