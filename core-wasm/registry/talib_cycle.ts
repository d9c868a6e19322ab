/** TA-Lib: Cycle Indicators. */
import type { KernelRow } from "../kernel.ts";
import { of } from "./row.ts";
import { CYCLE_BYTES, HILBERT_BYTES, talib } from "./talib_row.ts";

const GROUP = "Cycle Indicators";

export const TALIB_CYCLE: readonly KernelRow[] = [
  talib("HT_DCPERIOD", {
    group: GROUP,
    inputs: ["real"],
    lookback: () => 32,
    unstable: true,
    scratch: () => HILBERT_BYTES,
    summary: "Hilbert Transform - Dominant Cycle Period",
  }),
  talib("HT_DCPHASE", {
    group: GROUP,
    inputs: ["real"],
    lookback: () => 63,
    unstable: true,
    scratch: () => CYCLE_BYTES,
    summary: "Hilbert Transform - Dominant Cycle Phase",
  }),
  talib("HT_PHASOR", {
    group: GROUP,
    inputs: ["real"],
    outputs: ["inphase", "quadrature"],
    lookback: () => 32,
    unstable: true,
    scratch: () => HILBERT_BYTES,
    summary: "Hilbert Transform - Phasor Components",
  }),
  talib("HT_SINE", {
    group: GROUP,
    inputs: ["real"],
    outputs: ["sine", "leadsine"],
    lookback: () => 63,
    unstable: true,
    scratch: () => CYCLE_BYTES,
    summary: "Hilbert Transform - SineWave",
  }),
  talib("HT_TRENDMODE", {
    group: GROUP,
    inputs: ["real"],
    outputs: of("i32", "integer"),
    lookback: () => 63,
    unstable: true,
    scratch: () => CYCLE_BYTES,
    summary: "Hilbert Transform - Trend vs Cycle Mode",
  }),
];
