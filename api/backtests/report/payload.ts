/** All that the page draws, as one compressed text. */
import { type ByteSink, ByteSink as Sink } from "./packing.ts";
import type { EquityBuckets } from "./pack_equity.ts";
import { putEquity } from "./pack_equity.ts";
import { chooseTrades, type NumberedTrade, putTrades } from "./pack_trades.ts";
import { type PairBuckets, putPair } from "./pair_buckets.ts";
import type { Head, PlotPane } from "./page/unpacking.ts";
import { coinDecimals, type ExportRun } from "../export/mod.ts";
import { StringTable } from "../results/mod.ts";
import { zoomSteps } from "./ladder.ts";

const SLICE_BYTES = 65_536;
const LENGTH_BYTES = 4;

export interface PayloadInput {
  readonly run: ExportRun;
  readonly pairs: readonly PairBuckets[];
  readonly panes: readonly PlotPane[];
  readonly equity: EquityBuckets;
  /** Milliseconds a bucket. */
  readonly step: number;
}

/** gzip in base64, as `unpackPayload` of the page reads it. */
export async function packPayload(
  input: PayloadInput,
  breathe: () => Promise<void>,
): Promise<string> {
  const { run, step, panes } = input;
  const sink = new Sink();
  const strings = new StringTable();
  const coin = run.settings.stakeCurrency;
  const byPair = Map.groupBy(chooseTrades(run.result.trades), ({ trade }) => trade.pair);
  const pairs: Head["pairs"][number][] = [];
  for (const each of input.pairs) {
    const columns = await putPair(sink, each, breathe);
    pairs.push({ ...columns, trades: putPairTrades(sink, byPair, each.pair, { coin, strings }) });
  }
  const { backtestStart, backtestEnd } = run.result;
  const head: Head = {
    coin,
    coinDecimals: coinDecimals(coin),
    timeframe: run.settings.timeframe,
    steps: zoomSteps(step, backtestEnd - backtestStart),
    strings: strings.values,
    panes,
    pairs,
    equity: putEquity(sink, input.equity, coin),
  };
  return await compress(new TextEncoder().encode(JSON.stringify(head)), sink.bytes(), breathe);
}

function putPairTrades(
  sink: ByteSink,
  byPair: ReadonlyMap<string, readonly NumberedTrade[]>,
  pair: string,
  context: { coin: string; strings: StringTable },
) {
  return putTrades(sink, byPair.get(pair) ?? [], context);
}

async function compress(
  head: Uint8Array<ArrayBuffer>,
  body: Uint8Array<ArrayBuffer>,
  breathe: () => Promise<void>,
): Promise<string> {
  const bytes = new Uint8Array(LENGTH_BYTES + head.length + body.length);
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, LENGTH_BYTES);
  bytes.set(body, LENGTH_BYTES + head.length);
  const gzip = new CompressionStream("gzip");
  const packed = new Response(gzip.readable).bytes();
  const writer = gzip.writable.getWriter();
  for (let from = 0; from < bytes.length; from += SLICE_BYTES) {
    await writer.write(bytes.subarray(from, from + SLICE_BYTES));
    await breathe();
  }
  await writer.close();
  return (await packed).toBase64();
}
