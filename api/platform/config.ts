/** Every setting of the platform, in one schema; the environment is read by `main.ts` alone. */
import { z } from "zod";
import { decodeBase64Url } from "./encoding.ts";
import type { MasterKey } from "./secrets.ts";

const list = z.string().transform((text) =>
  text.split(",").map((item) => item.trim()).filter((item) => item !== "")
);

const masterKeys = z.string().transform((text, context): MasterKey[] => {
  try {
    return text.split(",").map((entry) => {
      const [id = "", key = ""] = entry.trim().split(":");
      const bytes = decodeBase64Url(key);
      if (!/^[a-z0-9-]{1,16}$/.test(id) || bytes.length !== 32) throw new Error("malformed");
      return { id, key: bytes };
    });
  } catch {
    context.addIssue({
      code: "custom",
      message: "must be `id:key` pairs, comma separated; a key is 32 bytes as base64url",
    });
    return z.NEVER;
  }
});

/** The schema, in the order the documentation shows it; names are those of the environment. */
export const settingsSchema = z.object({
  MODE: z.enum(["local", "production"]).default("local")
    .describe("`local` makes its secrets in the data directory; `production` demands them"),
  ENVIRONMENT: z.string().min(1).max(40).default("development")
    .describe("The name `/health` answers with"),
  HOST: z.string().default("127.0.0.1").describe("Address to listen on"),
  PORT: integer(0, 65_535).default(8000).describe("Port to listen on; 0 takes a free one"),
  DATA_DIR: z.string().min(1).default("./data").describe("Where a local server keeps its files"),
  DATABASE_URL: z.string().regex(/^(file|libsql|https?|wss?):/, "must be a file: or libsql: URL")
    .optional().describe("libSQL server or `file:` path; absent: a file in DATA_DIR"),
  DATABASE_AUTH_TOKEN: z.string().optional().describe("Secret. Token of the libSQL server"),
  KV_URL: z.string().optional()
    .describe("Deno KV server, a path, or `platform`; absent: a file in DATA_DIR"),
  MASTER_KEYS: masterKeys.optional()
    .describe("Secret. Key ring that seals secrets: `id:base64url,…`; the first key seals"),
  CORS_ORIGINS: list.default([]).describe("Origins a browser may call from, comma separated"),
  TRUSTED_PROXIES: list.default([])
    .describe("Addresses of front proxies whose X-Forwarded-For is believed"),
  LOG_LEVEL: z.enum(["debug", "info", "warning", "error"]).default("info")
    .describe("Lowest level that is logged"),
  OTEL_DENO: z.enum(["true", "1", "false", "0"]).default("false")
    .describe("`true`: Deno sends traces, metrics and logs to OTEL_EXPORTER_OTLP_ENDPOINT"),
  ACCESS_TOKEN_MINUTES: integer(1, 1_440).default(30).describe("Life of an access token"),
  REFRESH_TOKEN_DAYS: integer(1, 90).default(7).describe("Life of a refresh token"),
  ARGON2_MEMORY_KIB: integer(8, 1_048_576).default(19_456).describe("Argon2id memory"),
  ARGON2_PASSES: integer(1, 10).default(2).describe("Argon2id passes"),
  PASSWORD_QUEUE_MAX: integer(1, 10_000).default(64)
    .describe("Password hashes that may wait; beyond it the answer is 503"),
  LOGIN_ATTEMPTS_PER_MINUTE: integer(1, 100_000).default(10)
    .describe("Failed logins a minute for one account, and thrice as many for one address"),
  ACCESS_LOG_DAYS: integer(0, 3_650).default(30)
    .describe("How long lines of the access log are kept; 0 writes none"),
  RATE_LIMITS: z.enum(["on", "off"]).default("on")
    .describe("`off` lifts the limits on calls, for load tests; failed logins stay limited"),
  SMTP_URL: z.string().regex(/^smtps?:\/\/[^/]+\/?$/, "must be smtp:// or smtps:// with a host")
    .optional()
    .describe("Secret. Mail server, `smtps://user:password@host:465`; absent: files in local mode"),
  MAIL_FROM: z.string().min(3).max(320).default("Candlewick <candlewick@localhost>")
    .describe("Sender of the mails"),
  RESET_PASSWORD_URL: z.string().regex(/^https?:.*\{token\}/, "must be a URL with {token} in it")
    .optional()
    .describe(
      "Page that a reset mail links to, with `{token}` in it; absent: the mail names the token",
    ),
  REQUEST_DEADLINE_MS: integer(100, 600_000).default(30_000)
    .describe("Longest a request may take; an import has ten times as long"),
  JSON_BODY_BYTES_MAX: integer(1_024, 104_857_600).default(1_048_576).describe("JSON bodies"),
  STRATEGY_BYTES_MAX: integer(1_024, 104_857_600).default(5_242_880)
    .describe("Strategy source text"),
  IMPORT_BYTES_MAX: integer(1_024, 10_737_418_240).default(536_870_912).describe("Candle imports"),
  DEFAULT_EXCHANGE: z.string().regex(/^[a-z0-9]+$/).default("binance")
    .describe("Exchange meant by a symbol without one"),
  RUN_JOBS: z.enum(["yes", "no"]).default("yes")
    .describe("`no`: this server answers only, and `deno task worker` processes run the jobs"),
  WORKER_CPU_CORES: integer(1, 256).default(2).describe("Compute workers of one process"),
  WORKER_MEMORY_MB: integer(128, 1_048_576).default(2_048)
    .describe("Memory that admitted jobs may take together"),
  JOB_LEASE_MS: integer(500, 600_000).default(30_000).describe("Life of a worker's lease"),
  JOB_SLICE_MS: integer(0, 86_400_000).default(0)
    .describe("A job yields after this long and goes on later; 0: never"),
});

function integer(min: number, max: number) {
  return z.coerce.number().int().min(min).max(max);
}

export type Settings = z.infer<typeof settingsSchema>;

const SECRET_SETTINGS: ReadonlySet<string> = new Set([
  "DATABASE_AUTH_TOKEN",
  "MASTER_KEYS",
  "SMTP_URL",
]);

/** A start that cannot happen: every bad setting, named. */
export class SettingsError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Cannot start: ${problems.join("; ")}`);
    this.problems = problems;
    this.name = "SettingsError";
  }
}

/**
 * Reads the settings out of an environment.
 *
 * @throws SettingsError that names each bad value (masked when secret) and what is allowed.
 */
export function parseSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const present = Object.fromEntries(
    Object.keys(settingsSchema.shape)
      .map((name) => [name, environment[name]] as const)
      .filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = settingsSchema.safeParse(present);
  if (!parsed.success) {
    throw new SettingsError(parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return `setting ${name} is ${shown(name, present[name])}: ${issue.message}`;
    }));
  }
  return refuseMissing(parsed.data);
}

function refuseMissing(settings: Settings): Settings {
  if (settings.MODE === "production" && settings.MASTER_KEYS === undefined) {
    throw new SettingsError([
      "setting MASTER_KEYS is missing: MODE is production, so it must be given as `id:base64url`",
    ]);
  }
  return settings;
}

function shown(name: string, value: unknown): string {
  if (value === undefined) return "missing";
  if (SECRET_SETTINGS.has(name)) return "set (not shown)";
  return JSON.stringify(maskUrlSecrets(String(value)));
}

/** User names, passwords and query values of a URL may be credentials. */
function maskUrlSecrets(text: string): string {
  return text.replace(/\/\/[^/?#]*@/, "//***@").replace(/=[^&#]*/g, "=***");
}
