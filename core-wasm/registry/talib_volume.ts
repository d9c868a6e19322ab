/** TA-Lib: Volume Indicators. */
import type { KernelRow } from "../kernel.ts";
import {
  averageLookback,
  averageScratch,
  columns,
  HLCV,
  matype,
  period,
  talib,
} from "./talib_row.ts";

const GROUP = "Volume Indicators";

export const TALIB_VOLUME: readonly KernelRow[] = [
  talib("AD", {
    group: GROUP,
    inputs: HLCV,
    unstable: true,
    summary: "Chaikin A/D Line",
  }),
  talib("ADOSC", {
    group: GROUP,
    inputs: HLCV,
    parameters: [period("fastperiod", 3), period("slowperiod", 10)],
    lookback: (fast, slow) => Math.max(fast, slow) - 1,
    unstable: true,
    summary: "Chaikin A/D Oscillator",
  }),
  talib("CMF", {
    group: GROUP,
    inputs: HLCV,
    parameters: [period("timeperiod", 20)],
    lookback: (timeperiod) => timeperiod - 1,
    scratch: (length) => columns(length),
    summary: "Chaikin Money Flow",
  }),
  talib("EFI", {
    group: GROUP,
    inputs: ["close", "volume"],
    parameters: [period("timeperiod", 13, 1)],
    lookback: (timeperiod) => timeperiod,
    scratch: (length) => columns(length),
    unstable: true,
    summary: "Elder's Force Index",
  }),
  talib("MARKETFI", {
    group: GROUP,
    inputs: ["high", "low", "volume"],
    summary: "Market Facilitation Index",
  }),
  talib("NVI", {
    group: GROUP,
    inputs: ["close", "volume"],
    unstable: true,
    summary: "Negative Volume Index",
  }),
  talib("OBV", {
    group: GROUP,
    inputs: ["real", "volume"],
    unstable: true,
    summary: "On Balance Volume",
  }),
  talib("PVI", {
    group: GROUP,
    inputs: ["close", "volume"],
    unstable: true,
    summary: "Positive Volume Index",
  }),
  talib("PVO", {
    group: GROUP,
    inputs: ["volume"],
    parameters: [period("fastperiod", 12), period("slowperiod", 26), matype("matype", 1)],
    lookback: (fast, slow, type) => averageLookback(Math.max(fast, slow), type),
    scratch: (length) => columns(length) + averageScratch(length),
    summary: "Percentage Volume Oscillator",
  }),
  talib("PVT", {
    group: GROUP,
    inputs: ["close", "volume"],
    unstable: true,
    summary: "Price Volume Trend",
  }),
  talib("RVOL", {
    group: GROUP,
    inputs: ["volume"],
    parameters: [period("timeperiod", 20, 1)],
    lookback: (timeperiod) => timeperiod,
    summary: "Relative Volume",
  }),
  talib("VWAP", {
    group: GROUP,
    inputs: HLCV,
    unstable: true,
    summary: "Volume Weighted Average Price",
  }),
];
