/**
 * Requests a second, and ratios: a route without storage with all middleware beside raw
 * `Deno.serve`, `GET /strategies/{id}` beside the libSQL client's own point reads. Servers run in
 * threads of their own and the client pipelines, so that the server is what is measured. The app
 * counts calls as in production, only that its quotas are too large to refuse any.
 * Run with `deno bench -A api/http_bench.ts`.
 */
import assert from "node:assert/strict";
import type { BenchOrder } from "./http_server_bench.ts";

const CONNECTIONS = 8;
const DEPTH = 16;
const ROUND_MS = 1_000;
const ROUNDS = 5;
const STATUS_LINE = new TextEncoder().encode("HTTP/1.1 ");

interface Target {
  readonly port: number;
  readonly path: string;
  readonly token?: string;
}

/** Starts a thread and asks it one thing. */
async function startWorker(order: BenchOrder): Promise<{ value: number; stop: () => void }> {
  const url = new URL("./http_server_bench.ts", import.meta.url);
  const worker = new Worker(url, { type: "module" });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = (event) => reject(new Error(event.message));
  worker.postMessage(order);
  return { value: await promise, stop: () => worker.terminate() };
}

/**
 * Answers a second over keep-alive connections, of each target: the median of several rounds after
 * one warm-up. The targets take turns, so that what else the machine does weighs on all of them.
 */
async function measureRates(targets: readonly Target[]): Promise<number[]> {
  const rounds = targets.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, target] of targets.entries()) {
      const rate = await measureRound(target);
      if (round > 0) rounds[index]?.push(rate);
    }
  }
  return rounds.map(median);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
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
  const raw = await startWorker({ kind: "raw" });
  const app = await startWorker({ kind: "app", dataDir });
  const [rawRate = 0, plainRate = 0] = await measureRates([
    { port: raw.value, path: "/" },
    { port: app.value, path: "/api/v1/health" },
  ]);
  raw.stop();
  const { token, id } = await createStrategy(app.value);
  const path = `/api/v1/strategies/${id}`;
  const [strategyRate = 0] = await measureRates([{ port: app.value, path, token }]);
  const points = await startWorker({ kind: "point_reads", dataDir, id });
  points.stop();
  app.stop();
  await Deno.remove(dataDir, { recursive: true });
  const line = (name: string, rate: number, ratio: string) =>
    console.log(`${name.padEnd(36)} ${Math.round(rate).toString().padStart(8)}/s  ${ratio}`);
  line("Deno.serve", rawRate, "");
  line("GET /api/v1/health", plainRate, `${(plainRate / rawRate).toFixed(2)} x Deno.serve`);
  line("libSQL client, point reads", points.value, "");
  const ratio = `${(strategyRate / points.value).toFixed(2)} x point reads`;
  line("GET /api/v1/strategies/{id}", strategyRate, ratio);
}

Deno.bench("HTTP rates and their ratios", { n: 1, warmup: 0 }, measureAll);
