/**
 * `deno task demo [--port 8000] [--data-dir ./data] [--once]`: starts everything on this machine and
 * goes through the main job as a client over HTTP, then serves on until Ctrl-C.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildCore } from "../../core-wasm/build.ts";
import { parseSettings } from "../platform/config.ts";
import { configureLog, type LogLevel } from "../platform/log.ts";
import { startServer } from "../server.ts";
import { DemoClient } from "./demo_client.ts";
import { renderDemoReport } from "./demo_report.ts";

const EXAMPLES = new URL("../../examples/", import.meta.url);
const DATASET = "examples";

/** The candles that ship: file, and what its name does not say. */
const CANDLES = [
  { file: "EURUSD-1h.csv", symbol: "EUR/USD", exchange: "forex", asset_type: "currency" },
  { file: "GOOG-1d.csv", symbol: "GOOG/USD", exchange: "nasdaq", asset_type: "stock" },
] as const;

const STRATEGY = { name: "TrendPullback", file: "strategies/trend_pullback.py" };

const BACKTEST = {
  symbol: "EUR/USD",
  exchange: "forex",
  dataset: DATASET,
  timeframe: "1h",
  config: {
    initial_capital: "10000",
    mode: "PERCENT_EQUITY",
    commission_rate: "0.00005",
    slippage_model: "FIXED",
  },
};

export interface DemoOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** Settings beside port and data directory, as the environment gives them. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Runs the demo's job and answers a function that stops the server. */
export async function runDemo(options: DemoOptions): Promise<() => Promise<void>> {
  const { say, signal, dataDir } = options;
  say((await buildCore()) ? "Built the compute core" : "The compute core is up to date");
  const settings = parseSettings({
    ...options.environment,
    PORT: String(options.port),
    DATA_DIR: dataDir,
  });
  await logToFile(settings.LOG_LEVEL, dataDir);
  const server = await startServer(settings);
  const baseUrl = `http://${server.address.hostname}:${server.address.port}`;
  try {
    say(`Serving API and workers on ${baseUrl}, data in ${dataDir}`);
    const client = new DemoClient({ baseUrl, dataDir, say, signal });
    const backtestId = await goThrough(client, baseUrl, say);
    const path = join(dataDir, "report.html");
    await Deno.writeTextFile(path, await client.readReport(backtestId));
    say(`Report  ${path}, for a browser`);
    say(`Account ${join(dataDir, "demo_account.json")}, to sign in with on ${baseUrl}/docs`);
  } catch (err) {
    await server.stop();
    throw err;
  }
  return () => server.stop();
}

/** The terminal shows the demo; what the server logs goes to a file beside its data. */
async function logToFile(level: LogLevel, dataDir: string): Promise<void> {
  await Deno.mkdir(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, "server.log");
  const encoder = new TextEncoder();
  await configureLog(level, (line) => {
    Deno.writeFileSync(path, encoder.encode(`${line}\n`), { append: true });
  });
}

/** The main job as a client goes through it at a running server; answers the backtest's id. */
export async function goThrough(
  client: DemoClient,
  baseUrl: string,
  say: DemoOptions["say"],
): Promise<string> {
  say(`Signed in as ${await client.signIn()}`);
  const datasetId = await client.putDataset(DATASET);
  for (const { file, ...facts } of CANDLES) {
    const path = new URL(`candles/${file}`, EXAMPLES);
    const { inserted, duplicate } = await client.importCandles(datasetId, path, file, facts);
    say(`Imported ${facts.symbol} from ${file}: ${inserted} new candles, ${duplicate} known`);
  }
  const code = await Deno.readTextFile(new URL(STRATEGY.file, EXAMPLES));
  const strategy_id = await client.putStrategy(STRATEGY.name, code);
  say(`Stored strategy ${STRATEGY.name}`);
  say("Backtest of EUR/USD 1h (real candles)");
  const result = await client.backtest({ ...BACKTEST, strategy_id });
  say(renderDemoReport(result));
  say(`API     ${baseUrl}/openapi.json`);
  say(`Result  ${baseUrl}/api/v1/backtests/${result.id}`);
  return result.id;
}

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string", default: "8000" },
      "data-dir": { type: "string", default: "./data" },
      once: { type: "boolean", default: false },
    },
  });
  const stopping = new AbortController();
  const stopped = Promise.withResolvers<void>();
  const onSignal = () => {
    stopping.abort();
    stopped.resolve();
  };
  Deno.addSignalListener("SIGINT", onSignal);
  Deno.addSignalListener("SIGTERM", onSignal);
  const stop = await runDemo({
    port: Number(values.port),
    dataDir: values["data-dir"],
    signal: stopping.signal,
    say: (line) => console.log(line),
  });
  if (!values.once) {
    console.log("Serving on until Ctrl-C");
    await stopped.promise;
  }
  await stop();
}

if (import.meta.main) {
  try {
    await main(Deno.args);
    Deno.exit(0);
  } catch (err) {
    console.error(err instanceof Error ? err.message : err);
    Deno.exit(1);
  }
}
