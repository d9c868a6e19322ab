/** The kernels of every family. */
export * from "./column/index";
export * from "./qtpylib/index";
export * from "./talib/index";
export * from "./talib_batch/index";
export * from "./talib_patterns/index";
export * from "./technical/index";
export * from "./time/index";
export * from "./window/index";
export * from "./window_batch/index";
