/** A `denokv` server for tests, where one is found: by `DENOKV`, else on the PATH. */
import { join } from "node:path";
import { pause } from "../../api/platform/clock.ts";

export interface KvServer extends AsyncDisposable {
  readonly url: string;
  /** Kills the server; its clients go on trying. */
  kill(): Promise<void>;
  /** Starts it again on its file and port. */
  restart(): Promise<void>;
}

const TOKEN = "a token of tests alone";
const TRIES = 200;
const TRY_EVERY_MS = 50;

/** The server's binary; null where there is none. */
export function findDenokv(): string | null {
  const named = Deno.env.get("DENOKV");
  if (named !== undefined) return named;
  const folders = (Deno.env.get("PATH") ?? "").split(":");
  const paths = folders.filter((folder) => folder !== "").map((folder) => join(folder, "denokv"));
  return paths.find(isFile) ?? null;
}

/** Starts the server on a file in the folder. This process and its children get its token. */
export async function startKvServer(binary: string, folder: string): Promise<KvServer> {
  const port = freePort();
  const url = `http://127.0.0.1:${port}`;
  Deno.env.set("DENO_KV_ACCESS_TOKEN", TOKEN);
  const spawn = async () => {
    const child = new Deno.Command(binary, {
      args: [
        ...["--sqlite-path", join(folder, "denokv.sqlite"), "serve", "--addr", `127.0.0.1:${port}`],
        ...["--atomic-write-batch-timeout-ms", "2"],
      ],
      env: { DENO_KV_ACCESS_TOKEN: TOKEN, RUST_LOG: "error" },
      stdout: "null",
      stderr: "null",
    }).spawn();
    await untilListening(port);
    return child;
  };
  let child = await spawn();
  const kill = async () => {
    try {
      child.kill("SIGKILL");
    } catch (err) {
      if (!(err instanceof TypeError)) throw err;
    }
    await child.status;
  };
  return {
    url,
    kill,
    restart: async () => {
      child = await spawn();
    },
    [Symbol.asyncDispose]: kill,
  };
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function untilListening(port: number): Promise<void> {
  for (let tries = 1;; tries++) {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      return;
    } catch (err) {
      if (tries === TRIES) throw err;
      await pause(TRY_EVERY_MS);
    }
  }
}
