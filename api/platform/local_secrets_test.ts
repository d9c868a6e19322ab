import assert from "node:assert/strict";
import { join } from "node:path";
import { readLocalSecrets, readOrCreateLocalSecrets } from "./local_secrets.ts";
import { createSeededRandom } from "./testing.ts";

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "candlewick-test-" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readOrCreateLocalSecrets() makes the secrets once, for their user's eyes alone", () =>
  withFolder(async (folder) => {
    const dataDir = join(folder, "new", "data");
    assert.equal(await readLocalSecrets(dataDir), null);
    const made = await readOrCreateLocalSecrets(dataDir, createSeededRandom(1));
    const read = await readOrCreateLocalSecrets(dataDir, createSeededRandom(2));
    assert.deepEqual(read, made);
    const modeOf = async (path: string) => ((await Deno.stat(path)).mode ?? 0) & 0o777;
    assert.equal(await modeOf(join(dataDir, "secrets.json")), 0o600);
    assert.equal(await modeOf(dataDir), 0o700);
  }));

Deno.test("readOrCreateLocalSecrets() refuses a damaged file and leaves it as it is", () =>
  withFolder(async (folder) => {
    const path = join(folder, "secrets.json");
    await Deno.writeTextFile(path, '{"masterKeys":[]}');
    await assert.rejects(
      () => readOrCreateLocalSecrets(folder, createSeededRandom(1)),
      /Cannot use the secrets in ".*secrets\.json": the file is damaged/,
    );
    assert.equal(await Deno.readTextFile(path), '{"masterKeys":[]}');
  }));
