/** `deno task export`: series as files, by the running server or without one. */
import { join } from "node:path";
import { parseSettings } from "../../platform/config.ts";
import { detailOf, queryOf } from "../local_answers.ts";
import { type LocalApi, openLocalApi } from "../local_api.ts";
import { EXIT_DONE, EXIT_FAILED, parseStrictly, type Terminal, UsageError } from "../usage.ts";

export const EXPORT_USAGE = `Usage: deno task export SYMBOL… --timeframe 1h [options]

Writes stored candles to files named as freqtrade names them (BTC_USDT-1h.feather); a file of that
name is replaced once the new one is whole.

  --timeframe 1h       which of the stored series
  --format NAME        feather (the default, for freqtrade and pandas) or csv
  --out DIR            where the files go (.)
  --dataset NAME       without it the shared dataset
  --exchange NAME
  --candle-type TYPE   spot, futures, mark, index or funding_rate
  --start TIME         first open, RFC 3339 or Unix milliseconds
  --end TIME           last open
  --data-dir DIR       where the server keeps its files (./data)
  --help               shows this text

Exit status: 0 all is written, 1 a series was not, 2 bad usage.`;

const OPTIONS = {
  timeframe: { type: "string" },
  format: { type: "string" },
  out: { type: "string" },
  dataset: { type: "string" },
  exchange: { type: "string" },
  "candle-type": { type: "string" },
  start: { type: "string" },
  end: { type: "string" },
  "data-dir": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** Exports every series it can; answers the exit status. */
export async function exportFiles(
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
    terminal.out(EXPORT_USAGE);
    return EXIT_DONE;
  }
  if (positionals.length === 0) throw new UsageError("No symbol is named");
  if (values.timeframe === undefined) throw new UsageError("Option '--timeframe' is missing");
  const dataDir = values["data-dir"];
  const settings = parseSettings({
    ...environment,
    ...(dataDir === undefined ? {} : { DATA_DIR: dataDir }),
  });
  const query = queryOf({
    timeframe: values.timeframe,
    format: values.format ?? "feather",
    dataset: values.dataset,
    exchange: values.exchange,
    candle_type: values["candle-type"],
    start: values.start,
    end: values.end,
  });
  await using api = await openLocalApi(settings);
  let failed = 0;
  for (const symbol of positionals) {
    failed += await exportFile(api, symbol, { query, folder: values.out ?? ".", terminal });
  }
  return failed === 0 ? EXIT_DONE : EXIT_FAILED;
}

interface Target {
  readonly query: string;
  readonly folder: string;
  readonly terminal: Terminal;
}

async function exportFile(
  api: LocalApi,
  symbol: string,
  { query, folder, terminal }: Target,
): Promise<number> {
  const answer = await api.download(`/api/v1/market/export/${encodeURIComponent(symbol)}?${query}`);
  if (!answer.ok || answer.body === null) {
    terminal.err(`${symbol}: ${detailOf(await answer.json())}`);
    return 1;
  }
  const path = join(folder, fileNameOf(answer));
  await writeWhole(path, answer.body);
  const { size } = await Deno.stat(path);
  const market = answer.headers.get("X-Candles-Market") ?? symbol;
  terminal.out(`${path}: ${market} of ${answer.headers.get("X-Candles-Dataset")}, ${size} bytes`);
  return 0;
}

/** The server's own name of the file, which holds no path. */
function fileNameOf(answer: Response): string {
  const header = answer.headers.get("Content-Disposition") ?? "";
  const name = /filename="([A-Za-z0-9_.-]+)"/.exec(header)?.[1];
  if (name === undefined) throw new Error(`The server proposes no file name: "${header}"`);
  return name;
}

/** Under another name until the last byte is there. */
async function writeWhole(path: string, body: ReadableStream<Uint8Array>): Promise<void> {
  const partial = `${path}.part`;
  try {
    await Deno.writeFile(partial, body);
    await Deno.rename(partial, path);
  } catch (err) {
    await Deno.remove(partial).catch(() => {});
    throw err;
  }
}
