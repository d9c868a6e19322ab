/**
 * Requests a second, and ratios: a route without storage with all middleware beside raw
 * `Deno.serve`, `GET /strategies/{id}` beside the libSQL client's own point reads. Servers run in
 * threads of their own and the client pipelines, so that the server is what is measured. The app
 * counts calls as in production, only that its quotas are too large to refuse any.
 * Run with `deno bench -A api/http_bench.ts`.
 */
import assert from "node:assert/strict";
import type { BenchOrder } from "./http_server_bench.ts";

const CONNECTIONS = 32;
const DEPTH = 1;
const ROUND_MS = 1_000;
const ROUNDS = 5;
const STATUS_LINE = new TextEncoder().encode("HTTP/1.1 ");

interface Target {
  readonly port: number;
  readonly path: string;
  readonly token?: string;
}

interface Thread {
  ask(order: BenchOrder): Promise<number>;
  stop(): void;
}

function startThread(): Thread {
  const url = new URL("./http_server_bench.ts", import.meta.url);
  const worker = new Worker(url, { type: "module" });
  return {
    ask: (order) => {
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(order);
      return promise;
    },
    stop: () => worker.terminate(),
  };
}

/** Two rates taken in turn, so that what else the machine does falls on both; the first is warm-up. */
async function measurePairs(
  first: () => Promise<number>,
  second: () => Promise<number>,
): Promise<{ first: number; second: number; ratio: number }> {
  await first();
  await second();
  const pairs: { first: number; second: number; ratio: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const [one, two] = [await first(), await second()];
    pairs.push({ first: one, second: two, ratio: two / one });
  }
  return pairs.sort((a, b) => a.ratio - b.ratio)[Math.floor(ROUNDS / 2)] ?? assert.fail();
}

async function measureRound(target: Target): Promise<number> {
  const start = performance.now();
  const ends = start + ROUND_MS;
  const counts = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => drive(target, () => performance.now() < ends)),
  );
  const answered = counts.reduce((sum, count) => sum + count, 0);
  return answered / (performance.now() - start) * 1000;
}

/** One connection: writes a batch of requests and reads until all are answered. */
async function drive({ port, path, token }: Target, goesOn: () => boolean): Promise<number> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const authorization = token === undefined ? "" : `Authorization: Bearer ${token}\r\n`;
  const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${authorization}\r\n`;
  const batch = new TextEncoder().encode(request.repeat(DEPTH));
  const buffer = new Uint8Array(1 << 20);
  const counter = new AnswerCounter();
  for (let sent = 0; goesOn(); sent += DEPTH) {
    for (let at = 0; at < batch.length;) at += await connection.write(batch.subarray(at));
    while (counter.answered < sent + DEPTH) {
      const read = await connection.read(buffer);
      assert.notEqual(read, null, "the server closed the connection");
      counter.take(buffer.subarray(0, read ?? 0));
    }
  }
  return counter.answered;
}

/** Counts status lines in a stream, also those split between two reads; all must say 200. */
class AnswerCounter {
  answered = 0;
  #matched = 0;

  take(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#matched === STATUS_LINE.length) {
        assert.equal(byte, 0x32, "an answer is no success");
        this.answered++;
        this.#matched = 0;
      }
      if (byte === STATUS_LINE[this.#matched]) this.#matched++;
      else this.#matched = byte === STATUS_LINE[0] ? 1 : 0;
    }
  }
}

async function createStrategy(port: number): Promise<{ token: string; id: string }> {
  const post = async (path: string, body: unknown, token?: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    assert.equal(answer.status, 201);
    return await answer.json();
  };
  const account = { username: "bench", email: "bench@example.com", password: "bench password" };
  const { access_token: token } = await post("/api/v1/auth/register", account);
  const code = "# a strategy\n".repeat(100);
  const { id } = await post("/api/v1/strategies", { name: "Bench", description: "", code }, token);
  return { token, id };
}

async function measureAll(): Promise<void> {
  const dataDir = await Deno.makeTempDir({ prefix: "candlewick-bench-" });
  const [raw, app, reader] = [startThread(), startThread(), startThread()];
  const rawPort = await raw.ask({ kind: "raw" });
  const port = await app.ask({ kind: "app", dataDir });
  const plain = await measurePairs(
    () => measureRound({ port: rawPort, path: "/" }),
    () => measureRound({ port, path: "/api/v1/health" }),
  );
  const { token, id } = await createStrategy(port);
  const stored = await measurePairs(
    () => reader.ask({ kind: "point_reads", dataDir, id }),
    () => measureRound({ port, path: `/api/v1/strategies/${id}`, token }),
  );
  for (const thread of [raw, app, reader]) thread.stop();
  await Deno.remove(dataDir, { recursive: true });
  const line = (name: string, rate: number, ratio = "") =>
    console.log(`${name.padEnd(32)} ${Math.round(rate).toString().padStart(8)}/s  ${ratio}`);
  line("Deno.serve", plain.first);
  line("GET /api/v1/health", plain.second, `${plain.ratio.toFixed(2)} x Deno.serve`);
  line("libSQL client, point reads", stored.first);
  line("GET /api/v1/strategies/{id}", stored.second, `${stored.ratio.toFixed(2)} x point reads`);
}

Deno.bench("HTTP rates and their ratios", { n: 1, warmup: 0 }, measureAll);
