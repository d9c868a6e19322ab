/** One WebSocket client: who it is, what it subscribed to, and how much it may still be sent. */
import { pause } from "../platform/clock.ts";
import type { Actor, Ctx } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import { toAppError } from "../platform/http/errors.ts";
import { type EventCursor, openCursor } from "./cursor.ts";
import type { EventFeed } from "./feed.ts";
import { MESSAGE, type MessageLimits, TOPIC } from "./message_limits.ts";
import {
  type ClientMessage,
  clientMessage,
  CLOSE,
  type ServerMessage,
  TOPICS_MAX,
} from "./messages.ts";
import type { ProgressPoll } from "./progress_poll.ts";
import { toOwnEvent } from "./service.ts";
import type { LiveClient } from "./standing_watch.ts";
import { type EventRow, findEventBounds } from "./store.ts";
import { parseTopic, type Topic } from "./topics.ts";

/** What a connection needs of a socket; a WebSocket is one. */
export interface Socket {
  readonly bufferedAmount: number;
  send(text: string): void;
  close(code: number, reason: string): void;
}

/** Reads a resource as its GET answers it, and names its job when it has one. */
export type SnapshotReader = (
  ctx: Ctx,
  id: string,
) => Promise<{ readonly data: unknown; readonly jobId: string | null }>;

export interface ConnectionParts {
  readonly ctx: Ctx;
  readonly feed: EventFeed;
  readonly progress: ProgressPoll;
  readonly limits: MessageLimits;
  readonly snapshots: Readonly<Record<string, SnapshotReader>>;
  /** Finds who a token belongs to; null for nobody. */
  readonly authenticate: (token: string) => Promise<Actor | null>;
  /** False when what the client signed in with is over. */
  readonly admit: (client: LiveClient) => Promise<boolean>;
}

export const HEARTBEAT_MS = 20_000;
const BUFFERED_BYTES_MAX = 1_048_576;
const MESSAGE_CHARACTERS_MAX = 1_048_576;
const BROKEN_FRAMES_MAX = 10;
/** Messages of one client that wait for their turn. */
const WAITING_MAX = 1_000;
/** Refused messages within a minute; a client that goes on beyond them does not listen. */
const REFUSED_MAX = 100;
const MINUTE_MS = 60_000;
const DRAIN_WAIT_MS = 50;
const DRAIN_WAITS_MAX = 200;

export class Connection implements LiveClient {
  readonly #parts: ConnectionParts;
  readonly #socket: Socket;
  readonly #subscriptions = new Map<string, () => void>();
  #ctx: Ctx | null = null;
  #cursor: EventCursor | null = null;
  #onEvent = new Map<string, (event: EventRow) => void>();
  #broken = 0;
  #waiting = 0;
  #refused = { count: 0, since: 0 };
  #isOpen = true;
  #work: Promise<void> = Promise.resolve();
  #heardAt: number;

  constructor(socket: Socket, parts: ConnectionParts) {
    this.#socket = socket;
    this.#parts = parts;
    this.#heardAt = parts.ctx.clock.monotonic();
  }

  get actor(): Actor | null {
    return this.#ctx?.actor ?? null;
  }

  get userId(): string | null {
    return this.actor?.userId ?? null;
  }

  /** Milliseconds since the client was last heard. */
  get silentMs(): number {
    return this.#parts.ctx.clock.monotonic() - this.#heardAt;
  }

  /** Takes a client in that proved itself when it connected. */
  open(actor: Actor | null): Promise<void> {
    return this.#inTurn(() => actor === null ? Promise.resolve() : this.#welcome(actor));
  }

  /** Handles one message; messages of one client are handled in turn. */
  receive(data: unknown): Promise<void> {
    this.#heardAt = this.#parts.ctx.clock.monotonic();
    if (this.#waiting >= WAITING_MAX) this.close(CLOSE.limit, "too many messages wait");
    this.#waiting++;
    return this.#inTurn(() => this.#handle(data)).finally(() => this.#waiting--);
  }

  cutOff(reason: string): void {
    this.close(CLOSE.unauthorized, reason);
  }

  send(message: ServerMessage): void {
    if (!this.#isOpen) return;
    if (this.#socket.bufferedAmount > BUFFERED_BYTES_MAX) {
      return this.close(CLOSE.slow, "too slow: reconnect and resume");
    }
    this.#socket.send(JSON.stringify(message));
  }

  close(code: number, reason: string): void {
    if (!this.#isOpen) return;
    this.dispose();
    this.#socket.close(code, reason);
  }

  /** Lets go of everything; the socket is closed or about to be. */
  dispose(): void {
    this.#isOpen = false;
    for (const stop of this.#subscriptions.values()) stop();
    this.#subscriptions.clear();
    this.#cursor?.close();
    this.#cursor = null;
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(async () => {
      if (!this.#isOpen) return;
      try {
        await work();
      } catch (err) {
        this.#fail(err);
      }
    });
    return this.#work;
  }

  #fail(
    err: unknown,
    at: { id?: string | number | undefined; topic?: string; retry_after?: number } = {},
  ): void {
    const known = toAppError(err);
    if (known === null) this.#parts.ctx.log.error("websocket failure", { error: err });
    const code = known?.code ?? "INTERNAL_ERROR";
    this.send({
      type: "error",
      id: at.id,
      code,
      message: known?.message ?? "Internal error",
      ...at,
    });
  }

  async #handle(data: unknown): Promise<void> {
    if (!await this.#mayGoOn(MESSAGE, () => idOf(parseShort(data)))) return;
    const message = this.#parse(data);
    if (message === null) return;
    if (message.type === "ping") return this.send({ type: "pong", id: message.id });
    if (message.type === "pong") return;
    if (message.type === "auth") return await this.#signIn(message.token);
    const ctx = this.#ctx;
    if (ctx === null) {
      throw new AppError("INVALID_TOKEN", "Cannot subscribe: send an auth message first");
    }
    if (message.type === "unsubscribe") return this.#unsubscribe(message);
    await this.#subscribe(ctx, message);
  }

  /** Counts what the client sent; one that sends too much is told so, and closed if it goes on. */
  async #mayGoOn(
    cost: typeof MESSAGE,
    about: () => { id?: string | number | undefined; topic?: string },
  ): Promise<boolean> {
    const { limits, ctx } = this.#parts;
    const waitS = await limits.take(this.#ctx ?? ctx, cost);
    if (waitS === 0) return true;
    const now = ctx.clock.monotonic();
    if (now - this.#refused.since >= MINUTE_MS) this.#refused = { count: 0, since: now };
    this.#refused.count++;
    const why = `too many messages, wait ${waitS} s`;
    if (this.#refused.count > REFUSED_MAX) this.close(CLOSE.limit, why);
    const refusal = new AppError("RATE_LIMITED", `Cannot go on: ${why}`);
    this.#fail(refusal, { ...about(), retry_after: waitS });
    return false;
  }

  #parse(data: unknown): ClientMessage | null {
    const problem = typeof data !== "string"
      ? "text frames are expected"
      : data.length > MESSAGE_CHARACTERS_MAX
      ? `it has ${data.length} characters, ${MESSAGE_CHARACTERS_MAX} are allowed`
      : null;
    const json = problem === null ? parseJson(String(data)) : undefined;
    const parsed = problem === null ? clientMessage.safeParse(json) : null;
    if (parsed?.success) return parsed.data;
    const [issue] = parsed?.error.issues ?? [];
    const reason = problem ?? `${issue?.path.join(".") || "message"}: ${issue?.message}`;
    this.#broken++;
    if (this.#broken > BROKEN_FRAMES_MAX) {
      this.close(CLOSE.protocol, "too many broken messages");
      return null;
    }
    this.#fail(new AppError("BAD_REQUEST", `Cannot read the message: ${reason}`), idOf(json));
    return null;
  }

  async #signIn(token: string): Promise<void> {
    const actor = await this.#parts.authenticate(token);
    if (actor === null) return this.close(CLOSE.unauthorized, "the token is not valid");
    if (this.userId !== null && this.userId !== actor.userId) {
      return this.close(CLOSE.unauthorized, "the connection belongs to another user");
    }
    await this.#welcome(actor);
  }

  async #welcome(actor: Actor): Promise<void> {
    const before = this.#ctx;
    const ctx = { ...this.#parts.ctx, actor };
    this.#ctx = ctx;
    let isGood = false;
    try {
      isGood = await this.#parts.admit(this);
    } finally {
      if (!isGood) this.#ctx = before;
    }
    if (!isGood) return this.close(CLOSE.unauthorized, "the session or token has ended");
    const { lastSeq } = await findEventBounds(ctx.db, ctx);
    this.send({
      type: "welcome",
      connection_id: ctx.requestId,
      user_id: actor.userId,
      seq: lastSeq,
      heartbeat_ms: HEARTBEAT_MS,
    });
  }

  #unsubscribe({ id, topics }: { id?: string | number | undefined; topics: string[] }): void {
    for (const name of topics) {
      this.#subscriptions.get(name)?.();
      this.#subscriptions.delete(name);
    }
    this.send({ type: "ack", id, topics });
  }

  async #subscribe(
    ctx: Ctx,
    { id, topics, after }: Extract<ClientMessage, { type: "subscribe" }>,
  ): Promise<void> {
    const taken: string[] = [];
    for (const [at, name] of topics.entries()) {
      const topic = name.slice(0, 100);
      if (at > 0 && !await this.#mayGoOn(TOPIC, () => ({ id, topic }))) break;
      try {
        if (!this.#subscriptions.has(name)) await this.#add(ctx, name, after);
        taken.push(name);
      } catch (err) {
        this.#fail(err, { id, topic });
        if (err instanceof AppError && err.code === "LIMIT_EXCEEDED") break;
      }
      if (!this.#isOpen) return;
    }
    if (taken.length > 0) this.send({ type: "ack", id, topics: taken });
  }

  async #add(ctx: Ctx, name: string, after: number | undefined): Promise<void> {
    const topic = parseTopic(name, Object.keys(this.#parts.snapshots));
    if (this.#subscriptions.size >= TOPICS_MAX) {
      throw new AppError(
        "LIMIT_EXCEEDED",
        `Cannot subscribe to more topics: a connection may have ${TOPICS_MAX}`,
      );
    }
    if (topic.kind === "events") await this.#addEvents(ctx, topic, after);
    else await this.#addResource(ctx, topic);
  }

  /** Every event of the owner, resumed after a number when one is given. */
  async #addEvents(ctx: Ctx, { name }: Topic, after: number | undefined): Promise<void> {
    const cursor = await openCursor(ctx, this.#parts.feed, {
      after: after ?? null,
      deliver: (row) => this.send({ type: "event", topic: name, event: toOwnEvent(row) }),
      ready: () => this.#drained(),
    });
    if ("resyncFrom" in cursor) {
      this.send({ type: "resync_required", topic: name, seq: cursor.resyncFrom });
      return await this.#addEvents(ctx, { kind: "events", name }, undefined);
    }
    this.#subscriptions.set(name, () => cursor.close());
  }

  /** A snapshot, then what changes: events about the resource, and its job's progress. */
  async #addResource(
    ctx: Ctx,
    { name, resourceKind, id }: Extract<Topic, { kind: "resource" }>,
  ): Promise<void> {
    const read = this.#parts.snapshots[resourceKind];
    if (read === undefined) throw new Error(`No snapshot reader for "${resourceKind}"`);
    await this.#followEvents(ctx);
    const held: EventRow[] = [];
    this.#onEvent.set(name, (event) => void held.push(event));
    try {
      const { data, jobId } = await read(ctx, id);
      const { lastSeq } = await findEventBounds(ctx.db, ctx);
      this.send({ type: "snapshot", topic: name, seq: lastSeq, data });
      const deliver = (row: EventRow) => {
        if (row.resource_kind !== resourceKind || row.resource_id !== id) return;
        this.send({ type: "event", topic: name, event: toOwnEvent(row) });
      };
      for (const row of held) deliver(row);
      this.#onEvent.set(name, deliver);
      const stop = jobId === null
        ? null
        : this.#parts.progress.watch(jobId, (state) =>
          this.send({ type: "progress", topic: name, data: { job_id: jobId, ...state.progress } }));
      this.#subscriptions.set(name, () => {
        this.#onEvent.delete(name);
        stop?.();
      });
    } catch (err) {
      this.#onEvent.delete(name);
      throw err;
    }
  }

  async #followEvents(ctx: Ctx): Promise<void> {
    if (this.#cursor !== null) return;
    const cursor = await openCursor(ctx, this.#parts.feed, {
      after: null,
      deliver: (row) => this.#onEvent.forEach((listener) => listener(row)),
    });
    if ("resyncFrom" in cursor) throw new Error("A cursor from now on cannot be out of date");
    this.#cursor = cursor;
  }

  /** Waits for the socket to send what it holds; a client that stays slow is closed by `send`. */
  async #drained(): Promise<void> {
    for (let waits = 0; waits < DRAIN_WAITS_MAX; waits++) {
      if (!this.#isOpen || this.#socket.bufferedAmount < BUFFERED_BYTES_MAX / 2) return;
      await pause(DRAIN_WAIT_MS);
    }
  }
}

/** The id of a message that is otherwise broken, so that its error finds its request. */
function idOf(json: unknown): { id?: string | number } {
  if (typeof json !== "object" || json === null || !("id" in json)) return {};
  return typeof json.id === "string" || typeof json.id === "number" ? { id: json.id } : {};
}

/** The JSON of a message that is refused, when reading it costs next to nothing. */
function parseShort(data: unknown): unknown {
  return typeof data === "string" && data.length <= 1_000 ? parseJson(data) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
