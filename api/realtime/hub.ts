/** Every live connection of one process: heartbeats, revocation, shutdown. */
import { pause } from "../platform/clock.ts";
import type { Actor, Ctx, Platform } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import { Connection, HEARTBEAT_MS, type SnapshotReader, type Socket } from "./connection.ts";
import { createEventFeed, type EventFeed } from "./feed.ts";
import { CLOSE } from "./messages.ts";
import { createMessageLimits, type MessageLimits } from "./message_limits.ts";
import { createProgressPoll, type ProgressPoll } from "./progress_poll.ts";
import { type FindStanding, type LiveClient, StandingWatch } from "./standing_watch.ts";

const SILENCE_MS_MAX = 60_000;
/** With the second that a reading of revocations stays fresh, well below the two that are promised. */
const WATCH_MS = 500;
const CONNECTIONS_MAX = 5_000;
const CONNECTIONS_PER_USER_MAX = 50;
const SIGN_IN_MS_MAX = 10_000;

export interface HubOptions {
  readonly snapshots: Readonly<Record<string, SnapshotReader>>;
  readonly findStanding: FindStanding;
}

export class Hub {
  readonly feed: EventFeed;
  readonly progress: ProgressPoll;
  readonly #platform: Platform;
  readonly #snapshots: HubOptions["snapshots"];
  readonly #limits: MessageLimits;
  readonly #standing: StandingWatch;
  readonly #connections = new Set<Connection>();
  readonly #stopping = new AbortController();
  #watching: Promise<void> | null = null;

  constructor(platform: Platform, { snapshots, findStanding }: HubOptions) {
    this.#platform = platform;
    this.#snapshots = snapshots;
    this.#limits = createMessageLimits(platform);
    this.#standing = new StandingWatch(platform, findStanding);
    this.feed = createEventFeed(platform);
    this.progress = createProgressPoll(platform);
  }

  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Refuses a client before its socket is upgraded or its stream begins. */
  refuseMore(actor: Actor | null): void {
    const own = actor === null ? 0 : this.#standing.countOf(actor.userId);
    if (this.#standing.size < CONNECTIONS_MAX && own < CONNECTIONS_PER_USER_MAX) return;
    throw new AppError("OVERLOADED", "Cannot stay connected: too many connections are open", {
      headers: { "Retry-After": "10" },
    });
  }

  /**
   * Watches a stream whose client has signed in, until `removeStream`.
   *
   * @throws AppError INVALID_TOKEN when what the client signed in with is over by now.
   */
  async addStream(stream: LiveClient): Promise<void> {
    this.refuseMore(stream.actor);
    this.#standing.add(stream);
    this.#watching ??= this.#watch();
    let isGood = false;
    try {
      isGood = await this.#standing.admit(stream);
    } finally {
      if (!isGood) this.removeStream(stream);
    }
    if (!isGood) throw new AppError("INVALID_TOKEN", "Cannot go on: sign in again");
  }

  removeStream(stream: LiveClient): void {
    this.#standing.remove(stream);
  }

  add(
    socket: Socket,
    ctx: Ctx,
    authenticate: (token: string) => Promise<Actor | null>,
  ): Connection {
    const connection = new Connection(socket, {
      ctx,
      feed: this.feed,
      progress: this.progress,
      limits: this.#limits,
      snapshots: this.#snapshots,
      authenticate,
      admit: (client) => this.#standing.admit(client),
    });
    this.#connections.add(connection);
    this.#standing.add(connection);
    this.#watching ??= this.#watch();
    return connection;
  }

  remove(connection: Connection): void {
    connection.dispose();
    this.#forget(connection);
  }

  #forget(connection: Connection): void {
    this.#connections.delete(connection);
    this.#standing.remove(connection);
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

  async #watch(): Promise<void> {
    const { clock, log } = this.#platform;
    let pingAt = clock.monotonic() + HEARTBEAT_MS;
    while (!this.signal.aborted) {
      await pause(WATCH_MS, this.signal);
      try {
        await this.#standing.catchUp();
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
        this.#forget(connection);
      } else if (connection.silentMs > SILENCE_MS_MAX) {
        connection.close(CLOSE.idle, "nothing was heard for a minute");
        this.#forget(connection);
      }
    }
  }
}
