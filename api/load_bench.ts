/**
 * Latency under load: 200 WebSocket clients and 2,000 requests a second (health, strategies, a
 * backtest, klines as 5 to 2 to 2 to 1) beside backtests that never rest, three rounds of a minute.
 * Wants at most 25 ms at p99, no error, and no more than 20 MB of memory taken between the rounds.
 *
 * `deno run -A api/load_bench.ts [--rate 2000] [--seconds 60] [--rounds 3] [--sockets 200]
 * [--flag DENO_FLAG]…`
 */
import { cpuUsage } from "node:process";
import { parseArgs } from "node:util";
import { pause } from "./platform/clock.ts";
import {
  type LoadFigures,
  type LoadPlan,
  type LoadTarget,
  quantile,
  runLoad,
  targetOf,
} from "./testing/load_client.ts";
import { layLoadGround, type LoadGround, runBacktest } from "./testing/load_ground.ts";
import { openSockets } from "./testing/load_sockets.ts";

const P99_MS_MOST = 25;
const GROWTH_MB_MOST = 20;
const CONNECTIONS = 100;
const PEOPLE = 10;
/** What a round leaves is collected before its memory is read: V8 does that after eight idle seconds. */
const REST_MS = 20_000;

if (import.meta.main) Deno.exit(await bench(readOptions(Deno.args)) ? 0 : 1);

function readOptions(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      rate: { type: "string", default: "2000" },
      seconds: { type: "string", default: "60" },
      rounds: { type: "string", default: "3" },
      sockets: { type: "string", default: "200" },
      flag: { type: "string", multiple: true, default: [] },
    },
  });
  return {
    rate: Number(values.rate),
    seconds: Number(values.seconds),
    rounds: Number(values.rounds),
    sockets: Number(values.sockets),
    flags: values.flag,
  };
}

async function bench(options: ReturnType<typeof readOptions>): Promise<boolean> {
  await using ground = await layLoadGround(PEOPLE, options.flags);
  using sockets = await openSockets(ground.url, ground.people, options.sockets);
  const plan: LoadPlan = {
    port: ground.port,
    targets: targetsOf(ground),
    perSecond: options.rate,
    seconds: options.seconds,
    connections: CONNECTIONS,
  };
  const memory: number[] = [];
  let isGood = true;
  for (let round = 1; round <= options.rounds; round++) {
    isGood = await runRound(ground, plan, round) && isGood;
    await pause(REST_MS);
    memory.push(await ground.residentMb());
    const { body } = await ground.people[0]?.call("GET", "/api/v1/system/resources") ?? {};
    const { heap_used_bytes: heap, external_bytes: external } = body.details.process;
    console.log(
      `  resident ${memory.at(-1)?.toFixed(0)} MB, of it heap ${(heap / 1e6).toFixed(0)} MB, ` +
        `outside it ${(external / 1e6).toFixed(0)} MB; ` +
        `WebSocket messages ${sockets.received}, closed by the server ${sockets.failures}`,
    );
  }
  const growth = (memory.at(-1) ?? NaN) - (memory[0] ?? NaN);
  console.log(`memory after the last round less after the first: ${growth.toFixed(1)} MB`);
  return isGood && growth <= GROWTH_MB_MOST && sockets.failures === 0;
}

function targetsOf({ people, backtestId }: LoadGround): LoadTarget[] {
  const token = people[0]?.token;
  const health = targetOf("health", "/api/v1/health");
  const strategies = targetOf("strategies", "/api/v1/strategies", token);
  const backtest = targetOf("backtest", `/api/v1/backtests/${backtestId}`, token);
  const klines = targetOf("klines", "/api/v1/market/klines/BTCUSDT?interval=5m", token);
  return [
    ...[health, strategies, health, backtest, health],
    ...[klines, health, strategies, health, backtest],
  ];
}

async function runRound(ground: LoadGround, plan: LoadPlan, round: number): Promise<boolean> {
  const over = new AbortController();
  const working = keepBusy(ground, over.signal);
  const before = { server: await ground.cpuSeconds(), client: ownCpuSeconds() };
  const figures = await runLoad(plan);
  const server = (await ground.cpuSeconds() - before.server) / figures.seconds;
  const client = (ownCpuSeconds() - before.client) / figures.seconds;
  over.abort();
  const backtests = await working;
  return report(figures, { round, server, client, backtests });
}

/** Runs one backtest after the other; answers how many ended. */
async function keepBusy({ people, strategyId }: LoadGround, signal: AbortSignal): Promise<number> {
  let ended = 0;
  const [first] = people;
  while (!signal.aborted && first !== undefined) {
    await runBacktest(first, strategyId);
    ended++;
  }
  return ended;
}

function ownCpuSeconds(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1e6;
}

function report(
  { latencies, errors, answered, bytes, seconds, lateness, waited }: LoadFigures,
  { round, server, client, backtests }: Record<"round" | "server" | "client" | "backtests", number>,
): boolean {
  const all = Float64Array.from([...latencies.values()].flatMap((each) => [...each])).sort();
  console.log(
    `round ${round}: ${(answered / seconds).toFixed(0)} requests/s, ` +
      `${(bytes / seconds / 1e6).toFixed(1)} MB/s, ${backtests} backtests ended, ` +
      `processors taken: server ${server.toFixed(2)}, client ${client.toFixed(2)}`,
  );
  for (
    const [name, values] of [["all", all] as const, ...latencies, ["sent late", lateness] as const]
  ) {
    const [p50, p90, p99, most] = [0.5, 0.9, 0.99, 1].map((ratio) =>
      quantile(values, ratio).toFixed(2).padStart(8)
    );
    console.log(`  ${name.padEnd(10)} p50 ${p50} p90 ${p90} p99 ${p99} max ${most} ms`);
  }
  if (waited > 0) console.log(`  ${waited} requests found no connection free`);
  for (const [kind, count] of errors) console.log(`  error: ${kind} × ${count}`);
  return errors.size === 0 && quantile(all, 0.99) <= P99_MS_MOST;
}
