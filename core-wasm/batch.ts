/** Many calls of one kernel at once: many periods of one series, one period of many series, or both. */
import {
  blankHead,
  callKernel,
  checkInputs,
  checkParameters,
  findBegin,
  pointerAt,
} from "./call_kernel.ts";
import type { KernelRow } from "./kernel.ts";
import type { CoreMemory, PlacedColumn } from "./memory.ts";

export interface BatchJob {
  readonly inputs: readonly PlacedColumn[];
  readonly parameters: readonly number[];
}

/** As in `talib_batch/shared/jobs.ts`: rows, period, three inputs, output. */
const JOB_WORDS = 8;
const WORD_BYTES = 4;
const INPUTS_MAX = 3;

/**
 * Runs `row` for every job and answers each one's outputs, equal bit for bit to those of `callKernel`.
 * Kernels with a batch form run four jobs interleaved, the others one after the other. Throws KernelError.
 */
export function callKernelBatch(
  core: CoreMemory,
  row: KernelRow,
  jobs: readonly BatchJob[],
): readonly (readonly PlacedColumn[])[] {
  const { batchSymbol } = row;
  if (batchSymbol === undefined) {
    return jobs.map(({ inputs, parameters }) => callKernel(core, row, inputs, parameters));
  }
  for (const { inputs, parameters } of jobs) {
    checkInputs(row, inputs, inputs[0]?.length ?? 0);
    checkParameters(row, parameters);
  }
  const outputs = jobs.map(({ inputs }) => core.allocateColumn("f64", inputs[0]?.length ?? 0));
  core.scope(() => {
    const table = core.allocate(jobs.length * JOB_WORDS * WORD_BYTES);
    const words = jobs.flatMap((job, index) => describe(core, job, outputs[index]));
    new Int32Array(core.buffer, table, words.length).set(words);
    core.call(batchSymbol, table, jobs.length);
  });
  return outputs.map((output) => [output]);
}

/** One row of the table; leading rows without a number are left out, as in a single call. */
function describe(core: CoreMemory, job: BatchJob, output: PlacedColumn | undefined): number[] {
  const length = job.inputs[0]?.length ?? 0;
  if (output === undefined) return [];
  const begin = length === 0 ? 0 : findBegin(core, job.inputs, length);
  if (begin > 0) blankHead(core, [output], begin);
  const pointers = job.inputs.map((column) => pointerAt(column, begin));
  const padding = new Array<number>(INPUTS_MAX - pointers.length).fill(0);
  const words = [length - begin, job.parameters[0] ?? 0, ...pointers, ...padding];
  return [...words, pointerAt(output, begin), 0, 0];
}
