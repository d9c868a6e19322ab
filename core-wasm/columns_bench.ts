/**
 * Nanoseconds a row of the windows on 1,000,000 rows, columns and outputs in core memory; beside pandas
 * where COLUMNS_PYTHON names a Python that has it. The last column is pandas' time over ours.
 *
 *     [COLUMNS_PYTHON=/path/to/python] deno run -A --v8-flags=--no-liftoff core-wasm/columns_bench.ts
 */
import { callKernelInto } from "./call_kernel.ts";
import { CoreMemory, type PlacedColumn, readCoreModule } from "./memory.ts";
import { findKernel } from "./registry/index.ts";
import { randomCandles, randomNumbers } from "./tools/random_series.ts";

const ROWS = 1_000_000;
const REPEATS = 5;
const NANOSECONDS_PER_MS = 1e6;

/** A kernel with its parameters, and the same in pandas on the series `x` (and `y`). */
const CASES: readonly (readonly [string, readonly number[], string])[] = [
  ["rolling_mean", [20, 0], "x.rolling(20).mean()"],
  ["rolling_sum", [20, 0], "x.rolling(20).sum()"],
  ["rolling_std", [20, 0, 1], "x.rolling(20).std()"],
  ["rolling_max", [100, 0], "x.rolling(100).max()"],
  ["rolling_median", [100, 0], "x.rolling(100).median()"],
  ["rolling_median", [500, 0], "x.rolling(500).median()"],
  ["rolling_median", [2000, 0], "x.rolling(2000).median()"],
  ["rolling_quantile", [100, 0, 0.9, 0], "x.rolling(100).quantile(0.9)"],
  ["rolling_rank", [100, 0, 0, 1, 0], "x.rolling(100).rank()"],
  ["rolling_skew", [20, 0], "x.rolling(20).skew()"],
  ["rolling_corr", [20, 0], "x.rolling(20).corr(y)"],
  ["expanding_median", [1], "x.expanding().median()"],
  ["ewm_mean", [20, 1, 0, 1, 0], "x.ewm(span=20).mean()"],
  ["cumsum", [], "x.cumsum()"],
];

async function main(): Promise<void> {
  const shape = { length: ROWS, start: 1000, step: 0.002, tick: 0, idle: 0 };
  const { close, high } = randomCandles(randomNumbers(7), shape);
  const core = new CoreMemory(await readCoreModule());
  const placed = [core.loadColumn("f64", close), core.loadColumn("f64", high)];
  const python = Deno.env.get("COLUMNS_PYTHON");
  if (python === undefined) console.log("pandas' column is skipped: COLUMNS_PYTHON is not set");
  const theirs = python === undefined ? [] : await timePandas(python, close.slice(), high.slice());
  for (const [index, [name, parameters]] of CASES.entries()) {
    const ours = timeKernel(core, name, parameters, placed);
    const other = theirs[index];
    const beside = other === undefined
      ? ""
      : `${other.toFixed(1).padStart(9)}${(other / ours).toFixed(1).padStart(8)}`;
    const label = `${name} ${parameters.join(" ")}`;
    console.log(`${label.padEnd(32)}${ours.toFixed(1).padStart(9)}${beside}`);
  }
}

function timeKernel(
  core: CoreMemory,
  name: string,
  parameters: readonly number[],
  placed: readonly PlacedColumn[],
): number {
  const row = findKernel(name);
  if (row === undefined) throw new Error(`There is no kernel "${name}"`);
  return core.scope(() => {
    const inputs = placed.slice(0, row.inputs.length);
    const outputs = row.outputs.map(({ type }) => core.allocateColumn(type, ROWS));
    let least = Infinity;
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const start = performance.now();
      callKernelInto(core, row, { inputs, parameters, outputs, length: ROWS });
      least = Math.min(least, performance.now() - start);
    }
    return least * NANOSECONDS_PER_MS / ROWS;
  });
}

async function timePandas(
  python: string,
  close: Float64Array<ArrayBuffer>,
  high: Float64Array<ArrayBuffer>,
): Promise<readonly number[]> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(`${folder}/x`, new Uint8Array(close.buffer));
    await Deno.writeFile(`${folder}/y`, new Uint8Array(high.buffer));
    const script = [
      "import json, sys, time, numpy as np, pandas as pd",
      "x, y = (pd.Series(np.fromfile(f'{sys.argv[1]}/{name}')) for name in 'xy')",
      "def least(code):",
      "    best = 1e9",
      `    for _ in range(${REPEATS}):`,
      "        start = time.perf_counter()",
      "        eval(code)",
      "        best = min(best, time.perf_counter() - start)",
      "    return best * 1e9 / len(x)",
      "print(json.dumps([least(code) for code in json.loads(sys.argv[2])]))",
    ].join("\n");
    const { success, stdout } = await new Deno.Command(python, {
      args: ["-c", script, folder, JSON.stringify(CASES.map(([, , code]) => code))],
      stderr: "inherit",
    }).output();
    if (!success) throw new Error(`Cannot time pandas: "${python}" failed`);
    return JSON.parse(new TextDecoder().decode(stdout));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) await main();
