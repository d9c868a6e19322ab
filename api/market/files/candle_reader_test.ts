import assert from "node:assert/strict";
import { deflateRawSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { CandleFileError } from "./candle_file_error.ts";
import { allocateCandles } from "../candles/columns.ts";
import { joinBytes } from "./byte_reader.ts";
import { readCandles, readCandleStream } from "./candle_reader.ts";
import { writeFeather } from "./feather_writer.ts";
import type { CandleFileOptions } from "./candle_file.ts";
import { zipOf } from "./testing.ts";

const GOOD = [
  ...["batches.feather", "freqtrade.feather", "plain.feather", "zstd.feather"],
  ...["text_columns.feather", "freqtrade.json", "freqtrade.json.gz", "binance.zip"],
  ...["freqtrade.parquet", "gzip.parquet", "index.parquet", "lz4.parquet"],
  ...["small_pages.parquet", "snappy.parquet", "zstd.parquet"],
];

async function load(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return await Deno.readFile(new URL(`testdata/${name}`, import.meta.url));
}

/** The bytes in pieces of a length, as a socket or a file gives them. */
async function* piecesOf(bytes: Uint8Array, length = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.slice(at, at + length);
}

function read(
  bytes: Uint8Array,
  { pieceLength, ...options }: Partial<CandleFileOptions> & { pieceLength?: number } = {},
) {
  return readCandleStream(piecesOf(bytes, pieceLength), { fileName: "A_B-1h", ...options });
}

function csv(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const HEAD = "date,open,high,low,close,volume\n";
const expected = (await read(await load("candles.csv"))).candles;

for (const name of GOOD) {
  Deno.test(`readCandles() reads ${name} as the CSV file of the same candles`, async () => {
    const bytes = await load(name);
    for (const pieceLength of [undefined, 1_000, 7]) {
      const { candles, report } = await read(bytes, { pieceLength });
      assert.deepEqual(candles, expected);
      const { bad, accepted, timeframe, descending, hasVolume } = report;
      assert.deepEqual([bad.count, accepted, timeframe, descending, hasVolume], [
        ...[0, expected.time.length, "1h"],
        ...[false, true],
      ]);
    }
  });

  Deno.test(`readCandles() refuses ${name} cut off anywhere`, async () => {
    const bytes = await load(name);
    const step = Math.ceil(bytes.length / 150);
    for (let length = 0; length < bytes.length; length += step) {
      await assert.rejects(read(bytes.subarray(0, length)), CandleFileError, `${length} bytes`);
    }
    // A text may end in a line end that nobody misses.
    await assert.rejects(read(bytes.subarray(0, -2)), CandleFileError);
  });

  Deno.test(`readCandles() reads ${name} with changed bytes or says what is wrong`, async () => {
    const bytes = await load(name);
    const change = fc.record({ at: fc.nat(bytes.length - 1), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const changed = bytes.slice();
        for (const { at, byte } of changes) changed[at] = byte;
        await read(changed).catch((err) => assert.ok(err instanceof CandleFileError, err.stack));
      }),
      { numRuns: 150 },
    );
  });
}

for (const name of ["nulls.feather", "nulls.parquet"]) {
  Deno.test(`readCandles() rejects the rows of ${name} that lack a price`, async () => {
    const { candles, report } = await read(await load(name));
    assert.deepEqual(report.bad.rows, [
      { line: 3, reason: "number" },
      { line: 9, reason: "number" },
    ]);
    assert.ok(Number.isNaN(candles.volume[3]));
    const kept = expected.close.filter((_, row) => row !== 2 && row !== 8);
    assert.deepEqual(candles.close, kept);
  });
}

Deno.test("readCandles() says what is wrong with a file it cannot use", async () => {
  const problems: [string, RegExp][] = [
    ["wrong_types.feather", /its column "open" has the type "LargeUtf8", expected numbers$/],
    [
      "wrong_types.parquet",
      /column "open" has the type "BYTE_ARRAY \(STRING\)", expected numbers$/,
    ],
    ["no_low.feather", /has no column for low$/],
    ["brotli.parquet", /its columns are packed by BROTLI; use snappy or zstd$/],
    ["ten_gigabytes.parquet", /its 8299 bytes declare 120 rows of 10737418240 bytes$/],
    ["half_a_million_of_nothing.parquet", /declare 500000 rows/],
  ];
  for (const [name, message] of problems) {
    await assert.rejects(read(await load(name)), { name: "CandleFileError", message });
  }
  const texts: [string, RegExp][] = [
    ["", /it is empty/],
    ["FEA1....", /Feather of version 1/],
    ["[]", /it has no rows/],
    ["[[1704067200000,1,1,1,1,1]", /ends inside row 1, as a cut-off upload does/],
    ["[[1704067200000,1,1,1,1,1],{}]", /ends inside row 2/],
    ["[[1704067200000,1,1,1,1,1],[x]]", /what follows row 1 is no list/],
    [`[${"9".repeat(100_000)}`, /what follows row 0 is no list/],
    ["ARROW1\0\0\xff\xff\xff\xff\xff\xff\xff\x7f", /declares a message of 2147483647 bytes/],
    ["PK\x03\x04", /zip data is damaged or cut off/],
  ];
  for (const [text, message] of texts) {
    const bytes = Uint8Array.from(text, (sign) => sign.charCodeAt(0));
    await assert.rejects(read(bytes), { name: "CandleFileError", message });
  }
});

Deno.test("readCandles() gives others their turn within a batch and between rows", async () => {
  const large = joinBytes(await Array.fromAsync(writeFeather(oneBatch(100_000))));
  const counts: number[] = [];
  for await (const { chunks } of readCandles(piecesOf(large), { fileName: "A_B-1h" })) {
    counts.push(chunks.length);
  }
  assert.ok(counts.length > 15, `${counts.length} steps`);
  assert.ok(Math.max(...counts) <= 2);
});

async function* oneBatch(rows: number) {
  const candles = allocateCandles(rows);
  for (const name of ["open", "high", "low", "close"] as const) candles[name].fill(1);
  for (let row = 0; row < rows; row++) candles.time[row] = 1_704_067_200_000 + row * 3_600_000;
  yield candles;
}

Deno.test("readCandles() takes no time for a number in the metadata that does not end", async () => {
  const bytes = await load("zstd.parquet");
  const endless = new Uint8Array(5_000).fill(0xff);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, endless.length, true);
  const made = joinBytes([bytes.subarray(0, 4_000), endless, length, csv("PAR1")]);
  await assert.rejects(read(made), /Parquet data is damaged/);
});

Deno.test("readCandles() takes a format for what it is, whatever the name says", async () => {
  const { report } = await read(await load("zstd.feather"), { fileName: "A_B-1h.csv" });
  assert.equal(report.format, "feather");
  await assert.rejects(
    read(await load("zstd.feather"), { format: "parquet" }),
    /Cannot read "A_B-1h" as parquet: it is feather/,
  );
  await assert.rejects(read(csv(HEAD), { format: "json" }), /it is no json file/);
});

Deno.test("readCandles() reads JSON rows as exchanges write them, newest first", async () => {
  const rows = [
    '[1704070800000,"11","12","9","10","6",1704074399999,"0",3,"0","0","0"]',
    '[1704067200000,"10","12","9","11","5",1704070799999,"0",3,"0","0","0"]',
    "[1704063600000,10,12,9]",
    "[1704060000000,10,12,9,11,null]",
  ];
  const { candles, report } = await read(csv(` [\n${rows.join(",\n ")}\n]\n`));
  assert.deepEqual([...candles.close], [11, 11, 10]);
  assert.deepEqual([...candles.volume], [NaN, 5, 6]);
  assert.deepEqual(report.bad.rows, [{ line: 3, reason: "column_count" }]);
});

Deno.test("readCandles() unpacks one layer of one file, and no bomb", async () => {
  const text = csv(`${HEAD}1704067200000,10,12,9,11,5\n1704070800000,11,12,9,10,6\n`);
  const packed = deflateRawSync(text);
  const zip = zipOf([{ name: "a.csv", packed, unpacked: text }]);
  assert.deepEqual([...(await read(zip)).candles.close], [11, 10]);
  const stored = zipOf([{ name: "a.csv", packed: text, unpacked: text, method: 0 }]);
  assert.deepEqual([...(await read(stored)).candles.close], [11, 10]);
  const zeros = new Uint8Array(70 * 1024 ** 2);
  const bomb = deflateRawSync(zeros);
  const one = { name: "a.csv", packed, unpacked: text };
  const problems: [Uint8Array, RegExp][] = [
    [zipOf([]), /it holds 0 files; an archive of one is read/],
    [zipOf([one, { ...one, name: "b.csv" }]), /it holds 2 files/],
    [zipOf([{ ...one, packed: bomb, unpacked: zeros }]), /bytes unpack to 73400320$/],
    [zipOf([{ ...one, packed: bomb }]), /zip data is damaged/],
    [zipOf([{ ...one, unpacked: csv("other") }]), /zip data is damaged/],
    [zipOf([{ ...one, method: 12 }]), /packed by method 12, not by deflate/],
    [zipOf([{ ...one, flags: 1 }]), /is encrypted/],
    [zipOf([{ ...one, packed: deflateRawSync(zip), unpacked: zip }]), /holds another archive/],
    [gzipSync(gzipSync(text)), /holds another archive/],
    [gzipSync(zip), /holds another archive/],
  ];
  for (const [bytes, message] of problems) {
    await assert.rejects(read(bytes), { name: "CandleFileError", message });
  }
});

Deno.test("readCandles() reads an archive that is too large for the memory from the disk", async () => {
  const text = csv(
    HEAD +
      Array.from(
        { length: 200_000 },
        (_, row) =>
          `${1_704_067_200_000 + row * 3_600_000},10.123456789,12.5,9.${row},11.25,${row}`,
      ).join("\n"),
  );
  const zip = zipOf([{ name: "a.csv", packed: text, unpacked: text, method: 0 }]);
  const { candles } = await read(zip);
  assert.equal(candles.time.length, 200_000);
  assert.equal(candles.volume.at(-1), 199_999);
});

Deno.test("readCandles() ends its source when the reader stops", async () => {
  let ended = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      yield await load("freqtrade.feather");
      for (;;) yield new Uint8Array(1_000);
    } finally {
      ended = true;
    }
  }
  await assert.rejects(readCandleStream(endless(), { fileName: "A_B-1h" }), CandleFileError);
  assert.ok(ended);
});
