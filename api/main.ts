/** `deno task start [--port PORT] [--host HOST] [--data-dir DIR] [--market simulated]`: the server. */
import { parseArgs } from "node:util";
import { parseSettings, type Settings, SettingsError } from "./platform/config.ts";
import { configureLog } from "./platform/log.ts";
import { waitForStop } from "./platform/signals.ts";
import { startServer } from "./server.ts";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

interface StartArguments {
  readonly settings: Settings;
  /** Loads the simulated market into the shared dataset when it is absent. */
  readonly withSimulatedMarket: boolean;
}

/** Arguments come before the environment. */
function readArguments(args: string[]): StartArguments {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string" },
      host: { type: "string" },
      "data-dir": { type: "string" },
      market: { type: "string" },
    },
  });
  if (values.market !== undefined && values.market !== "simulated") {
    throw new SettingsError([`--market is "${values.market}": only "simulated" is known`]);
  }
  const given = { PORT: values.port, HOST: values.host, DATA_DIR: values["data-dir"] };
  const settings = parseSettings({
    ...Deno.env.toObject(),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  });
  return { settings, withSimulatedMarket: values.market === "simulated" };
}

function writeLine(line: string): void {
  const bytes = new TextEncoder().encode(`${line}\n`);
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

async function main(args: string[]): Promise<void> {
  const { settings, withSimulatedMarket } = readArguments(args);
  await configureLog(settings.LOG_LEVEL, writeLine);
  const server = await startServer(settings, { withSimulatedMarket });
  await waitForStop(() => Deno.exit(EXIT_FAILED));
  await server.stop();
}

/** Bad usage and bad settings are the caller's to mend; the rest is the machine's. */
function exitCodeOf(err: unknown): number {
  const isUsage = err instanceof Error && "code" in err && /^ERR_PARSE_ARGS/.test(String(err.code));
  return isUsage || err instanceof SettingsError ? EXIT_USAGE : EXIT_FAILED;
}

if (import.meta.main) {
  try {
    await main(Deno.args);
    Deno.exit(0);
  } catch (err) {
    console.error(err instanceof Error ? err.message : err);
    Deno.exit(exitCodeOf(err));
  }
}
