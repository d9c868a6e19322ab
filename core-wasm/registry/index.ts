/** Every kernel by name. A new registry file joins here. */
import type { KernelRow } from "../kernel.ts";
import { COLUMN_ARITHMETIC } from "./column_arithmetic.ts";
import { COLUMN_LOGIC } from "./column_logic.ts";
import { COLUMN_RUNNING } from "./column_running.ts";
import { COLUMN_SHAPE } from "./column_shape.ts";
import { QTPYLIB } from "./qtpylib.ts";
import { QTPYLIB_WINDOWS } from "./qtpylib_windows.ts";
import { TALIB } from "./talib.ts";
import { TECHNICAL } from "./technical.ts";
import { TECHNICAL_OTHERS } from "./technical_others.ts";
import { TECHNICAL_TA } from "./technical_ta.ts";
import { TIME } from "./time.ts";
import { WINDOW } from "./window.ts";

export const KERNELS: readonly KernelRow[] = [
  ...TALIB,
  ...COLUMN_ARITHMETIC,
  ...COLUMN_LOGIC,
  ...COLUMN_SHAPE,
  ...COLUMN_RUNNING,
  ...WINDOW,
  ...QTPYLIB,
  ...QTPYLIB_WINDOWS,
  ...TECHNICAL,
  ...TECHNICAL_OTHERS,
  ...TECHNICAL_TA,
  ...TIME,
];

const BY_NAME: ReadonlyMap<string, KernelRow> = new Map(KERNELS.map((row) => [row.name, row]));

/** The row of that name, or undefined; names are case-sensitive. */
export function findKernel(name: string): KernelRow | undefined {
  return BY_NAME.get(name);
}
