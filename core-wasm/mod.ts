/**
 * The only door of the compute core. Columns go in and come out as typed arrays, or stay in core
 * memory as placed columns between calls; nothing outside core-wasm/ looks at a pointer.
 *
 * @example
 * ```ts
 * import { computeIndicator } from "./mod.ts";
 * import assert from "node:assert/strict";
 *
 * const { real } = computeIndicator("SMA", { real: [1, 2, 3, 4] }, { timeperiod: 2 });
 * assert.deepEqual(real, Float64Array.of(NaN, 1.5, 2.5, 3.5));
 * ```
 */
export {
  interpolateRows,
  type MatchOptions,
  matchRows,
  type PlacedCandles,
  resampleCandles,
  type ResampleOptions,
  smallestStepMs,
  takeRows,
} from "./align.ts";
export { type BatchJob, callKernelBatch } from "./batch.ts";
export { callKernel, callKernelInto, type KernelCall } from "./call_kernel.ts";
export type { Column, ColumnArray, ColumnType } from "./column.ts";
export {
  computeIndicator,
  type ComputeOptions,
  type IndicatorDescription,
  type IndicatorInput,
  listIndicators,
  loadColumn,
} from "./indicators.ts";
export * from "./engine.ts";
export type * from "./engine_types.ts";
export type { KernelInput, KernelOutput, KernelParameter, KernelRow } from "./kernel.ts";
export { KernelError } from "./kernel_error.ts";
export { CoreMemory, type CoreModuleOptions, type PlacedColumn, readCoreModule } from "./memory.ts";
export { findKernel, KERNELS } from "./registry/index.ts";
