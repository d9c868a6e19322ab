/** What is in the repository: the files git knows or would take. */
import { fileURLToPath } from "node:url";

export const REPOSITORY_ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Paths from the root, sorted; files that git ignores or that were deleted are not among them. */
export async function listRepositoryFiles(): Promise<string[]> {
  const output = await run("git", [
    "ls-files",
    "-z",
    "--cached",
    "--others",
    "--exclude-standard",
    "--deduplicate",
  ]);
  const deleted = new Set((await run("git", ["ls-files", "-z", "--deleted"])).split("\0"));
  return output.split("\0").filter((path) => path !== "" && !deleted.has(path)).sort();
}

/** TypeScript that Deno runs; AssemblyScript shares the ending but not the language. */
export function isDenoSource(path: string): boolean {
  return path.endsWith(".ts") && !path.startsWith("core-wasm/assembly/");
}

export async function readRepositoryFile(path: string): Promise<string> {
  return await Deno.readTextFile(new URL(path, `file://${REPOSITORY_ROOT}`));
}

/** Runs a program at the root and answers what it printed. @throws Error when it fails. */
export async function run(command: string, args: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args: [...args],
    cwd: REPOSITORY_ROOT,
  }).output();
  if (success) return new TextDecoder().decode(stdout);
  throw new Error(`Cannot run ${command} ${args[0]}: ${new TextDecoder().decode(stderr)}`);
}
