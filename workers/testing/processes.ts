/** Worker and server processes that a test starts, watches through their log, and kills. */
import { TextLineStream } from "./text_lines.ts";

export interface LogLine {
  readonly event: string;
  readonly [field: string]: unknown;
}

export interface WorkerProcess extends AsyncDisposable {
  readonly pid: number;
  readonly lines: readonly LogLine[];
  /** The first line of this event that passes, past or to come. */
  waitFor(event: string, passes?: (line: LogLine) => boolean): Promise<LogLine>;
  signal(signal: Deno.Signal): void;
  /** Exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

export const TALLY_WORKER = new URL("./main.ts", import.meta.url);
/** What `deno task worker` starts. */
export const REAL_WORKER = new URL("../main.ts", import.meta.url);
/** A real worker that also runs tallies. */
export const FULL_WORKER = new URL("./full_worker.ts", import.meta.url);
/** What `deno task api` starts, with `RUN_JOBS` being `no`. */
const API_SERVER = new URL("../../api/main.ts", import.meta.url);

/** Starts a server that only answers, on a free port; its URL is known once it listens. */
export async function startApiProcess(
  environment: Record<string, string>,
): Promise<WorkerProcess & { readonly url: string }> {
  const server = startWorkerProcess({ PORT: "0", RUN_JOBS: "no", ...environment }, API_SERVER);
  const { port } = await server.waitFor("server started");
  return { ...server, url: `http://127.0.0.1:${port}` };
}

export function startWorkerProcess(
  environment: Record<string, string>,
  script = TALLY_WORKER,
): WorkerProcess {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", script.pathname],
    env: { LOG_LEVEL: "info", ...environment },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lines: LogLine[] = [];
  const watchers = new Set<(line: LogLine) => void>();
  const reading = (async () => {
    for await (const text of child.stdout.pipeThrough(new TextLineStream())) {
      const line: LogLine = JSON.parse(text);
      lines.push(line);
      for (const watch of watchers) watch(line);
    }
  })();
  const ended = child.status.then(({ code, signal }) => signal === null ? code : null);
  return {
    pid: child.pid,
    lines,
    ended,
    signal: (signal) => child.kill(signal),
    waitFor(event, passes = () => true) {
      const { promise, resolve, reject } = Promise.withResolvers<LogLine>();
      const watch = (line: LogLine) => {
        if (line.event !== event || !passes(line)) return;
        watchers.delete(watch);
        resolve(line);
      };
      watchers.add(watch);
      void reading.then(() => reject(new Error(`The worker ended before "${event}"`)));
      lines.forEach(watch);
      return promise;
    },
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGCONT");
        child.kill("SIGKILL");
      } catch (err) {
        if (!(err instanceof TypeError)) throw err;
      }
      await ended;
      await reading;
    },
  };
}
