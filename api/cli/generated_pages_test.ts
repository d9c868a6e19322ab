import { assertSnapshotFile } from "../platform/snapshot_testing.ts";
import { renderErrorsPage } from "./errors_page.ts";
import { renderSettingsPage } from "./settings_page.ts";

const DOCS = new URL("../../docs/", import.meta.url);

Deno.test("docs/settings.md names every setting with default, range and meaning", async () => {
  await assertSnapshotFile(new URL("settings.md", DOCS), renderSettingsPage());
});

Deno.test("docs/errors.md names every code with status and meaning", async () => {
  await assertSnapshotFile(new URL("errors.md", DOCS), renderErrorsPage());
});
