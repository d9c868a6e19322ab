/** Every WebSocket of one process: heartbeats, revocation, shutdown. */
import { pause } from "../platform/clock.ts";
import type { Actor, Ctx, Platform } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import { Connection, HEARTBEAT_MS, type SnapshotReader, type Socket } from "./connection.ts";
import { createEventFeed, type EventFeed } from "./feed.ts";
import { CLOSE } from "./messages.ts";
import { createProgressPoll, type ProgressPoll } from "./progress_poll.ts";

const SILENCE_MS_MAX = 60_000;
const WATCH_MS = 1_000;
const CONNECTIONS_MAX = 5_000;
const CONNECTIONS_PER_USER_MAX = 50;
const SIGN_IN_MS_MAX = 10_000;

export interface HubOptions {
  readonly snapshots: Readonly<Record<string, SnapshotReader>>;
}

export class Hub {
  readonly feed: EventFeed;
  readonly progress: ProgressPoll;
  readonly #platform: Platform;
  readonly #snapshots: HubOptions["snapshots"];
  readonly #connections = new Set<Connection>();
  readonly #stopping = new AbortController();
  #watching: Promise<void> | null = null;

  constructor(platform: Platform, { snapshots }: HubOptions) {
    this.#platform = platform;
    this.#snapshots = snapshots;
    this.feed = createEventFeed(platform);
    this.progress = createProgressPoll(platform);
    platform.invalidations.subscribe(({ topic, key }) => {
      if (topic === "user") this.#cut((connection) => connection.userId === key);
      if (topic === "session") this.#cut((connection) => connection.sessionId === key);
      if (topic === "api_token") this.#cut((connection) => connection.apiTokenId === key);
    });
  }

  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  get size(): number {
    return this.#connections.size;
  }

  /** Refuses a client before its socket is upgraded. */
  refuseMore(actor: Actor | null): void {
    const own = [...this.#connections].filter(({ userId }) => userId === actor?.userId).length;
    const full = this.#connections.size >= CONNECTIONS_MAX;
    if (!full && (actor === null || own < CONNECTIONS_PER_USER_MAX)) return;
    throw new AppError("OVERLOADED", "Cannot open a WebSocket: too many are open", {
      headers: { "Retry-After": "10" },
    });
  }

  add(
    socket: Socket,
    ctx: Ctx,
    authenticate: (token: string) => Promise<Actor | null>,
  ): Connection {
    const { feed, progress } = this;
    const parts = { ctx, feed, progress, snapshots: this.#snapshots, authenticate };
    const connection = new Connection(socket, parts);
    this.#connections.add(connection);
    this.#watching ??= this.#watch();
    return connection;
  }

  remove(connection: Connection): void {
    connection.dispose();
    this.#connections.delete(connection);
  }

  /** Says goodbye and closes all; new ones are not expected. */
  async stop(): Promise<void> {
    for (const connection of this.#connections) {
      connection.send({ type: "server_shutdown" });
      connection.close(CLOSE.goingAway, "the server stops");
    }
    this.#connections.clear();
    this.#stopping.abort();
    await Promise.all([this.#watching, this.feed.stop(), this.progress.stop()]);
  }

  #cut(isGone: (connection: Connection) => boolean): void {
    for (const connection of this.#connections) {
      if (!isGone(connection)) continue;
      connection.close(CLOSE.unauthorized, "credentials have changed: sign in again");
      this.#connections.delete(connection);
    }
  }

  async #watch(): Promise<void> {
    const { clock, invalidations, log } = this.#platform;
    let pingAt = clock.monotonic() + HEARTBEAT_MS;
    while (!this.signal.aborted) {
      await pause(WATCH_MS, this.signal);
      try {
        await invalidations.catchUp();
      } catch (err) {
        log.warning("revocations cannot be read", { error: err });
      }
      this.#dropSilent();
      if (clock.monotonic() < pingAt) continue;
      pingAt = clock.monotonic() + HEARTBEAT_MS;
      for (const connection of this.#connections) connection.send({ type: "ping" });
    }
  }

  #dropSilent(): void {
    for (const connection of this.#connections) {
      if (connection.userId === null && connection.silentMs > SIGN_IN_MS_MAX) {
        connection.close(CLOSE.unauthorized, "no token was sent in time");
        this.#connections.delete(connection);
      } else if (connection.silentMs > SILENCE_MS_MAX) {
        connection.close(CLOSE.idle, "nothing was heard for a minute");
        this.#connections.delete(connection);
      }
    }
  }
}
