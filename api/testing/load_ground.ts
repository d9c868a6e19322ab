/** A server as a process of its own, with rows to read, people who follow it, and work to do. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { candleFile } from "../../workers/testing/candles.ts";
import { type Person, signUp, until } from "../../workers/testing/fleet.ts";
import { runAdmin } from "../cli/admin/run_admin.ts";

export interface LoadGround extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly people: readonly Person[];
  readonly strategyId: string;
  /** A backtest that has ended. */
  readonly backtestId: string;
  /** Resident memory of the server's process. */
  residentMb(): Promise<number>;
  /** Seconds of processor that the server's process has taken. */
  cpuSeconds(): Promise<number>;
}

const MAIN = new URL("../main.ts", import.meta.url).pathname;
const STRATEGY = new URL("../../examples/strategies/ten_signals.py", import.meta.url);
const YEARS = 4;
const SEED = 1;
const STRATEGIES = 20;
/** What is read over and over; those that run beside it take all candles. */
const LAST_YEAR = { start_date: "2024-01-01" };
const TICKS_A_SECOND = 100;

/** Starts the server as `deno task start` does, only without limits on calls. */
export async function layLoadGround(people: number, flags: string[] = []): Promise<LoadGround> {
  const dataDir = await Deno.makeTempDir({ prefix: "candlewick-load-" });
  const port = freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", ...flags, MAIN],
    env: { DATA_DIR: dataDir, PORT: String(port), RATE_LIMITS: "off" },
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  const stop = async () => {
    child.kill("SIGTERM");
    await child.status;
    await Deno.remove(dataDir, { recursive: true });
  };
  try {
    await until(() => fetch(`${url}/ready`).then(({ ok }) => ok, () => false));
    return {
      ...await lay(url, { people, dataDir }),
      url,
      port,
      ...watch(child.pid),
      [Symbol.asyncDispose]: stop,
    };
  } catch (err) {
    await stop();
    throw err;
  }
}

async function lay(url: string, { people: count, dataDir }: { people: number; dataDir: string }) {
  const people: Person[] = [];
  for (let at = 0; at < count; at++) people.push(await signUp(url, `load-${at}`));
  const [first] = people;
  assert.ok(first);
  await runAdmin(["grant", `${first.username}@example.com`, "--data-dir", dataDir], {});
  await importShared(url, first);
  const code = await Deno.readTextFile(STRATEGY);
  let strategyId = "";
  for (let at = 0; at < STRATEGIES; at++) {
    const { body } = await first.call("POST", "/api/v1/strategies", { name: `Load ${at}`, code });
    strategyId = body.id;
  }
  const backtestId = await runBacktest(first, strategyId, LAST_YEAR);
  return { people, strategyId, backtestId };
}

async function importShared(url: string, { token, call }: Person): Promise<void> {
  const { body } = await call("GET", "/api/v1/market/datasets");
  const venue = body.items.find(({ name }: { name: string }) => name === "venue");
  const answer = await fetch(
    `${url}/api/v1/market/datasets/${venue.id}/imports?filename=BTC_USDT-5m.csv`,
    {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "text/csv" },
      body: candleFile(YEARS, SEED),
    },
  );
  assert.equal(answer.status, 201, await answer.text());
}

/** Submits a backtest, over all candles unless told, and waits for its end. */
export async function runBacktest(
  { call }: Person,
  strategy_id: string,
  range: { readonly start_date?: string } = {},
): Promise<string> {
  const config = { initial_capital: "1000" };
  const request = { strategy_id, symbol: "BTC/USDT", config, ...range };
  const { status, body } = await call("POST", "/api/v1/backtests", request);
  assert.equal(status, 201, JSON.stringify(body));
  await until(async () => {
    const job = await call("GET", `/api/v1/jobs/${body.job_id}`);
    assert.notEqual(job.body.status, "failed");
    return job.body.status === "completed";
  });
  return body.id;
}

function watch(pid: number): Pick<LoadGround, "residentMb" | "cpuSeconds"> {
  return {
    async residentMb() {
      const status = await readFile(`/proc/${pid}/status`, "utf8");
      return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
    },
    async cpuSeconds() {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8");
      const [user = 0, system = 0] = stat.slice(stat.lastIndexOf(")") + 2).split(" ").slice(11, 13)
        .map(Number);
      return (user + system) / TICKS_A_SECOND;
    },
  };
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
