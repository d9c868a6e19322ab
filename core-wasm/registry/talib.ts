/** All rows of TA-Lib, group by group. */
import type { KernelRow } from "../kernel.ts";
import { TALIB_MOMENTUM } from "./talib_momentum.ts";
import { TALIB_OVERLAP } from "./talib_overlap.ts";
import { TALIB_VOLATILITY } from "./talib_volatility.ts";
import { TALIB_VOLUME } from "./talib_volume.ts";

export const TALIB: readonly KernelRow[] = [
  ...TALIB_MOMENTUM,
  ...TALIB_OVERLAP,
  ...TALIB_VOLATILITY,
  ...TALIB_VOLUME,
];
