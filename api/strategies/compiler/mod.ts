/**
 * The door through which workers and the command line compile and run strategies.
 *
 * `compileStrategy` turns a source text into settings and column programs, `runProgram` computes a
 * program over candles in core memory, `analyzeSource` says of every class whether it runs here and
 * why not. No text can make the first and the last throw; nothing of it is executed.
 *
 * @module
 */
export { type AnalyzeOptions, analyzeSource, type ClassAnalysis } from "../analyze.ts";
export {
  type CompiledStrategy,
  type CompileOptions,
  compileStrategy,
  type RefusedStrategy,
} from "../compile.ts";
export { type CandleColumns, type ProgramResult, type ProgramRun, runProgram } from "../ir/run.ts";
