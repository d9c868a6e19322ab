/** `deno task import`: candle files into the shared dataset, by the running server or without one. */
import { basename } from "node:path";
import { z } from "zod";
import { listCandleFiles } from "../../market/files/mod.ts";
import { importSchema } from "../../market/schema.ts";
import { parseSettings } from "../../platform/config.ts";
import { type LocalApi, openLocalApi } from "../local_api.ts";
import { detailOf, queryOf } from "../local_answers.ts";
import {
  EXIT_DONE,
  EXIT_FAILED,
  parseStrictly,
  readTextFile,
  type Terminal,
  UsageError,
} from "../usage.ts";

export const IMPORT_USAGE = `Usage: deno task import PATH… [--data-dir DIR]

Loads candles into the shared dataset "venue". PATH is a candle file (CSV, JSON, feather, parquet;
also in gzip or zip) or a folder of them; their names tell symbol, timeframe and candle type
(BTC_USDT-5m.feather, EURUSD-1h.csv).

  --data-dir DIR       where the server keeps its files (./data)
  --symbol BTC/USDT    what the names do not tell, or tell wrongly; counts for every file
  --exchange NAME
  --timeframe 5m
  --candle-type TYPE   spot, futures, mark, index or funding_rate
  --asset-type TYPE    crypto, currency or stock
  --format NAME        header, plain, binance, lean or lean_scaled, when a CSV is not recognised
  --markets FILE.json  rules of markets by symbol: precision, limits, fees, contract size
  --help               shows this text

Exit status: 0 all is in, 1 a file was not imported, 2 bad usage.`;

/** Rejected rows shown of one file. */
const REJECTED_SHOWN_MAX = 5;

const OPTIONS = {
  "data-dir": { type: "string" },
  symbol: { type: "string" },
  exchange: { type: "string" },
  timeframe: { type: "string" },
  "candle-type": { type: "string" },
  "asset-type": { type: "string" },
  format: { type: "string" },
  markets: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** Imports every file it can; answers the exit status. */
export async function importFiles(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  terminal: Terminal,
): Promise<number> {
  const { values, positionals } = parseStrictly({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
  });
  if (values.help) {
    terminal.out(IMPORT_USAGE);
    return EXIT_DONE;
  }
  if (positionals.length === 0 && values.markets === undefined) {
    throw new UsageError("No candle file is named");
  }
  const files = await listCandleFiles(positionals);
  const dataDir = values["data-dir"];
  const settings = parseSettings({
    ...environment,
    ...(dataDir === undefined ? {} : { DATA_DIR: dataDir }),
  });
  await using api = await openLocalApi(settings);
  const venue = await findVenue(api);
  let failed = 0;
  if (values.markets !== undefined) {
    failed += await importMarkets(api, { venue, values, terminal });
  }
  for (const file of files) failed += await importFile(api, file, { venue, values, terminal });
  return failed === 0 ? EXIT_DONE : EXIT_FAILED;
}

interface Target {
  /** Path of the shared dataset. */
  readonly venue: string;
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly terminal: Terminal;
}

/** The shared dataset's path; it is there since the first start. */
async function findVenue(api: LocalApi): Promise<string> {
  const schema = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });
  const answer = await api.request("GET", "/api/v1/market/datasets");
  const { items } = schema.parse(await answer.json());
  const venue = items.find(({ name }) => name === "venue");
  if (venue === undefined) throw new Error("Cannot find the shared dataset");
  return `/api/v1/market/datasets/${venue.id}`;
}

async function importMarkets(api: LocalApi, { venue, values, terminal }: Target): Promise<number> {
  const path = String(values.markets);
  let markets;
  try {
    markets = JSON.parse(await readTextFile(path));
  } catch (err) {
    if (!(err instanceof SyntaxError)) throw err;
    throw new UsageError(`Cannot read "${path}": it is no JSON`, { cause: err });
  }
  const query = queryOf({ exchange: values.exchange });
  const answer = await api.request("PUT", `${venue}/markets?${query}`, markets);
  const body = await answer.json();
  if (!answer.ok) {
    terminal.err(`${path}: ${detailOf(body)}`);
    return 1;
  }
  terminal.out(`${path}: rules of ${body.updated} markets`);
  return 0;
}

async function importFile(
  api: LocalApi,
  path: string,
  { venue, values, terminal }: Target,
): Promise<number> {
  const query = queryOf({
    filename: basename(path),
    symbol: values.symbol,
    exchange: values.exchange,
    timeframe: values.timeframe,
    candle_type: values["candle-type"],
    asset_type: values["asset-type"],
    format: values.format,
  });
  using file = await Deno.open(path);
  const answer = await api.upload(`${venue}/imports?${query}`, file.readable);
  const body = await answer.json();
  if (!answer.ok) {
    terminal.err(`${path}: ${detailOf(body)}`);
    return 1;
  }
  const report = importSchema.parse(body);
  const { symbol, timeframe, candle_type, inserted, replaced, duplicate, rejected } = report;
  terminal.out(
    `${path}: ${symbol} ${timeframe} ${candle_type} on ${report.exchange}: ` +
      `${inserted} new, ${replaced} replaced, ${duplicate} known, ${rejected} rejected, ` +
      `${report.series.missing} missing`,
  );
  for (const { line, reason } of report.rejected_rows.slice(0, REJECTED_SHOWN_MAX)) {
    terminal.out(`  line ${line}: ${reason}`);
  }
  if (rejected > REJECTED_SHOWN_MAX) terminal.out(`  and ${rejected - REJECTED_SHOWN_MAX} more`);
  return 0;
}
