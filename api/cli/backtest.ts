/** `deno task backtest`: a local run without server or account. */
import { CoreMemory, readCoreModule } from "../../core-wasm/mod.ts";
import { compileStrategy, runProgram } from "../strategies/compiler/mod.ts";
import { BACKTEST_USAGE, parseBacktestArguments } from "./backtest_arguments.ts";
import { backtestFiles } from "./backtest_files.ts";
import { openProgressBar } from "./progress_bar.ts";
import { EXIT_DONE, runCommand, terminal } from "./usage.ts";

async function main(args: readonly string[]): Promise<number> {
  const given = parseBacktestArguments(args);
  if (given === null) {
    terminal.out(BACKTEST_USAGE);
    return EXIT_DONE;
  }
  await backtestFiles(given, {
    core: new CoreMemory(await readCoreModule()),
    tools: { compile: compileStrategy, run: runProgram },
    terminal,
    now: Date.now,
    openBar: openProgressBar,
  });
  return EXIT_DONE;
}

if (import.meta.main) {
  Deno.exit(await runCommand(BACKTEST_USAGE, terminal, () => main(Deno.args)));
}
