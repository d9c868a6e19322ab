/** `deno task analyze`: which strategies of a file run here, and why the others do not. */
import { analyzeSource, type ClassAnalysis } from "../strategies/compiler/mod.ts";
import {
  EXIT_DONE,
  EXIT_REFUSED,
  parseStrictly,
  readTextFile,
  runCommand,
  type Terminal,
  terminal,
  UsageError,
} from "./usage.ts";

export const ANALYZE_USAGE = `Usage: deno task analyze FILE.py… [--json]

Says of every strategy class whether it runs here; a refused one with line, column, code and hint.

  --json    one JSON document instead of text
  --help    shows this text

Exit status: 0 every class is accepted, 2 bad usage or a refused class.`;

export interface FileAnalysis {
  readonly file: string;
  readonly classes: readonly ClassAnalysis[];
}

/** Analyses the files named; answers the exit status. */
export async function analyzeFiles(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseStrictly({
    args: [...args],
    options: { json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    allowPositionals: true,
  });
  if (values.help) {
    terminal.out(ANALYZE_USAGE);
    return EXIT_DONE;
  }
  if (positionals.length === 0) throw new UsageError("No strategy file is named");
  const analyses: FileAnalysis[] = [];
  for (const file of positionals) {
    analyses.push({ file, classes: analyzeSource(await readTextFile(file), { fileName: file }) });
  }
  terminal.out(values.json ? JSON.stringify(analyses, null, 2) : analyses.map(describe).join("\n"));
  const accepted = analyses.every(({ classes }) => classes.every((each) => each.accepted));
  return accepted ? EXIT_DONE : EXIT_REFUSED;
}

function describe({ file, classes }: FileAnalysis): string {
  return classes.flatMap((each) => [
    `${file}: ${each.className ?? "no class"}: ${each.accepted ? "accepted" : "refused"}`,
    ...each.refusals.map(({ line, column, code, message, hint }) =>
      `  ${file}:${line}:${column} ${code}: ${message}${hint === "" ? "" : ` (${hint})`}`
    ),
    ...each.warnings.map(({ line, column, code, message }) =>
      `  ${file}:${line}:${column} warning ${code}: ${message}`
    ),
  ]).join("\n");
}

if (import.meta.main) {
  Deno.exit(await runCommand(ANALYZE_USAGE, terminal, () => analyzeFiles(Deno.args, terminal)));
}
