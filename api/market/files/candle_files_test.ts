import assert from "node:assert/strict";
import { readCandleFiles } from "./candle_files.ts";

const TEXT = "timestamp_ms,open,high,low,close,volume\n" +
  "1704067200000,10,12,9,11,5\n1704070800000,11,12,9,10,6\n";

async function gzip(text: string): Promise<Uint8Array> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readCandleFiles() reads files and folders, packed or not, sorted by name", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/futures`);
    await Deno.writeTextFile(`${folder}/B_USDT-1h.csv`, TEXT);
    await Deno.writeFile(`${folder}/A_USDT-1h.csv.gz`, await gzip(TEXT));
    await Deno.writeTextFile(`${folder}/futures/A_USDT_USDT-1h-mark.csv`, TEXT);
    await Deno.writeTextFile(`${folder}/README.md`, "not candles");
    const files = await readCandleFiles([folder]);
    assert.deepEqual(files.map(({ pair, candleType }) => [pair, candleType]), [
      ["A/USDT", "spot"],
      ["B/USDT", "spot"],
      ["A/USDT:USDT", "mark"],
    ]);
    for (const file of files) {
      assert.deepEqual([...file.candles.close], [11, 10]);
      assert.equal(file.timeframe, "1h");
    }
  }));

Deno.test("readCandleFiles() says which file it cannot read and why", () =>
  inFolder(async (folder) => {
    const bad = `${folder}/A_USDT-1h.csv.gz`;
    await Deno.writeFile(bad, (await gzip(TEXT)).slice(0, -12));
    await assert.rejects(readCandleFiles([bad]), /gzip data is damaged or cut off/);
    await assert.rejects(readCandleFiles([`${folder}/none.csv`]), /no such file or folder/);
    await Deno.writeTextFile(`${folder}/candles.csv`, TEXT);
    await assert.rejects(readCandleFiles([`${folder}/candles.csv`]), /Cannot tell the pair/);
    const [named] = await readCandleFiles([`${folder}/candles.csv`], { pair: "A/B" });
    assert.equal(named?.pair, "A/B");
  }));
