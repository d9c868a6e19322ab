/** The core that computes for requests; it and what serves it load with the first that needs them. */
import type { CoreMemory } from "../../core-wasm/mod.ts";

const MEMORY_BYTES_MAX = 268_435_456;

export interface Indicators {
  /** The core, made anew when its memory has grown too far. */
  core(): Promise<CoreMemory>;
}

export function createIndicators(): Indicators {
  let module: Promise<WebAssembly.Module> | null = null;
  let core: CoreMemory | null = null;
  return {
    async core() {
      const { CoreMemory, readCoreModule } = await import("../../core-wasm/mod.ts");
      module ??= readCoreModule();
      if (core !== null && core.memoryBytes <= MEMORY_BYTES_MAX) return core;
      core = new CoreMemory(await module);
      return core;
    },
  };
}
