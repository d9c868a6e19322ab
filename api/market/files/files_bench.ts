/**
 * A million candles from each format to columns and back. Run with
 * `deno bench -A api/market/files/files_bench.ts`; the formats of other programs join when their
 * files are named: `… -- DIR/*`, made by `testdata/make_files.py --bench DIR`.
 */

import { deflateRawSync, gzipSync } from "node:zlib";
import { allocateCandles, type CandleColumns, viewCandles } from "../candles/columns.ts";
import { joinBytes } from "./byte_reader.ts";
import { readCandleStream } from "./candle_reader.ts";
import { CSV_HEADER, toCsvLines } from "./csv_writer.ts";
import { writeFeather } from "./feather_writer.ts";
import { zipOf } from "./testing.ts";

const ROWS = 1_000_000;
const BLOCK_ROWS = 10_000;
const PIECE_BYTES = 64 * 1024;

const candles = makeCandles();
const csv = new TextEncoder().encode(CSV_HEADER + toCsvLines(candles));
const feather = joinBytes(await Array.fromAsync(writeFeather(partsOf(candles))));
const files: Record<string, Uint8Array> = {
  "CSV": csv,
  "CSV in gzip": gzipSync(csv),
  "CSV in zip": zipOf([{ name: "a.csv", packed: deflateRawSync(csv), unpacked: csv }]),
  "JSON": new TextEncoder().encode(toJson(csv)),
  "feather, not packed": feather,
};
for (const path of Deno.args) {
  files[path.split("/").at(-1) ?? path] = await Deno.readFile(path);
}

for (const [name, bytes] of Object.entries(files)) {
  const size = `${Math.round(bytes.length / 1e5) / 10} MB`;
  Deno.bench(`read ${name}, ${size}`, { group: "read", n: 3, warmup: 1 }, async () => {
    const { candles } = await readCandleStream(piecesOf(bytes), { fileName: "A_B-1m" });
    if (candles.time.length !== ROWS) throw new Error(`Read ${candles.time.length} candles`);
  });
}

Deno.bench("write CSV", { group: "write", n: 3, warmup: 1 }, () => {
  for (let at = 0; at < ROWS; at += BLOCK_ROWS) {
    new TextEncoder().encode(toCsvLines(viewCandles(candles, at, at + BLOCK_ROWS)));
  }
});

Deno.bench("write feather", { group: "write", n: 3, warmup: 1 }, async () => {
  for await (const _ of writeFeather(partsOf(candles)));
});

function makeCandles(): CandleColumns {
  const made = allocateCandles(ROWS);
  for (let row = 0; row < ROWS; row++) {
    const price = Math.round(10_000 + 1_000 * Math.sin(row / 977)) / 100;
    made.time[row] = Date.UTC(2022, 0, 1) + row * 60_000;
    made.open[row] = price;
    made.high[row] = price + 1;
    made.low[row] = price - 1;
    made.close[row] = price + 0.5;
    made.volume[row] = row % 89_123 / 1_000;
  }
  return made;
}

async function* partsOf(all: CandleColumns): AsyncGenerator<CandleColumns> {
  for (let at = 0; at < ROWS; at += BLOCK_ROWS) yield viewCandles(all, at, at + BLOCK_ROWS);
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.slice(at, at + PIECE_BYTES);
}

function toJson(csv: Uint8Array): string {
  const [, ...lines] = new TextDecoder().decode(csv).trimEnd().split("\n");
  return `[${lines.map((line) => `[${line}]`).join(",")}]`;
}
