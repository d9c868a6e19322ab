/** TA-Lib: Math Transform. */
import type { KernelRow } from "../kernel.ts";
import { talib } from "./talib_row.ts";

const GROUP = "Math Transform";

export const TALIB_MATH_TRANSFORM: readonly KernelRow[] = [
  talib("ACOS", {
    group: GROUP,
    inputs: ["real"],
    summary: "Angle in radians whose cosine the value is",
  }),
  talib("ASIN", {
    group: GROUP,
    inputs: ["real"],
    summary: "Angle in radians whose sine the value is",
  }),
  talib("ATAN", {
    group: GROUP,
    inputs: ["real"],
    summary: "Angle in radians whose tangent the value is",
  }),
  talib("CEIL", {
    group: GROUP,
    inputs: ["real"],
    summary: "Value rounded up to a whole number",
  }),
  talib("COS", {
    group: GROUP,
    inputs: ["real"],
    summary: "Cosine of the value, taken as radians",
  }),
  talib("COSH", {
    group: GROUP,
    inputs: ["real"],
    summary: "Hyperbolic cosine of the value",
  }),
  talib("EXP", {
    group: GROUP,
    inputs: ["real"],
    summary: "e to the power of the value",
  }),
  talib("FLOOR", {
    group: GROUP,
    inputs: ["real"],
    summary: "Value rounded down to a whole number",
  }),
  talib("LN", {
    group: GROUP,
    inputs: ["real"],
    summary: "Natural logarithm of the value",
  }),
  talib("LOG10", {
    group: GROUP,
    inputs: ["real"],
    summary: "Logarithm of the value to base 10",
  }),
  talib("SIN", {
    group: GROUP,
    inputs: ["real"],
    summary: "Sine of the value, taken as radians",
  }),
  talib("SINH", {
    group: GROUP,
    inputs: ["real"],
    summary: "Hyperbolic sine of the value",
  }),
  talib("SQRT", {
    group: GROUP,
    inputs: ["real"],
    summary: "Square root of the value",
  }),
  talib("TAN", {
    group: GROUP,
    inputs: ["real"],
    summary: "Tangent of the value, taken as radians",
  }),
  talib("TANH", {
    group: GROUP,
    inputs: ["real"],
    summary: "Hyperbolic tangent of the value",
  }),
];
