/** Years of generated candles as a file that the import takes. */
import { simulateMarket } from "../../api/market/simulated.ts";

const YEAR_MS = 366 * 86_400_000;

/** `BTC/USDT` 5m: `years` simulated years, each of another seed, before the end of 2024. */
export function candleFile(years: number, seed: number): ReadableStream<Uint8Array> {
  return ReadableStream.from(linesOf(years, seed)).pipeThrough(new TextEncoderStream());
}

function* linesOf(years: number, seed: number): Generator<string> {
  yield "timestamp_ms,open,high,low,close,volume\n";
  for (let back = years - 1; back >= 0; back--) {
    const [series] = simulateMarket(seed + back);
    if (series === undefined) throw new Error("The simulated market is empty");
    const { time, open, high, low, close, volume } = series.candles;
    const lines: string[] = [];
    for (let row = 0; row < time.length; row++) {
      const at = (time[row] ?? 0) - back * YEAR_MS;
      lines.push(`${at},${open[row]},${high[row]},${low[row]},${close[row]},${volume[row]}\n`);
    }
    yield lines.join("");
  }
}
