/** Where a file stands in the repository: what every law asks first. */
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url)).replaceAll("\\", "/");

export interface SourceFile {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  /** The first folder, empty for a file at the root. */
  readonly area: string;
  /** The folder below `api/`; null outside `api/` and for files directly in it. */
  readonly capability: string | null;
  readonly name: string;
  /** Tests, benches and what only they import. */
  readonly isTest: boolean;
  /** A program a developer runs: builds, generators, the command line, these laws. */
  readonly isTool: boolean;
  /** `main.ts`, the only kind of file that may read the environment. */
  readonly isMain: boolean;
}

const TEST_PATH = /(_test|_bench|_testing)\.ts$|(^|\/)(testing|testdata|bench)(\/|\.ts$)/;
const TOOL_PATH = /^api\/(cli|platform\/laws)\/|(^|\/)(build|generate)(_\w+)?\.ts$|(^|\/)tools\//;

/** Describes the file that the linter or the module graph names, by absolute or relative path. */
export function describeFile(filename: string): SourceFile {
  const path = filename.replaceAll("\\", "/").replace(ROOT, "");
  const parts = path.split("/");
  const name = parts[parts.length - 1] ?? path;
  const inCapability = parts[0] === "api" && parts.length > 2;
  return {
    path,
    area: parts.length > 1 ? parts[0] ?? "" : "",
    capability: inCapability ? parts[1] ?? null : null,
    name,
    isTest: TEST_PATH.test(path),
    isTool: TOOL_PATH.test(path),
    isMain: name === "main.ts",
  };
}

/** True for the code that runs in production: neither a test nor a developer's tool. */
export function isProduction(file: SourceFile): boolean {
  return ["api", "workers", "core-wasm", "migrations"].includes(file.area) &&
    !file.isTest && !file.isTool;
}

/** Foundations that are a store of one verb, written in the caller's transaction. */
const SINKS = new Set(["api/audit/emit.ts", "api/realtime/events.ts"]);

/** True for the files that talk to tables. */
export function isStore(file: SourceFile): boolean {
  return file.name === "store.ts" || file.name.endsWith("_store.ts") || SINKS.has(file.path);
}

/** The path an import names, or null when it names a package. */
export function resolveImport(from: SourceFile, specifier: string): string | null {
  if (specifier.startsWith("file:")) return describeFile(fileURLToPath(specifier)).path;
  if (!specifier.startsWith(".")) return null;
  return new URL(specifier, `file:///${from.path}`).pathname.slice(1);
}
