/** `deno task worker`: runs jobs beside any number of other processes over one libSQL server. */
import { openPlatform } from "../api/boot.ts";
import { parseSettings, SettingsError } from "../api/platform/config.ts";
import { configureLog } from "../api/platform/log.ts";
import { waitForStop } from "../api/platform/signals.ts";
import { startJobs } from "./process.ts";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

function writeLine(line: string): void {
  const bytes = new TextEncoder().encode(`${line}\n`);
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

async function main(): Promise<void> {
  const settings = parseSettings(Deno.env.toObject());
  await configureLog(settings.LOG_LEVEL, writeLine);
  const { platform, close } = await openPlatform(settings);
  try {
    const workers = await startJobs(platform);
    await waitForStop(() => Deno.exit(EXIT_FAILED));
    await workers.stop();
  } finally {
    await close();
  }
}

if (import.meta.main) {
  try {
    await main();
    Deno.exit(0);
  } catch (err) {
    console.error(err instanceof Error ? err.message : err);
    Deno.exit(err instanceof SettingsError ? EXIT_USAGE : EXIT_FAILED);
  }
}
