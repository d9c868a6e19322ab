/** Runs one law over a piece of source, as the linter would on a file of that path. */
import assert from "node:assert/strict";
import plugin from "./plugin.ts";

/** The messages that `rule` gives for `source` standing at `path`. */
export function lintMessages(rule: string, path: string, source: string): string[] {
  return Deno.lint.runPlugin(plugin, path, source)
    .filter((each) => each.id === `laws/${rule}`)
    .map((each) => each.message);
}

export interface LawCases {
  readonly path: string;
  readonly sources: readonly string[];
}

/** Asserts that every source, by itself, is refused once or more. */
export function assertRefused(rule: string, cases: LawCases): void {
  for (const source of cases.sources) {
    const messages = lintMessages(rule, cases.path, source);
    assert.notEqual(messages.length, 0, `${rule} lets pass in ${cases.path}:\n${source}`);
  }
}

/** Asserts that no source is refused. */
export function assertAllowed(rule: string, cases: LawCases): void {
  for (const source of cases.sources) {
    const messages = lintMessages(rule, cases.path, source);
    assert.deepEqual(messages, [], `${rule} refuses in ${cases.path}:\n${source}`);
  }
}
