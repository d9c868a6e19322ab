/**
 * Compiles `assembly/index.ts` to `dist/core.wasm` when an input changed since the last build.
 *
 *     deno task build [--force]
 */
import asc from "assemblyscript/asc";
import { createHash } from "node:crypto";

const ROOT = new URL("./", import.meta.url);
const OUT = new URL("dist/core.wasm", ROOT);
const STAMP = new URL("dist/core.wasm.inputs", ROOT);

/** Flags of the one release build. No relaxed SIMD and no threads: both break determinism. */
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

/** Builds the core unless the stamp of its inputs is unchanged; answers whether it compiled. */
export async function buildCore(options: { force?: boolean } = {}): Promise<boolean> {
  const sources = await readSources(new URL("assembly/", ROOT), "assembly/");
  const digest = digestOf(sources);
  if (!options.force && await readStamp() === digest) return false;
  const bytes = await compile(sources);
  await Deno.mkdir(new URL("dist/", ROOT), { recursive: true });
  const scratch = new URL(`dist/core.wasm.${crypto.randomUUID()}`, ROOT);
  await Deno.writeFile(scratch, bytes);
  await Deno.rename(scratch, OUT);
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
  const hash = createHash("sha256").update(FLAGS.join(" "));
  for (const path of [...sources.keys()].sort()) {
    hash.update(`\0${path}\0${sources.get(path)}`);
  }
  return hash.digest("hex");
}

async function readStamp(): Promise<string | null> {
  try {
    await Deno.stat(OUT);
    return await Deno.readTextFile(STAMP);
  } catch (err) {
    if (err instanceof Deno.errors.NotFound) return null;
    throw err;
  }
}

async function compile(sources: Map<string, string>): Promise<Uint8Array<ArrayBuffer>> {
  let binary: Uint8Array | null = null;
  const stderr: string[] = [];
  const { error } = await asc.main(
    ["assembly/index.ts", ...FLAGS, "--outFile", "core.wasm"],
    {
      readFile: (path: string) => sources.get(path.replaceAll("\\", "/")) ?? null,
      writeFile: (_path: string, contents: string | Uint8Array) => {
        if (contents instanceof Uint8Array) binary = contents;
      },
      listFiles: () => [],
      stderr: { write: (text: string | Uint8Array) => void stderr.push(String(text)) },
    },
  );
  if (error || binary === null) {
    throw new Error(`Cannot build the core: ${error?.message ?? "no output"}\n${stderr.join("")}`);
  }
  return new Uint8Array(binary);
}

if (import.meta.main) {
  const start = performance.now();
  const built = await buildCore({ force: Deno.args.includes("--force") });
  const elapsed = Math.round(performance.now() - start);
  console.error(built ? `core.wasm built in ${elapsed} ms` : "core.wasm is up to date");
}
