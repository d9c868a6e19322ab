import { assertSnapshotFile } from "../platform/snapshot_testing.ts";
import { renderEnvExample } from "./env_example.ts";

Deno.test(".env.example names every setting with its meaning and default", async () => {
  await assertSnapshotFile(new URL("../../.env.example", import.meta.url), renderEnvExample());
});
