/** What the compute core exports. Every kernel and the engine join here and nowhere else. */
export * from "./backtest/index";
export * from "./decimal/index";
export * from "./indicators/index";

/** The first byte the facade's arena may use; the core itself never allocates. */
export function heapBase(): usize {
  return __heap_base;
}
