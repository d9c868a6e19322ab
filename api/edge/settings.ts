/** The settings of a process on the edge: what differs there, and what it cannot do without. */
import { parseSettings, type Settings, SettingsError } from "../platform/config.ts";

/** Defaults that differ from those of a server of one's own. */
const EDGE_DEFAULTS: Readonly<Record<string, string>> = {
  MODE: "production",
  HOST: "0.0.0.0",
  KV_URL: "platform",
  DATA_DIR: "/tmp/candlewick",
  // A slice saves and ends well before the platform's patience does.
  JOB_SLICE_MS: "20000",
  WORKER_CPU_CORES: "1",
  WORKER_MEMORY_MB: "256",
};

/** @throws SettingsError when a value is bad, a secret is missing or the database is a file. */
export function edgeSettings(
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  const given = Object.entries(environment).filter(([, value]) =>
    value !== undefined && value !== ""
  );
  const settings = parseSettings({
    ...EDGE_DEFAULTS,
    // Deno Deploy collects traces by itself and lets nobody set this.
    ...(environment.DENO_DEPLOY === "true" ? { OTEL_DENO: "true" } : {}),
    ...Object.fromEntries(given),
  });
  const { DATABASE_URL: url } = settings;
  if (url === undefined || url.startsWith("file:")) {
    throw new SettingsError([
      `setting DATABASE_URL is ${url === undefined ? "missing" : `"${url}"`}: ` +
      "no file outlives a process on the edge, so it must name a libSQL server",
    ]);
  }
  return settings;
}
