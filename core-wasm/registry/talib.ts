/** All rows of TA-Lib, group by group. */
import type { KernelRow } from "../kernel.ts";
import { TALIB_CYCLE } from "./talib_cycle.ts";
import { TALIB_DIRECTION } from "./talib_direction.ts";
import { TALIB_MATH_OPERATORS } from "./talib_math_operators.ts";
import { TALIB_MATH_TRANSFORM } from "./talib_math_transform.ts";
import { TALIB_MOMENTUM } from "./talib_momentum.ts";
import { TALIB_OSCILLATOR } from "./talib_oscillator.ts";
import { TALIB_OVERLAP } from "./talib_overlap.ts";
import { TALIB_PATTERNS } from "./talib_patterns.ts";
import { TALIB_PRICE } from "./talib_price.ts";
import { TALIB_STATISTIC } from "./talib_statistic.ts";
import { TALIB_VOLATILITY } from "./talib_volatility.ts";
import { TALIB_VOLUME } from "./talib_volume.ts";

export const TALIB: readonly KernelRow[] = [
  ...TALIB_CYCLE,
  ...TALIB_DIRECTION,
  ...TALIB_MATH_OPERATORS,
  ...TALIB_MATH_TRANSFORM,
  ...TALIB_MOMENTUM,
  ...TALIB_OSCILLATOR,
  ...TALIB_OVERLAP,
  ...TALIB_PATTERNS,
  ...TALIB_PRICE,
  ...TALIB_STATISTIC,
  ...TALIB_VOLATILITY,
  ...TALIB_VOLUME,
];
