/** TA-Lib: Cycle Indicators. */
import type { KernelRow } from "../kernel.ts";
import { of } from "./row.ts";
import { columns, CYCLE_BYTES, HILBERT_BYTES, talib } from "./talib_row.ts";

const GROUP = "Cycle Indicators";

export const TALIB_CYCLE: readonly KernelRow[] = [
  talib("HT_DCPERIOD", {
    group: GROUP,
    inputs: ["real"],
    lookback: () => 32,
    unstable: true,
    scratch: (length) => columns(length) + HILBERT_BYTES,
    summary: "Length in bars of the cycle that dominates the price, by Hilbert transform",
  }),
  talib("HT_DCPHASE", {
    group: GROUP,
    inputs: ["real"],
    lookback: () => 63,
    unstable: true,
    scratch: (length) => columns(length) + CYCLE_BYTES,
    summary: "Where in its dominant cycle the price is, in degrees, by Hilbert transform",
  }),
  talib("HT_PHASOR", {
    group: GROUP,
    inputs: ["real"],
    outputs: ["inphase", "quadrature"],
    lookback: () => 32,
    unstable: true,
    scratch: (length) => columns(length) + HILBERT_BYTES,
    summary:
      "The dominant cycle as a pair: its part in step with the price and the part a quarter turn behind",
  }),
  talib("HT_SINE", {
    group: GROUP,
    inputs: ["real"],
    outputs: ["sine", "leadsine"],
    lookback: () => 63,
    unstable: true,
    scratch: (length) => columns(length) + CYCLE_BYTES,
    summary:
      "Sine of the dominant cycle's phase, and the same 45 degrees ahead; their crossings mark turns",
  }),
  talib("HT_TRENDMODE", {
    group: GROUP,
    inputs: ["real"],
    outputs: of("i32", "integer"),
    lookback: () => 63,
    unstable: true,
    scratch: (length) => columns(length, 2) + CYCLE_BYTES,
    summary: "1 while the price trends, 0 while it cycles, by Hilbert transform",
  }),
];
