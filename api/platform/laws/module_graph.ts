/** The graph of modules that `deno info --json` sees, and what the laws ask of it. */
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ImportArrow } from "./arrows.ts";
import { REPOSITORY_ROOT, run } from "./repository.ts";
import { describeFile } from "./source_file.ts";

export interface ModuleGraph {
  /** Imports between files of the repository. */
  readonly arrows: readonly ImportArrow[];
  /** Packages by the file that imports them for more than types: `kysely`, `node:path`. */
  readonly packages: ReadonlyMap<string, readonly string[]>;
}

/** The part of `deno info --json` that is read here. */
export interface DenoInfo {
  readonly modules: readonly {
    readonly specifier: string;
    readonly error?: string;
    readonly dependencies?: readonly {
      readonly specifier: string;
      readonly code?: { readonly specifier?: string; readonly error?: string };
      readonly type?: { readonly specifier?: string };
    }[];
  }[];
}

/** Reads the graph below `files`, through one throwaway module that imports them all. */
export async function readModuleGraph(files: readonly string[]): Promise<ModuleGraph> {
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    const imports = files.map((path) => `import ${JSON.stringify(urlOf(path))};`);
    await Deno.writeTextFile(entry, imports.join("\n"));
    const json = await run(Deno.execPath(), [
      "info",
      "--json",
      "--config",
      `${REPOSITORY_ROOT}deno.json`,
      entry,
    ]);
    return parseModuleGraph(JSON.parse(json));
  } finally {
    await Deno.remove(entry);
  }
}

function urlOf(path: string): string {
  return pathToFileURL(`${REPOSITORY_ROOT}${path}`).href;
}

/** @throws Error when a module of the graph cannot be loaded. */
export function parseModuleGraph(info: DenoInfo): ModuleGraph {
  const root = pathToFileURL(REPOSITORY_ROOT).href;
  const arrows: ImportArrow[] = [];
  const packages = new Map<string, string[]>();
  for (const module of info.modules) {
    if (!module.specifier.startsWith(root)) continue;
    if (module.error !== undefined) throw new Error(`Cannot read the graph: ${module.error}`);
    const from = pathOf(module.specifier);
    for (const dependency of module.dependencies ?? []) {
      const to = dependency.code?.specifier ?? dependency.type?.specifier;
      const typeOnly = dependency.code === undefined;
      if (to?.startsWith(root)) {
        arrows.push({ from, to: pathOf(to), typeOnly });
      } else if (!typeOnly) {
        packages.set(from, [...packages.get(from) ?? [], dependency.specifier]);
      }
    }
  }
  return { arrows, packages };
}

function pathOf(specifier: string): string {
  return describeFile(fileURLToPath(specifier)).path;
}

/**
 * Groups of files that import each other in a circle. Type imports count too: files that cannot be
 * understood one after the other are one file in pieces.
 */
export function findCycles(arrows: readonly ImportArrow[]): string[][] {
  const next = Map.groupBy(arrows, (arrow) => arrow.from);
  const reach = new Map<string, ReadonlySet<string>>();
  for (const file of next.keys()) reach.set(file, reachableFiles(arrows, [file], next));
  const cycles = new Map<string, string[]>();
  for (const [file, seen] of reach) {
    if (!seen.has(file)) continue;
    const members = [...seen].filter((other) => reach.get(other)?.has(file)).sort();
    cycles.set(members.join(" "), members);
  }
  return [...cycles.values()];
}

/** Every file that the given ones import, directly or not; themselves only through a circle. */
export function reachableFiles(
  arrows: readonly ImportArrow[],
  from: readonly string[],
  next: ReadonlyMap<string, readonly ImportArrow[]> = Map.groupBy(arrows, (arrow) => arrow.from),
): Set<string> {
  const seen = new Set<string>();
  const open = [...from];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    for (const { to } of next.get(file) ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  return seen;
}

/** Packages that run when the given files are loaded, with a file that imports each. */
export function reachablePackages(
  graph: ModuleGraph,
  from: readonly string[],
): Map<string, string> {
  const running = graph.arrows.filter((arrow) => !arrow.typeOnly);
  const files = [...from, ...reachableFiles(running, from)];
  const found = new Map<string, string>();
  for (const file of files) {
    for (const name of graph.packages.get(file) ?? []) found.set(name, file);
  }
  return found;
}
