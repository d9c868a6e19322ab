/**
 * An open-loop HTTP client that costs little: requests leave when a schedule says so, whether the
 * ones before are answered or not, and an answer's latency counts from the scheduled moment, so
 * that a server that stalls cannot hide it.
 */
import { pause } from "../platform/clock.ts";

/** What is asked for, as the bytes that ask for it. */
export interface LoadTarget {
  readonly name: string;
  readonly request: Uint8Array;
}

export interface LoadPlan {
  readonly port: number;
  /** Sent in this order, over and over. */
  readonly targets: readonly LoadTarget[];
  readonly perSecond: number;
  readonly seconds: number;
  /** Kept alive; a request that finds none free waits for one, and that counts. */
  readonly connections: number;
}

export interface LoadFigures {
  /** Milliseconds from the scheduled moment to the last byte, ascending, by target. */
  readonly latencies: ReadonlyMap<string, Float64Array>;
  readonly errors: ReadonlyMap<string, number>;
  readonly answered: number;
  readonly bytes: number;
  /** Until the last answer. */
  readonly seconds: number;
  /** Milliseconds by which the client itself sent late, ascending. */
  readonly lateness: Float64Array;
  /** Requests that found no free connection. */
  readonly waited: number;
}

const TICK_MS = 1;
const READ_BYTES = 1 << 17;
const HEAD_BYTES_MAX = 4_096;

export function targetOf(name: string, path: string, token?: string): LoadTarget {
  const authorization = token === undefined ? "" : `Authorization: Bearer ${token}\r\n`;
  const text = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${authorization}\r\n`;
  return { name, request: new TextEncoder().encode(text) };
}

interface Due {
  readonly target: LoadTarget;
  /** `performance.now()` at which it should leave. */
  readonly at: number;
}

/** Runs the plan and waits for the last answer. */
export async function runLoad(plan: LoadPlan): Promise<LoadFigures> {
  const tally = new Tally(plan);
  const idle: Channel[] = [];
  for (let count = 0; count < plan.connections; count++) idle.push(await Channel.open(plan.port));
  const waiting: Due[] = [];
  const pending = new Set<Promise<void>>();
  const send = (channel: Channel, due: Due): void => {
    const asking = ask(channel, due, { plan, tally }).then((free) => {
      pending.delete(asking);
      const next = waiting.shift();
      if (next === undefined) idle.push(free);
      else send(free, next);
    });
    pending.add(asking);
  };
  await onSchedule(plan, (due) => {
    tally.lateness.push(performance.now() - due.at);
    const channel = idle.pop();
    if (channel !== undefined) return send(channel, due);
    waiting.push(due);
    tally.waited++;
  });
  while (pending.size > 0) await Promise.all(pending);
  for (const channel of idle) channel.close();
  return tally.figures();
}

/** Calls `release` for every request once its moment has come. */
async function onSchedule(plan: LoadPlan, release: (due: Due) => void): Promise<void> {
  const { targets, perSecond, seconds } = plan;
  const total = perSecond * seconds;
  const start = performance.now();
  for (let sent = 0; sent < total;) {
    const due = Math.min(total, Math.floor((performance.now() - start) * perSecond / 1_000));
    for (; sent < due; sent++) {
      const target = targets[sent % targets.length];
      if (target !== undefined) release({ target, at: start + sent * 1_000 / perSecond });
    }
    await pause(TICK_MS);
  }
}

/** Sends one request; answers the connection to go on with, a new one after a failure. */
async function ask(
  channel: Channel,
  { target, at }: Due,
  { plan, tally }: { plan: LoadPlan; tally: Tally },
): Promise<Channel> {
  try {
    const { status, bytes } = await channel.ask(target.request);
    tally.take(target, { status, bytes, latencyMs: performance.now() - at });
    return channel;
  } catch (err) {
    tally.fail(err instanceof Error ? err.message : String(err));
    channel.close();
    return await Channel.open(plan.port);
  }
}

/** One kept connection with one request at a time. */
class Channel {
  readonly #connection: Deno.TcpConn;
  readonly #buffer = new Uint8Array(READ_BYTES);

  constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  static async open(port: number): Promise<Channel> {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    connection.setNoDelay(true);
    return new Channel(connection);
  }

  /** @throws Error when the server ends the connection or answers without a length. */
  async ask(request: Uint8Array): Promise<{ status: number; bytes: number }> {
    for (let at = 0; at < request.length;) {
      at += await this.#connection.write(request.subarray(at));
    }
    let read = await this.#read();
    const head = new TextDecoder().decode(this.#buffer.subarray(0, Math.min(read, HEAD_BYTES_MAX)));
    const end = head.indexOf("\r\n\r\n");
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    if (end < 0 || length === undefined) throw new Error("an answer has no length");
    const bytes = end + 4 + Number(length);
    while (read < bytes) read += await this.#read();
    return { status: Number(head.slice(9, 12)), bytes };
  }

  async #read(): Promise<number> {
    const read = await this.#connection.read(this.#buffer);
    if (read === null) throw new Error("the server closed a connection");
    return read;
  }

  close(): void {
    this.#connection.close();
  }
}

/** What a round counts while it runs. */
class Tally {
  readonly lateness: number[] = [];
  waited = 0;
  readonly #latencies: Map<string, number[]>;
  readonly #errors = new Map<string, number>();
  readonly #start = performance.now();
  #answered = 0;
  #bytes = 0;

  constructor({ targets }: LoadPlan) {
    this.#latencies = new Map(targets.map(({ name }) => [name, []]));
  }

  take(
    { name }: LoadTarget,
    { status, bytes, latencyMs }: { status: number; bytes: number; latencyMs: number },
  ): void {
    if (status !== 200) return this.fail(`${name} answered ${status}`);
    this.#latencies.get(name)?.push(latencyMs);
    this.#answered++;
    this.#bytes += bytes;
  }

  fail(kind: string): void {
    this.#errors.set(kind, (this.#errors.get(kind) ?? 0) + 1);
  }

  figures(): LoadFigures {
    const sorted = (values: readonly number[]) => Float64Array.from(values).sort();
    return {
      latencies: new Map([...this.#latencies].map(([name, values]) => [name, sorted(values)])),
      errors: this.#errors,
      answered: this.#answered,
      bytes: this.#bytes,
      seconds: (performance.now() - this.#start) / 1_000,
      lateness: sorted(this.lateness),
      waited: this.waited,
    };
  }
}

/** The value that `ratio` of the ascending values do not exceed. */
export function quantile(sorted: Float64Array, ratio: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * ratio) - 1)] ?? NaN;
}
