/** How many tests ran, read from the summary that `deno test` prints. */

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly ignored: number;
}

export const EMPTY_TALLY: Tally = { passed: 0, failed: 0, ignored: 0 };

// deno-lint-ignore no-control-regex -- colours are control characters
const COLOURS = /\x1b\[[0-9;]*m/g;
const EXPECTED = /\.\.\. ok \([\d.]+[µa-z\d]+\)$|^running \d+ tests? from |^\s*$/u;
const SUMMARY = /^(?:ok|FAILED) \| .*\d+ passed.*$/gm;

export function addTallies(left: Tally, right: Tally): Tally {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    ignored: left.ignored + right.ignored,
  };
}

/** Reads the last summary line; null when there is none, as when a module could not be loaded. */
export function parseTally(output: string): Tally | null {
  const summary = output.replace(COLOURS, "").match(SUMMARY)?.at(-1);
  if (summary === undefined) return null;
  return {
    passed: countOf(summary, "passed"),
    failed: countOf(summary, "failed"),
    ignored: countOf(summary, "ignored"),
  };
}

/** The tally of a finished stage; a failure that no test reports counts as one. */
export function stageTally(
  kind: "check" | "tests",
  result: { success: boolean; output: string },
): Tally {
  const counted = kind === "tests" ? parseTally(result.output) : EMPTY_TALLY;
  const tally = counted ?? { ...EMPTY_TALLY, failed: 1 };
  return result.success || tally.failed > 0 ? tally : { ...tally, failed: 1 };
}

/** False for the lines of passing tests, which say nothing new. */
export function isNews(line: string): boolean {
  return !EXPECTED.test(line.replace(COLOURS, ""));
}

function countOf(summary: string, word: string): number {
  return Number(new RegExp(`\\| (\\d+) ${word}\\b`).exec(summary)?.[1] ?? 0);
}
