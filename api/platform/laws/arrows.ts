/** Which file may import which: the one place both the linter and the module graph ask. */
import { describeFile, isStore, type SourceFile } from "./source_file.ts";

export interface ImportArrow {
  /** Repository path of the importing file. */
  readonly from: string;
  /** Repository path of the imported file. */
  readonly to: string;
  /** True when nothing of the import is left at run time. */
  readonly typeOnly: boolean;
}

const SCOPES = "api/auth/scopes.ts";

/** A process of its own, so it opens the platform as `api/main.ts` does. */
const WORKER_PROCESS = "workers/main.ts";

/** The whole app as an edge platform runs it: a composition like `api/main.ts`, no capability. */
const EDGE = "edge";

/** What every capability may import from a few others beside `service.ts`. */
const FOUNDATIONS = new Set([
  SCOPES,
  "api/audit/emit.ts",
  "api/jobs/queue.ts",
  "api/realtime/events.ts",
]);

/** Doors parse what clients send with the capability's own schemas, so they need the values. */
const DOORS = new Set(["mcp", "cli", "compat"]);

/** Says what is wrong with an import and what to write instead, or null when it is allowed. */
export function judgeArrow(arrow: ImportArrow): string | null {
  const from = describeFile(arrow.from);
  const to = describeFile(arrow.to);
  if (from.isTest) return null;
  if (to.isTest) return `Cannot import "${to.path}": it exists for tests, move what is shared out`;
  switch (from.area) {
    case "core-wasm":
      return judgeInside(from, to, ["core-wasm"]);
    case "migrations":
      return to.path.startsWith("api/platform/") ? null : judgeInside(from, to, ["migrations"]);
    case "workers":
      return from.path === WORKER_PROCESS ? judgeComposition(to) : judgeWorker(to, arrow.typeOnly);
    case "api":
      return judgeApi(from, to, arrow.typeOnly);
    default:
      return null;
  }
}

function judgeInside(from: SourceFile, to: SourceFile, areas: readonly string[]): string | null {
  if (areas.includes(to.area)) return null;
  return `Cannot import "${to.path}": ${from.area}/ stands alone, pass what it needs as an argument`;
}

function judgeWorker(to: SourceFile, typeOnly: boolean): string | null {
  if (to.area === "workers") return null;
  if (to.area === "core-wasm") return judgeCore(to, typeOnly);
  if (to.capability === "platform" || to.name === "schema.ts") return null;
  if (to.area === "api" && to.capability === null) return refuse(to, "call a service");
  return judgeForeign(to, { typeOnly, values: true, packages: true });
}

function judgeApi(from: SourceFile, to: SourceFile, typeOnly: boolean): string | null {
  if (to.area === "core-wasm") return judgeCore(to, typeOnly);
  if (from.capability === "platform") return judgePlatform(from, to);
  if (from.capability === null || from.capability === EDGE) return judgeComposition(to);
  if (to.area === "migrations") return refuse(to, "let boot.ts run the migrations");
  if (from.capability === to.capability) return judgeRoles(from, to, typeOnly);
  if (to.capability === "platform") return judgeLaws(from, to);
  if (DOORS.has(from.capability)) {
    if (to.area === "workers" || to.capability === null) {
      return from.capability === "cli" ? null : refuse(to, "call a service");
    }
    return judgeForeign(to, { typeOnly, values: true, packages: from.capability === "cli" });
  }
  if (to.area === "workers") return refuse(to, "enqueue a job through jobs/queue.ts");
  if (to.capability === null) return refuse(to, "take what you need from ctx");
  if (isStore(from)) return refuse(to, "read it in the service and pass it to the store");
  return judgeForeign(to, { typeOnly, values: false, packages: false });
}

function judgePlatform(from: SourceFile, to: SourceFile): string | null {
  if (to.capability === "platform") return judgeLaws(from, to);
  if (to.area === "migrations" || to.path === SCOPES) return null;
  if (from.isTool && to.capability === "cli") return null;
  return refuse(to, "platform/ knows no capability, take it as an argument");
}

function judgeLaws(from: SourceFile, to: SourceFile): string | null {
  if (!to.path.startsWith("api/platform/laws/") || from.isTool) return null;
  return refuse(to, "the laws are a developer's tool, no part of the server");
}

/** `api/main.ts` and its neighbours put the parts together, so they may see all but the tables. */
function judgeComposition(to: SourceFile): string | null {
  if (!isStore(to) || FOUNDATIONS.has(to.path)) return null;
  return refuse(to, "call the capability's service");
}

function judgeRoles(from: SourceFile, to: SourceFile, typeOnly: boolean): string | null {
  if (from.name === "routes.ts" && isStore(to)) return refuse(to, "call a verb of service.ts");
  if (isStore(from) && (to.name === "service.ts" || to.name === "routes.ts")) {
    return refuse(to, "a store only reads and writes tables, let the service call it");
  }
  if (from.name === "service.ts" && to.name === "routes.ts") {
    return refuse(to, "routes call the service, never the other way");
  }
  const fromSchema = from.name === "schema.ts";
  if (fromSchema && !typeOnly && (isStore(to) || /^(service|routes)\.ts$/.test(to.name))) {
    return refuse(to, "a schema describes data and calls nothing");
  }
  return null;
}

interface Allowance {
  readonly typeOnly: boolean;
  /** The importer may use another capability's zod schemas, not only their types. */
  readonly values: boolean;
  /** The importer may use a sub-package's door, `api/<capability>/<package>/mod.ts`. */
  readonly packages: boolean;
}

function judgeForeign(to: SourceFile, allowance: Allowance): string | null {
  if (to.name === "service.ts" || FOUNDATIONS.has(to.path)) return null;
  if (to.name === "schema.ts") {
    if (allowance.typeOnly || allowance.values) return null;
    return refuse(to, "import only its types with `import type`");
  }
  if (allowance.packages && /^api\/\w+\/\w+\/mod\.ts$/.test(to.path)) return null;
  return refuse(to, `call a verb of "api/${to.capability}/service.ts"`);
}

function judgeCore(to: SourceFile, typeOnly: boolean): string | null {
  if (typeOnly || to.path === "core-wasm/mod.ts" || to.path === "core-wasm/build.ts") return null;
  return refuse(to, "core-wasm/mod.ts is the core's only door");
}

function refuse(to: SourceFile, instead: string): string {
  return `Cannot import "${to.path}": ${instead}`;
}
