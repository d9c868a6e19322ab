/** The core's instance and its arena: the only code that turns columns into pointers. */
import { type Column, COLUMN_WIDTH, type ColumnArray, type ColumnType } from "./column.ts";
import { hasFusedMultiplyAdd } from "./multiply_add.ts";

const ALIGNMENT = 16;
const PAGE_BYTES = 65_536;

type MultiplyAdd = "fused" | "software";

/** Both modules answer the same bytes; the fused one takes the processor's multiply-add. */
const MODULES: Readonly<Record<MultiplyAdd, URL>> = {
  fused: new URL("dist/core-fused.wasm", import.meta.url),
  software: new URL("dist/core.wasm", import.meta.url),
};

/** Answers the engine's question `kind` about `trade`; `args` is a pointer into core memory. */
export type Ask = (kind: number, trade: number, args: number) => number;

export type CoreFunction = (...args: number[]) => number;

/** A column together with where it lies. Only core-wasm/ may look at `pointer`. */
export interface PlacedColumn extends Column {
  readonly pointer: number;
}

export interface CoreModuleOptions {
  /** Default: `fused` where this engine's multiply-add rounds once, otherwise `software`. */
  readonly multiplyAdd?: MultiplyAdd;
}

/** Reads the compiled module; throws when `deno task build` has not run. */
export async function readCoreModule(
  options: CoreModuleOptions = {},
): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(await Deno.readFile(moduleOf(options)));
  } catch (err) {
    if (!(err instanceof Deno.errors.NotFound)) throw err;
    throw new Error("Cannot load the core: it is not built, run `deno task build`", { cause: err });
  }
}

/** The same for callers that cannot wait; every call compiles again. */
export function readCoreModuleSync(options: CoreModuleOptions = {}): WebAssembly.Module {
  return new WebAssembly.Module(Deno.readFileSync(moduleOf(options)));
}

function moduleOf({ multiplyAdd }: CoreModuleOptions): URL {
  return MODULES[multiplyAdd ?? (hasFusedMultiplyAdd() ? "fused" : "software")];
}

/** One instance of the core with its memory. Not shared between threads. */
export class CoreMemory {
  readonly #exports: Record<string, unknown>;
  readonly #memory: WebAssembly.Memory;
  #top: number;
  #ask: Ask = () => 0;

  constructor(module: WebAssembly.Module) {
    const host = {
      ask: (kind: number, trade: number, args: number) => this.#ask(kind, trade, args),
    };
    const instance = new WebAssembly.Instance(module, { "host/ask": host, ask: host, host });
    this.#exports = instance.exports;
    this.#memory = instance.exports.memory as WebAssembly.Memory;
    this.#top = align(this.call("heapBase"));
  }

  /** Bytes of linear memory; it never shrinks, so an owner drops an instance that grew too far. */
  get memoryBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** The buffer as it is now; growing detaches it, so never keep a view across an allocation. */
  get buffer(): ArrayBuffer {
    return this.#memory.buffer as ArrayBuffer;
  }

  set onAsk(ask: Ask) {
    this.#ask = ask;
  }

  function(name: string): CoreFunction {
    const found = this.#exports[name];
    if (typeof found !== "function") throw new Error(`The core exports no function "${name}"`);
    return found as CoreFunction;
  }

  call(name: string, ...args: number[]): number {
    return this.function(name)(...args);
  }

  /** Runs `work` and gives back everything it allocated, also when it throws. */
  scope<T>(work: () => T): T {
    const mark = this.#top;
    try {
      return work();
    } finally {
      this.#top = mark;
    }
  }

  /** The arena's mark, for a lifetime that is not one function call; give it to `release`. */
  mark(): number {
    return this.#top;
  }

  release(mark: number): void {
    if (mark > this.#top) throw new RangeError("Cannot release an arena mark above its top");
    this.#top = mark;
  }

  /** Reserves `bytes`, 16-byte aligned and not cleared. Throws RangeError when memory is exhausted. */
  allocate(bytes: number): number {
    const pointer = this.#top;
    const top = align(pointer + bytes);
    const missing = top - this.#memory.buffer.byteLength;
    if (missing > 0) {
      try {
        this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
      } catch (err) {
        throw new RangeError(`The core has no memory left for ${bytes} bytes`, { cause: err });
      }
    }
    this.#top = top;
    return pointer;
  }

  allocateColumn(type: ColumnType, length: number): PlacedColumn {
    return { type, length, pointer: this.allocate(length * COLUMN_WIDTH[type]) };
  }

  loadColumn(type: ColumnType, values: ColumnArray): PlacedColumn {
    const column = this.allocateColumn(type, values.length);
    copyInto(this.view(column), values);
    return column;
  }

  /** A live view of the column: free, but detached by the next allocation that grows memory. */
  view(column: PlacedColumn): ColumnArray {
    return viewOf(this.buffer, column);
  }

  /** A copy of the column that outlives the core. */
  read(column: PlacedColumn): ColumnArray {
    return this.view(column).slice();
  }
}

function align(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}

function viewOf(buffer: ArrayBuffer, { type, pointer, length }: PlacedColumn): ColumnArray {
  switch (type) {
    case "f64":
    case "time":
      return new Float64Array(buffer, pointer, length);
    case "bool":
      return new Uint8Array(buffer, pointer, length);
    case "int":
      return new BigInt64Array(buffer, pointer, length);
    case "i32":
    case "tag":
      return new Int32Array(buffer, pointer, length);
  }
}

function copyInto(target: ColumnArray, source: ColumnArray): void {
  if (target.constructor !== source.constructor) {
    throw new TypeError(
      `Cannot load a ${source.constructor.name} into a ${target.constructor.name}`,
    );
  }
  (target as Float64Array).set(source as Float64Array);
}
