/** The thread in which `build.ts` compiles one module: a request in, an answer out. */

export interface CompileRequest {
  /** The text of every source by its path. */
  readonly sources: ReadonlyMap<string, string>;
  readonly flags: readonly string[];
}

export interface CompileAnswer {
  /** The module, or null where the compiler refuses the sources. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  readonly problem: string;
}

/** The compiler loads with the request, for it takes long and a message that comes meanwhile is lost. */
async function compile({ sources, flags }: CompileRequest): Promise<CompileAnswer> {
  const { default: asc } = await import("assemblyscript/asc");
  let binary: Uint8Array | null = null;
  const stderr: string[] = [];
  const { error } = await asc.main(
    ["assembly/index.ts", ...flags, "--outFile", "core.wasm"],
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
    return { bytes: null, problem: `${error?.message ?? "no output"}\n${stderr.join("")}` };
  }
  return { bytes: new Uint8Array(binary), problem: "" };
}

/** What this thread is to the one that started it. */
interface Port {
  onmessage: ((event: MessageEvent<CompileRequest>) => void) | null;
  postMessage(answer: CompileAnswer): void;
}

/** Inside a worker the global scope is the port; the window's types do not say so. */
const port = globalThis as unknown as Port;
port.onmessage = async ({ data }) => port.postMessage(await compile(data));
