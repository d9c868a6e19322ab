/** Structured log lines: one JSON object a line, with ids and without secrets. */
import { configure, getLogger, type LogRecord } from "@logtape/logtape";

export type LogLevel = "debug" | "info" | "warning" | "error";
export type LogFields = Readonly<Record<string, unknown>>;

export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warning(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

const SECRET_FIELD = /password|secret|token|authorization|cookie|api_?key|sealed/i;

/** Sends every line to `write`; called once by `main.ts`, before anything logs. */
export async function configureLog(
  lowestLevel: LogLevel,
  write: (line: string) => void,
): Promise<void> {
  await configure({
    reset: true,
    sinks: { lines: (record) => write(formatRecord(record)) },
    loggers: [
      { category: "candlewick", lowestLevel, sinks: ["lines"] },
      { category: ["logtape", "meta"], lowestLevel: "error", sinks: ["lines"] },
    ],
  });
}

/** A log of one part of the program; silent until `configureLog` ran. */
export function createLog(part: string): Log {
  const logger = getLogger(["candlewick", part]);
  return {
    debug: (event, fields = {}) => logger.debug(event, { ...fields }),
    info: (event, fields = {}) => logger.info(event, { ...fields }),
    warning: (event, fields = {}) => logger.warn(event, { ...fields }),
    error: (event, fields = {}) => logger.error(event, { ...fields }),
  };
}

function formatRecord(record: LogRecord): string {
  return JSON.stringify({
    time: new Date(record.timestamp).toISOString(),
    level: record.level,
    part: record.category.slice(1).join("."),
    event: record.rawMessage,
    ...maskSecrets(record.properties),
  });
}

/** Replaces the values of fields that name a secret, at any depth; errors become their stack. */
export function maskSecrets(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      SECRET_FIELD.test(name) ? "***" : maskValue(value),
    ]),
  );
}

function maskValue(value: unknown): unknown {
  if (value instanceof Error) {
    return {
      name: value.name,
      message: value.message,
      stack: value.stack,
      cause: maskCause(value),
    };
  }
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(maskValue);
  if (typeof value === "object" && value !== null) return maskSecrets(value as LogFields);
  return value;
}

function maskCause(err: Error): unknown {
  return err.cause === undefined ? undefined : maskValue(err.cause);
}
