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

/** As in `assembly/indicators/shared/jobs.ts`: rows, three parameters, three inputs, output. */
const JOB_WORDS = 8;
const WORD_BYTES = 4;
const WORDS_MAX = 3;
/** The table is followed by scratch, and by what aligning that may skip. */
const SCRATCH_BYTES = 256 + 16;

/**
 * Runs `row` for every job and answers each one's outputs, equal bit for bit to those of `callKernel`.
 * Kernels with a batch form run four jobs interleaved or share what jobs over one series have in common,
 * the others run one job after the other. Throws KernelError.
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
    const table = core.allocate(jobs.length * JOB_WORDS * WORD_BYTES + SCRATCH_BYTES);
    const words = jobs.flatMap((job, index) => describe(core, row, job, outputs[index]));
    new Int32Array(core.buffer, table, words.length).set(words);
    const refused = jobs[core.call(batchSymbol, table, jobs.length) - 1];
    // Alone it is refused with the reason.
    if (refused !== undefined) callKernel(core, row, refused.inputs, refused.parameters);
  });
  return outputs.map((output) => [output]);
}

/** One row of the table; rows that a single call leaves out are left out here too. */
function describe(
  core: CoreMemory,
  row: KernelRow,
  { inputs, parameters }: BatchJob,
  output: PlacedColumn | undefined,
): number[] {
  const length = inputs[0]?.length ?? 0;
  if (output === undefined) return [];
  const begin = row.family === "talib" && length > 0 ? findBegin(core, inputs, length) : 0;
  if (begin > 0) blankHead(core, [output], begin);
  return [
    length - begin,
    ...padded(parameters),
    ...padded(inputs.map((column) => pointerAt(column, begin))),
    pointerAt(output, begin),
  ];
}

function padded(words: readonly number[]): number[] {
  return [...words, ...new Array<number>(WORDS_MAX - words.length).fill(0)];
}
