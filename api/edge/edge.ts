/**
 * The app as an edge platform runs it: it listens at once, opens its storage meanwhile, keeps no
 * loop, and ends within seconds when it is told to. A tick runs what is due; a request that left a
 * job waiting asks for one, so that work begins while the process is awake anyway.
 */
import { createApp, createHub } from "../app.ts";
import { openPlatform } from "../boot.ts";
import { countPendingByKind } from "../jobs/service.ts";
import { createIds, systemClock, systemRandom, toRfc3339 } from "../platform/clock.ts";
import type { Settings } from "../platform/config.ts";
import { AppError } from "../platform/errors.ts";
import { errorResponse, toAppError } from "../platform/http/errors.ts";
import type { Router } from "../platform/http/router.ts";
import { createLog } from "../platform/log.ts";
import type { Platform } from "../platform/context.ts";

export interface Edge {
  /** Opens the storage before a request needs it; a failure shows with the first one that does. */
  warm(): void;
  fetch(request: Request, info?: unknown): Promise<Response>;
  /**
   * Runs schedules that are due and jobs that wait; one tick at a time, none where RUN_JOBS is
   * `no` and other processes run them.
   *
   * @throws when the storage does not open.
   */
  tick(): Promise<void>;
  /** Lets a tick save and end, and closes everything; takes less than five seconds. */
  stop(): Promise<void>;
}

/** Less than the minute between two ticks. */
const TICK_BUDGET_MS = 50_000;
/** The platform ends the process five seconds after it said so. */
const DRAIN_MS = 3_500;

export function createEdge(settings: Settings): Edge {
  return new EdgeProcess(settings);
}

interface Opened {
  readonly platform: Platform;
  readonly app: Router;
  close(): Promise<void>;
}

class EdgeProcess implements Edge {
  readonly #settings: Settings;
  readonly #log = createLog("edge");
  readonly #ids = createIds(systemClock, systemRandom);
  readonly #ending = new AbortController();
  #opening: Promise<Opened> | null = null;
  #ticking: Promise<void> | null = null;
  #tickAsked = false;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  warm(): void {
    this.#open().catch((error) => this.#log.warning("storage did not open", { error }));
  }

  async fetch(request: Request, info?: unknown): Promise<Response> {
    let opened: Opened;
    try {
      opened = await this.#open();
    } catch (err) {
      return this.#unavailable(request, err);
    }
    const answer = await opened.app.fetch(request, info as object);
    if (answer.ok && !["GET", "HEAD", "OPTIONS"].includes(request.method)) this.#wake(opened);
    return answer;
  }

  tick(): Promise<void> {
    if (this.#ticking !== null) {
      this.#tickAsked = true;
      return this.#ticking;
    }
    this.#tickAsked = false;
    this.#ticking = this.#runTick().finally(() => {
      this.#ticking = null;
      if (this.#tickAsked) this.#tickInBackground();
    });
    return this.#ticking;
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#ticking?.catch(() => {});
    const opened = await this.#opening?.catch(() => null);
    await opened?.close();
  }

  /** The storage opens once; what failed to open is tried again by the next who needs it. */
  #open(): Promise<Opened> {
    this.#opening ??= openApp(this.#settings).catch((err) => {
      this.#opening = null;
      throw err;
    });
    return this.#opening;
  }

  async #runTick(): Promise<void> {
    if (this.#ending.signal.aborted || this.#settings.RUN_JOBS === "no") return;
    const { platform } = await this.#open();
    const { runTick } = await import("../../workers/tick.ts");
    await runTick(platform, {
      budgetMs: TICK_BUDGET_MS,
      drainMs: DRAIN_MS,
      signal: this.#ending.signal,
      plainWorkers: true,
    });
  }

  #tickInBackground(): void {
    if (this.#ending.signal.aborted) return;
    this.tick().catch((error) => this.#log.error("tick failed", { error }));
  }

  /** A tick under way sees new jobs by itself, but may be about to end. */
  async #wake({ platform }: Opened): Promise<void> {
    try {
      if ((await countPendingByKind(platform.db)).size > 0) this.#tickInBackground();
    } catch (error) {
      this.#log.warning("waiting jobs were not counted", { error });
    }
  }

  #unavailable(request: Request, err: unknown): Response {
    this.#log.error("storage does not open", { error: err });
    const failure = toAppError(err) ??
      new AppError("DEPENDENCY_DOWN", "Cannot open the storage: try again shortly", {
        cause: err,
        headers: { "Retry-After": "1" },
      });
    return errorResponse(failure, {
      requestId: this.#ids.uuid(),
      now: toRfc3339(systemClock.now()),
      accept: request.headers.get("accept"),
      path: new URL(request.url).pathname,
    });
  }
}

async function openApp(settings: Settings): Promise<Opened> {
  const { platform, close } = await openPlatform(settings);
  const hub = createHub(platform);
  const app = createApp(platform, { localToken: null, hub });
  return {
    platform,
    app,
    close: async () => {
      await hub.stop();
      await close();
    },
  };
}
