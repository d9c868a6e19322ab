/** What the documentation tells its reader to type. */

/** Programs that a command of the documentation may start. */
const PROGRAMS = /^(npx -y deno@[\d.]+|deno|git|cd|curl|docker|npm|export) /;

/** The commands of a document's `sh` blocks, a continued line joined, in order. */
export function shellCommands(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```sh\n([^]*?)^```$/gm)].map((found) => found[1] ?? "");
  return blocks.flatMap((block) =>
    block.replaceAll("\\\n", "").split("\n")
      .map((line) => line.trim().replace(/\s+/g, " "))
      .filter((line) => line !== "" && !line.startsWith("#"))
  );
}

/** Commands that start something a reader may not have. */
export function unknownCommands(markdown: string): string[] {
  return shellCommands(markdown).filter((command) => !PROGRAMS.test(`${command} `));
}

/** Tasks that a text names and deno.json does not have. */
export function unknownTasks(text: string, tasks: ReadonlySet<string>): string[] {
  const named = [...text.matchAll(/\bdeno(?:@[\d.]+)? task ([a-z][\w:-]*)/g)];
  return [...new Set(named.map((found) => found[1] ?? ""))].filter((name) => !tasks.has(name));
}

/** Every version of Deno that a text pins, for a command or for an image. */
export function denoVersions(text: string): string[] {
  return [...text.matchAll(/\bdeno[@:](\d+\.\d+\.\d+)/g)].map((found) => found[1] ?? "");
}
