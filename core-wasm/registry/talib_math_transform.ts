/** TA-Lib: Math Transform. */
import type { KernelRow } from "../kernel.ts";
import { talib } from "./talib_row.ts";

const GROUP = "Math Transform";

export const TALIB_MATH_TRANSFORM: readonly KernelRow[] = [
  talib("ACOS", {
    group: GROUP,
    inputs: ["real"],
    summary: "Vector Trigonometric ACos",
  }),
  talib("ASIN", {
    group: GROUP,
    inputs: ["real"],
    summary: "Vector Trigonometric ASin",
  }),
  talib("ATAN", {
    group: GROUP,
    inputs: ["real"],
    summary: "Vector Trigonometric ATan",
  }),
  talib("CEIL", {
    group: GROUP,
    inputs: ["real"],
    summary: "Vector Ceil",
  }),
  talib("COS", {
    group: GROUP,
    inputs: ["real"],
    summary: "Vector Trigonometric Cos",
  }),
  talib("COSH", {
    group: GROUP,
    inputs: ["real"],
    summary: "Vector Trigonometric Cosh",
  }),
  talib("EXP", {
    group: GROUP,
    inputs: ["real"],
    summary: "Vector Arithmetic Exp",
  }),
  talib("FLOOR", {
    group: GROUP,
    inputs: ["real"],
    summary: "Vector Floor",
  }),
  talib("LN", {
    group: GROUP,
    inputs: ["real"],
    summary: "Vector Log Natural",
  }),
  talib("LOG10", {
    group: GROUP,
    inputs: ["real"],
    summary: "Vector Log10",
  }),
  talib("SIN", {
    group: GROUP,
    inputs: ["real"],
    summary: "Vector Trigonometric Sin",
  }),
  talib("SINH", {
    group: GROUP,
    inputs: ["real"],
    summary: "Vector Trigonometric Sinh",
  }),
  talib("SQRT", {
    group: GROUP,
    inputs: ["real"],
    summary: "Vector Square Root",
  }),
  talib("TAN", {
    group: GROUP,
    inputs: ["real"],
    summary: "Vector Trigonometric Tan",
  }),
  talib("TANH", {
    group: GROUP,
    inputs: ["real"],
    summary: "Vector Trigonometric Tanh",
  }),
];
