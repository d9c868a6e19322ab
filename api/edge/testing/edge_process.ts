/** The process that `deno task edge` starts, with the same flags, over a libSQL server and a KV. */
import { encodeBase64Url } from "../../platform/encoding.ts";
import { startHranaServer } from "../../platform/testing/hrana_server.ts";

const ROOT = new URL("../../../", import.meta.url);
const PLATFORM_FEATURES = ["kv", "cron"];
/** Ticks with each line of its input instead of with the minute. */
const BY_HAND = "api/edge/testing/ticks_by_hand.ts";
const ENTRY = "api/edge/main.ts";

export interface EdgeGround extends AsyncDisposable {
  readonly folder: string;
  /** The repository as the platform sees it: no unstable feature but those it has. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A database on a server and a KV in a file below /tmp, as a deployment has them by URL. */
export async function layEdgeGround(): Promise<EdgeGround> {
  const folder = await Deno.makeTempDir({ dir: "/tmp", prefix: "candlewick-edge-" });
  const server = startHranaServer({ path: `${folder}/shared.db`, authToken: "of the test" });
  return {
    folder,
    root: await layRepository(folder),
    environment: {
      DATABASE_URL: server.url,
      DATABASE_AUTH_TOKEN: "of the test",
      KV_URL: `${folder}/shared.kv`,
      MASTER_KEYS: `edge-1:${encodeBase64Url(new Uint8Array(32).fill(7))}`,
      HOST: "127.0.0.1",
      PORT: "0",
    },
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Links to the sources beside a configuration without what the platform does not offer. */
async function layRepository(folder: string): Promise<string> {
  const root = `${folder}/repository`;
  await Deno.mkdir(root);
  for (const name of ["api", "core-wasm", "migrations", "workers", "deno.lock"]) {
    await Deno.symlink(new URL(name, ROOT), `${root}/${name}`);
  }
  const config = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  const unstable = PLATFORM_FEATURES;
  await Deno.writeTextFile(`${root}/deno.json`, JSON.stringify({ ...config, unstable }));
  return root;
}

export interface EdgeProcess extends AsyncDisposable {
  readonly url: string;
  /** Milliseconds from the start of the process until it listened. */
  readonly listenedMs: number;
  /** Runs a tick and waits for its end; only of a process whose ticks are by hand. */
  tick(): Promise<void>;
  /** The most memory the process held at once, in bytes. */
  peakMemoryBytes(): Promise<number>;
  /** Sends SIGINT as the platform does; answers the exit code. */
  stop(): Promise<number>;
}

export async function startEdgeProcess(
  { root, environment }: EdgeGround,
  { ticksByHand = false, settings = {} }: {
    readonly ticksByHand?: boolean;
    readonly settings?: Readonly<Record<string, string>>;
  } = {},
): Promise<EdgeProcess> {
  const start = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: await edgeArguments(ticksByHand ? BY_HAND : ENTRY),
    cwd: root,
    clearEnv: true,
    env: { HOME: Deno.env.get("HOME") ?? "/tmp", ...denoDir(), ...environment, ...settings },
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const lines = linesOf(child.stdout);
  const listening = await nextEvent(lines, "edge listens");
  const listenedMs = performance.now() - start;
  const input = child.stdin.getWriter();
  let running = true;
  const end = async (signal: Deno.Signal) => {
    if (running) child.kill(signal);
    running = false;
    const [{ code }] = await Promise.all([
      child.status,
      drain(lines),
      input.close().catch(() => {}),
    ]);
    return code;
  };
  return {
    url: `http://127.0.0.1:${listening.port}`,
    listenedMs,
    async tick() {
      await input.write(new TextEncoder().encode("tick\n"));
      await nextEvent(lines, "tick ended");
    },
    peakMemoryBytes: async () => {
      const status = await Deno.readTextFile(`/proc/${child.pid}/status`);
      return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
    },
    stop: () => end("SIGINT"),
    [Symbol.asyncDispose]: async () => {
      if (running) await end("SIGKILL");
    },
  };
}

/** The flags stand in deno.json, so that the test runs what the task runs. */
async function edgeArguments(entry: string): Promise<string[]> {
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  const [program, ...args] = tasks.edge.command.split(" ");
  if (program !== "deno" || args.at(-1) !== ENTRY) throw new Error(`Unknown task: ${args}`);
  return [...args.slice(0, -1), entry];
}

function denoDir(): Record<string, string> {
  const dir = Deno.env.get("DENO_DIR");
  return dir === undefined ? {} : { DENO_DIR: dir };
}

type Lines = AsyncIterator<string>;

async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
}

async function nextEvent(lines: Lines, event: string): Promise<Record<string, unknown>> {
  for (;;) {
    const { done, value } = await lines.next();
    if (done) throw new Error(`The edge process ended before "${event}"`);
    const line = JSON.parse(value);
    if (line.event === event) return line;
  }
}

async function drain(lines: Lines): Promise<void> {
  while (!(await lines.next()).done);
}
