import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { assertSnapshotFile } from "./snapshot_testing.ts";

Deno.test("assertSnapshotFile() refuses a changed or absent file until --update takes it", async () => {
  const folder = await Deno.makeTempDir();
  const file = pathToFileURL(`${folder}/list.txt`);
  try {
    const changed = /list\.txt has changed: review it/;
    await assert.rejects(assertSnapshotFile(file, "a\n", { update: false }), changed);
    await assertSnapshotFile(file, "a\n", { update: true });
    await assertSnapshotFile(file, "a\n", { update: false });
    await assert.rejects(assertSnapshotFile(file, "b\n", { update: false }), changed);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
