import { assertSnapshotFile } from "../platform/snapshot_testing.ts";
import { renderIndicatorPage } from "./indicator_page.ts";

Deno.test("docs/indicators.md lists every indicator of the registry", async () => {
  const page = new URL("../../docs/indicators.md", import.meta.url);
  await assertSnapshotFile(page, renderIndicatorPage());
});
