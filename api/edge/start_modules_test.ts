import assert from "node:assert/strict";
import { REPOSITORY_ROOT, run } from "../platform/laws/repository.ts";
import { assertSnapshotFile } from "../platform/snapshot_testing.ts";

interface Info {
  readonly roots: readonly string[];
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly {
      readonly specifier: string;
      readonly isDynamic?: boolean;
      readonly code?: { readonly specifier?: string };
    }[];
  }[];
}

/** What a process has loaded once it listens: folders of the repository, and packages. */
async function listStartModules(entry: string): Promise<string[]> {
  const info: Info = JSON.parse(await run(Deno.execPath(), ["info", "--json", entry]));
  const modules = new Map(info.modules.map((module) => [module.specifier, module]));
  const names = new Set<string>();
  const seen = new Set(info.roots);
  for (const specifier of seen) {
    const module = modules.get(specifier);
    if (!specifier.startsWith("file:")) continue;
    names.add(folderOf(specifier));
    for (const dependency of module?.dependencies ?? []) {
      const target = dependency.code?.specifier;
      if (target === undefined || dependency.isDynamic) continue;
      if (target.startsWith("file:")) seen.add(target);
      else names.add(dependency.specifier);
    }
  }
  return [...names].sort();
}

function folderOf(specifier: string): string {
  const path = decodeURIComponent(new URL(specifier).pathname).replace(REPOSITORY_ROOT, "");
  return path.slice(0, path.lastIndexOf("/") + 1);
}

Deno.test("a process on the edge starts with the reviewed modules and no more", async () => {
  const names = await listStartModules("api/edge/main.ts");
  await assertSnapshotFile(new URL("start_modules.txt", import.meta.url), `${names.join("\n")}\n`);
});

Deno.test("a process on the edge starts without database client, compiler, core and workers", async () => {
  const names = await listStartModules("api/edge/main.ts");
  assert.ok(names.includes("api/edge/") && names.includes("kysely"));
  const heavy = /^(@libsql\/|@lezer\/|api\/strategies\/.|core-wasm\/|workers\/)/;
  assert.deepEqual(names.filter((name) => heavy.test(name)), []);
});
