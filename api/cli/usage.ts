/** What every local command shares: strict arguments, exit codes, and where text goes. */
import { parseArgs, type ParseArgsConfig } from "node:util";
import { CandleFileError } from "../market/files/mod.ts";
import { AppError } from "../platform/errors.ts";

export const EXIT_DONE = 0;
export const EXIT_FAILED = 1;
export const EXIT_REFUSED = 2;

/** Where a command writes; a test passes its own. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
}

/** Wrong arguments: the message is followed by how the command is used. */
export class UsageError extends Error {}

/** Strict parsing; what `node:util` refuses becomes a UsageError in this project's wording. */
export function parseStrictly<T extends ParseArgsConfig>(config: T) {
  try {
    return parseArgs(config);
  } catch (err) {
    const [reason = ""] = err instanceof Error ? err.message.split(". ") : [String(err)];
    throw new UsageError(reason, { cause: err });
  }
}

/** Runs a command; an expected failure becomes a line on stderr and an exit code. */
export async function runCommand(
  usage: string,
  terminal: Terminal,
  command: () => Promise<number>,
): Promise<number> {
  try {
    return await command();
  } catch (err) {
    if (err instanceof UsageError) {
      terminal.err(`${err.message}\n\n${usage}`);
      return EXIT_REFUSED;
    }
    terminal.err(err instanceof Error ? err.message : String(err));
    return err instanceof AppError || err instanceof CandleFileError ? EXIT_REFUSED : EXIT_FAILED;
  }
}

/** The text of a file the user named. */
export async function readTextFile(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (err) {
    if (!(err instanceof Deno.errors.NotFound || err instanceof Deno.errors.IsADirectory)) {
      throw err;
    }
    throw new AppError("VALIDATION_ERROR", `Cannot read "${path}": there is no such file`, {
      cause: err,
    });
  }
}

export const terminal: Terminal = {
  out: (text) => console.log(text),
  err: (text) => console.error(text),
};
