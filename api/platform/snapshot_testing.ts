/** Snapshots of what people review: documents and lists, each a file in the repository. */
import assert from "node:assert/strict";

export interface SnapshotOptions {
  /** Write the file instead of comparing; `deno task ok -- --update` asks for it. */
  readonly update?: boolean;
}

/**
 * Asserts that `actual` is the file's text.
 *
 * @throws AssertionError with the difference and the command that accepts it.
 */
export async function assertSnapshotFile(
  file: URL,
  actual: string,
  { update = Deno.args.includes("--update") }: SnapshotOptions = {},
): Promise<void> {
  if (update) return await Deno.writeTextFile(file, actual);
  const expected = await readText(file);
  if (expected === actual) return;
  const name = file.pathname.split("/").pop();
  assert.equal(
    actual,
    expected,
    `${name} has changed: review it, deno task ok -- --update takes it`,
  );
}

async function readText(file: URL): Promise<string | null> {
  try {
    return await Deno.readTextFile(file);
  } catch (err) {
    if (err instanceof Deno.errors.NotFound) return null;
    throw err;
  }
}
