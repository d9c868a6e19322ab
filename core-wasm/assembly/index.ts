/** What the compute core exports. Every kernel and the engine join here and nowhere else. */
import { IS_HARDWARE } from "./indicators/shared/fma";

export * from "./backtest/index";
export * from "./decimal/index";
export * from "./indicators/index";

/** The first byte the facade's arena may use; the core itself never allocates. */
export function heapBase(): usize {
  return __heap_base;
}

/** Whether this module computes with the processor's fused multiply-add; the answers are the same. */
export function isFused(): bool {
  return IS_HARDWARE;
}
