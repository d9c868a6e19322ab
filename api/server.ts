/** One process that serves: everything opened, listening, and drained again. */
import { startJobs } from "../workers/process.ts";
import { createApp, createHub } from "./app.ts";
import { SCOPES } from "./auth/scopes.ts";
import { type BootOptions, openPlatform } from "./boot.ts";
import { importSimulatedMarket } from "./market/service.ts";
import { pause } from "./platform/clock.ts";
import type { Settings } from "./platform/config.ts";
import { createCtx, type Platform, systemActor } from "./platform/context.ts";
import type { FindDoor } from "./platform/http/doors.ts";
import { removeLocalServer, writeLocalServer } from "./platform/local_server.ts";

export interface ServerOptions extends BootOptions {
  /** How long requests that run may take to end once the server stops. */
  readonly drainMs?: number;
  /** Loads the simulated market into the shared dataset when it is absent. */
  readonly withSimulatedMarket?: boolean;
  /** Which limits a request meets, in place of the platform's own. */
  readonly findDoor?: FindDoor;
}

export interface RunningServer {
  /** Where it listens. */
  readonly address: { readonly hostname: string; readonly port: number };
  /** Takes no more requests, lets those that run end, and closes everything. */
  stop(): Promise<void>;
}

const DRAIN_MS = 8_000;

/** @throws Error that names what could not be opened or listened on; nothing stays open then. */
export async function startServer(
  settings: Settings,
  { drainMs = DRAIN_MS, withSimulatedMarket = false, findDoor, ...boot }: ServerOptions = {},
): Promise<RunningServer> {
  const { platform, localToken, close } = await openPlatform(settings, boot);
  const abort = new AbortController();
  try {
    if (withSimulatedMarket) await loadSimulatedMarket(platform);
    const hub = createHub(platform);
    const app = createApp(platform, { localToken, hub, findDoor });
    const server = listen(settings, abort.signal, (request, info) => app.fetch(request, info));
    const { hostname, port } = server.addr;
    const file = { pid: Deno.pid, url: loopbackUrl(hostname, port) };
    await writeLocalServer(settings.DATA_DIR, file);
    const jobs = settings.RUN_JOBS === "yes" ? await startJobs(platform) : null;
    platform.log.info("server started", { hostname, port });
    return {
      address: { hostname, port },
      async stop() {
        platform.log.info("server stops");
        await removeLocalServer(settings.DATA_DIR, file);
        await hub.stop();
        await Promise.all([drain(server, drainMs), jobs?.stop()]);
        await close();
      },
    };
  } catch (err) {
    abort.abort();
    await close();
    throw err;
  }
}

async function loadSimulatedMarket(platform: Platform): Promise<void> {
  const actor = systemActor(SCOPES);
  const signal = new AbortController().signal;
  const { imported } = await importSimulatedMarket(createCtx(platform, { actor, signal }));
  platform.log.info("simulated market is ready", { imported });
}

function listen(
  { HOST, PORT }: Settings,
  signal: AbortSignal,
  handler: Deno.ServeHandler<Deno.NetAddr>,
): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve({ hostname: HOST, port: PORT, signal, onListen: () => {} }, handler);
  } catch (err) {
    if (!(err instanceof Deno.errors.AddrInUse)) throw err;
    throw new Error(`Cannot listen on ${HOST}:${PORT}: the port is in use, choose another`, {
      cause: err,
    });
  }
}

/** Waits for the requests that run, `drainMs` at most; those still running end with the process. */
async function drain(server: Deno.HttpServer, drainMs: number): Promise<void> {
  const ended = new AbortController();
  await Promise.race([server.shutdown(), pause(drainMs, ended.signal)]);
  ended.abort();
}

/** A server that listens on every interface listens on loopback too. */
function loopbackUrl(hostname: string, port: number): string {
  const host = hostname === "0.0.0.0" || hostname === "::" ? "127.0.0.1" : hostname;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
