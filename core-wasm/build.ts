/**
 * Compiles `assembly/index.ts` to `dist/core.wasm` and `dist/core-fused.wasm` when an input changed since
 * the last build, both at once in threads of their own.
 *
 *     deno task build [--force]
 */
import { createHash } from "node:crypto";
import type { CompileAnswer, CompileRequest } from "./compile.ts";

const ROOT = new URL("./", import.meta.url);
const DIST = new URL("dist/", ROOT);
const STAMP = new URL("core.wasm.inputs", DIST);

/** Flags of both release builds. No threads: they break determinism. */
const FLAGS = [
  "-O3",
  "--noAssert",
  "--runtime",
  "stub",
  "--enable",
  "simd",
  "--use",
  "abort=",
  "--initialMemory",
  "32",
  "--maximumMemory",
  "32768",
];

/**
 * One source, two modules that answer the same bytes. Relaxed SIMD may round differently from one engine to
 * the next, so nothing of it is used but `f64x2.relaxed_madd`, only in `shared/fma.ts`, and this module is
 * loaded only where a probe shows that it rounds once (`multiply_add.ts`). Everywhere else the first one
 * computes the same without it.
 */
const MODULES: Readonly<Record<string, readonly string[]>> = {
  "core.wasm": FLAGS,
  "core-fused.wasm": [...FLAGS, "--enable", "relaxed-simd"],
};

/** Builds the core unless the stamp of its inputs is unchanged; answers whether it compiled. */
export async function buildCore(options: { force?: boolean } = {}): Promise<boolean> {
  const sources = await readSources(new URL("assembly/", ROOT), "assembly/");
  const digest = digestOf(sources);
  if (!options.force && await readStamp() === digest) return false;
  await Deno.mkdir(DIST, { recursive: true });
  const built = await Promise.all(
    Object.entries(MODULES).map(async ([name, flags]) =>
      [name, await compileInThread(sources, flags)] as const
    ),
  );
  for (const [name, bytes] of built) {
    const scratch = new URL(`${name}.${crypto.randomUUID()}`, DIST);
    await Deno.writeFile(scratch, bytes);
    await Deno.rename(scratch, new URL(name, DIST));
  }
  await Deno.writeTextFile(STAMP, digest);
  return true;
}

async function readSources(folder: URL, prefix: string): Promise<Map<string, string>> {
  const sources = new Map<string, string>();
  for await (const entry of Deno.readDir(folder)) {
    const path = prefix + entry.name;
    if (entry.isDirectory) {
      const inner = await readSources(new URL(`${entry.name}/`, folder), `${path}/`);
      for (const [name, text] of inner) sources.set(name, text);
    } else if (entry.name.endsWith(".ts")) {
      sources.set(path, await Deno.readTextFile(new URL(entry.name, folder)));
    }
  }
  return sources;
}

function digestOf(sources: Map<string, string>): string {
  const hash = createHash("sha256").update(JSON.stringify(MODULES));
  for (const path of [...sources.keys()].sort()) {
    hash.update(`\0${path}\0${sources.get(path)}`);
  }
  return hash.digest("hex");
}

async function readStamp(): Promise<string | null> {
  try {
    for (const name of Object.keys(MODULES)) await Deno.stat(new URL(name, DIST));
    return await Deno.readTextFile(STAMP);
  } catch (err) {
    if (err instanceof Deno.errors.NotFound) return null;
    throw err;
  }
}

/** The compiler keeps its thread busy for seconds, so each module has one of its own. */
async function compileInThread(
  sources: Map<string, string>,
  flags: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  const worker = new Worker(new URL("compile.ts", ROOT), { type: "module" });
  try {
    const answer = await new Promise<CompileAnswer>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(`Cannot build the core: ${event.message}`));
      };
      worker.postMessage({ sources, flags } satisfies CompileRequest);
    });
    if (answer.bytes === null) throw new Error(`Cannot build the core: ${answer.problem}`);
    return answer.bytes;
  } finally {
    worker.terminate();
  }
}

if (import.meta.main) {
  const start = performance.now();
  const built = await buildCore({ force: Deno.args.includes("--force") });
  const elapsed = Math.round(performance.now() - start);
  const names = Object.keys(MODULES).join(" and ");
  console.error(built ? `${names} built in ${elapsed} ms` : `${names} are up to date`);
}
