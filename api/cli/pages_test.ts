/** What a page says of a closed list is held equal to the list. */
import assert from "node:assert/strict";
import { settingsSchema } from "../platform/config.ts";
import { listRepositoryFiles, readRepositoryFile } from "../platform/laws/repository.ts";

/** Variables of the compose file that other programs read. */
const FOREIGN = new Set(["DENO_KV_ACCESS_TOKEN", "SITE", "SQLD_NODE"]);

Deno.test("docs/strategies.md has every code of a refusal, and no other", async () => {
  const union = await readRepositoryFile("api/strategies/python/refusal.ts");
  const page = await readRepositoryFile("docs/strategies.md");
  const codes = [...union.matchAll(/^ {2}\| "([a-z_]+)"/gm)].map((found) => found[1]);
  const rows = [...page.matchAll(/^\| `([a-z_]+)` /gm)].map((found) => found[1]);
  assert.ok(codes.length > 20);
  assert.deepEqual(rows.sort(), codes.sort());
});

Deno.test("the compose file sets nothing but settings", async () => {
  const compose = await readRepositoryFile("examples/compose/compose.yaml");
  const names = [...compose.matchAll(/^ +(?:environment: \{ )?([A-Z][A-Z_]+):/gm)]
    .map((found) => found[1] ?? "");
  assert.ok(names.length > 5);
  const known = new Set([...Object.keys(settingsSchema.shape), ...FOREIGN]);
  assert.deepEqual(names.filter((name) => !known.has(name)), []);
});

Deno.test("the README and the pages link to files that exist", async () => {
  const files = await listRepositoryFiles();
  const known = new Set(files);
  const pages = files.filter((path) => path.endsWith(".md"));
  const broken: string[] = [];
  for (const page of pages) {
    const text = await readRepositoryFile(page);
    for (const [, target = ""] of text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)) {
      const path = new URL(target, `file:///${page}`).pathname.slice(1);
      if (!known.has(path)) broken.push(`${page}: ${target}`);
    }
  }
  assert.deepEqual(broken, []);
});
