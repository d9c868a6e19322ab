import assert from "node:assert/strict";
import fc from "fast-check";
import { type CandleColumns, concatCandles } from "../candles/columns.ts";
import type { CandleFileReport } from "./candle_file.ts";
import { CsvReader, type CsvReaderOptions } from "./csv_reader.ts";

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);

function read(
  text: string,
  options: Partial<CsvReaderOptions> = {},
  pieceLength = text.length,
): { candles: CandleColumns; report: CandleFileReport } {
  const chunks: CandleColumns[] = [];
  const reader = new CsvReader({ fileName: "A_B-1h.csv", ...options }, (it) => chunks.push(it));
  for (let at = 0; at < text.length; at += pieceLength) {
    reader.push(text.slice(at, at + pieceLength));
  }
  const report = reader.end();
  if (report.descending) chunks.reverse();
  return { candles: concatCandles(chunks), report };
}

const HEADER = "timestamp_ms,open,high,low,close,volume\n";

/** Rows of an hourly file; an undefined entry is a missing hour. */
function rows(...closes: (number | undefined)[]): string[] {
  return closes.flatMap((close, hour) =>
    close === undefined
      ? []
      : [`${START + hour * HOUR},${close},${close + 1},${close - 1},${close},5`]
  );
}

const LAYOUTS: Record<string, { text: string; fileName?: string; format: string }> = {
  "freqtrade's": {
    text: HEADER + "1704067200000,10,12,9,11,5\n1704070800000,11,12,9,10,6\n",
    format: "header",
  },
  "a header in seconds with a semicolon": {
    text: "Unix;Open;High;Low;Close;Volume\n1704067200;10;12;9;11;5\n1704070800;11;12;9;10;6\n",
    format: "header",
  },
  "one with row numbers": {
    text:
      ",date,open,high,low,close,volume\r\n0,2024-01-01,10,12,9,11,5\r\n1,2024-01-01 01:00,11,12,9,10,6\r\n",
    format: "header",
  },
  "one whose first column has no name": {
    text:
      ",Open,High,Low,Close,Volume\n2024-01-01 00:00:00,10,12,9,11,5\n2024-01-01 01:00:00,11,12,9,10,6",
    format: "header",
  },
  "CryptoDataDownload's, newest first under a banner": {
    text:
      "Times are UTC,https://example.test\ndate,symbol,open,high,low,close,volume_btc,volume\n" +
      "2024-01-01 01-AM,AB,11,12,9,10,6,60\n2024-01-01 12-AM,AB,10,12,9,11,5,50\n",
    format: "header",
  },
  "Binance's without a header, in microseconds": {
    text: "1704067200000000,10,12,9,11,5,1704070799999999,1,2,3,4,0\n" +
      "1704070800000000,11,12,9,10,6,1704074399999999,1,2,3,4,0\n",
    format: "binance",
  },
  "LEAN's of hours": {
    text: "20240101 00:00,10,12,9,11,5\n20240101 01:00,11,12,9,10,6\n",
    format: "lean",
  },
  "quoted cells": {
    text:
      '"time","open","high","low","close","volume"\n"2024-01-01T00:00:00Z","10","12","9","11","5"\n' +
      '"2024-01-01T01:00:00Z","11","12","9","10","6"\n',
    format: "header",
  },
  "plain rows": {
    text: "2024-01-01,10,12,9,11,5\n2024-01-01 01:00,11,12,9,10,6\n",
    format: "plain",
  },
};

for (const [name, { text, format }] of Object.entries(LAYOUTS)) {
  Deno.test(`CsvReader reads ${name} layout, however the text is cut`, () => {
    for (const pieceLength of [text.length, 7, 1]) {
      const { candles, report } = read(text, {}, pieceLength);
      assert.deepEqual([...candles.time], [START, START + HOUR]);
      assert.deepEqual([...candles.open], [10, 11]);
      assert.deepEqual([...candles.close], [11, 10]);
      assert.deepEqual([...candles.volume], [5, 6]);
      assert.equal(report.format, format);
      assert.equal(report.bad.count, 0);
    }
  });
}

Deno.test("CsvReader adds LEAN's milliseconds to the day in the file's name", () => {
  const text = "0,10,12,9,11,5\n60000,11,12,9,10,6\n";
  const { candles } = read(text, { fileName: "crypto_x_minute_btcusd_20240101_trade.csv" });
  assert.deepEqual([...candles.time], [START, START + 60_000]);
  assert.throws(() => read(text, { fileName: "x.csv" }), /its name has no date/);
});

Deno.test("CsvReader scales LEAN's prices when the format says so", () => {
  const text = "20240101 00:00,1001000,1002300,1000000,1001100,5\n20240102 00:00,1,1,1,1,5\n";
  const { candles } = read(text, { format: "lean_scaled", timeframe: "1d" });
  assert.deepEqual([candles.open[0], candles.high[0], candles.close[0]], [100.1, 100.23, 100.11]);
});

Deno.test("CsvReader moves month ends to the first of the month", () => {
  const text = ",Open,High,Low,Close,Volume\n2012-01-31,4,7,3,5,1\n2012-02-29,5,6,3,4,1\n";
  const { candles, report } = read(text, { fileName: "BTCUSD.csv" });
  assert.equal(report.timeframe, "1M");
  assert.deepEqual([...candles.time], [Date.UTC(2012, 0, 1), Date.UTC(2012, 1, 1)]);
});

Deno.test("CsvReader floors funding stamps and keeps negative rates", () => {
  const text = HEADER + "1637193600017,0.0001,0,0,0,0\n1637222400007,-0.0001,0,0,0,0\n";
  const { candles, report } = read(text, { candleType: "funding_rate" });
  assert.deepEqual([...candles.time], [1637193600000, 1637222400000]);
  assert.deepEqual([...candles.open], [0.0001, -0.0001]);
  assert.equal(report.candleType, "funding_rate");
});

Deno.test("CsvReader leaves the volume NaN when the file has none", () => {
  const { candles, report } = read("timestamp,open,high,low,close\n2024-01-01,1,1,1,1\n");
  assert.ok(Number.isNaN(candles.volume[0]));
  assert.equal(report.hasVolume, false);
});

Deno.test("CsvReader lists bad rows with their line and reason and takes the others", () => {
  const hour = (n: number) => START + n * HOUR;
  const text = HEADER + [
    `${hour(0)},10,12,9,11,5`,
    `${hour(1)},10,9,12,11,5`,
    `${hour(2)},-10,12,9,11,5`,
    `${hour(3)},10,NaN,9,11,5`,
    `${hour(4)},10,12,9,,5`,
    `${hour(5)},10,12,0,11,5`,
    `${hour(6) + 1},10,12,9,11,5`,
    `${hour(7)},10,12,9,11`,
    `${hour(8)},10,12,9,11,5,6`,
    `yesterday,10,12,9,11,5`,
    "",
    `${hour(9)},10,12,9,11,5`,
    `${hour(9)},10,12,9,11,5`,
    `${hour(9)},10,13,9,11,5`,
    `${hour(3)},10,12,9,11,5`,
    `${hour(10)},10,12,9,11,5`,
  ].join("\n");
  const { candles, report } = read(text);
  assert.deepEqual([...candles.time], [hour(0), hour(9), hour(10)]);
  assert.equal(report.duplicates, 1);
  assert.deepEqual(report.bad.rows, [
    { line: 3, reason: "high_below_low" },
    { line: 4, reason: "negative" },
    { line: 5, reason: "number" },
    { line: 6, reason: "number" },
    { line: 7, reason: "zero_price" },
    { line: 8, reason: "off_grid" },
    { line: 9, reason: "column_count" },
    { line: 10, reason: "column_count" },
    { line: 11, reason: "time" },
    { line: 15, reason: "conflicting_duplicate" },
    { line: 16, reason: "unordered" },
  ]);
  assert.equal(report.bad.count, 11);
});

Deno.test("CsvReader drops a stray far-future row rather than all that follow it", () => {
  const stray = `${START + 999 * HOUR},10,11,9,10,5`;
  const [first = "", ...rest] = rows(10, 11, 12, 13);
  const { candles, report } = read(HEADER + [first, stray, ...rest].join("\n"));
  assert.equal(candles.time.length, 4);
  assert.deepEqual(report.bad.rows, [{ line: 3, reason: "unordered" }]);
});

Deno.test("CsvReader names what is wrong with a file of another shape", () => {
  const problems: [string, RegExp][] = [
    ["", /it is empty/],
    ["hello\nworld\n", /"hello" is neither a header .* nor a row/],
    ['{"a":1}', /not a CSV file of candles/],
    ["date,open,high,low\n1,2,3,4\n", /no column for close/],
    ["a,open,high,low,close\n1,2,3,4,5\n", /no column for time/],
    ["1704067200000,1,1,1,1,1,1,1,1\n", /9 columns and no header; name its format/],
    [`${HEADER}1704067200000,1,1,1,1,1\n17040708`, /ends inside line 3/],
    [
      HEADER + "1704067200000,1,1,1,1,1\n1704067260000,1,1,1,1,1\n",
      /as 1h candles: its rows are 1m/,
    ],
    [HEADER + "1704067213000,1,1,1,1,1\n1704070813000,1,1,1,1,1\n", /open 13 s off the grid/],
    [HEADER + "x".repeat(200_000), /line 2 is longer than/],
  ];
  for (const [text, message] of problems) {
    assert.throws(() => read(text), message, text.slice(0, 40));
  }
});

Deno.test("CsvReader gives the same candles oldest or newest first, in chunks of 10,000", () => {
  const lines = rows(...Array.from({ length: 25_003 }, (_, i) => 10 + i % 7));
  const up = read(HEADER + lines.join("\n"), {}, 60_000);
  const down = read(HEADER + lines.toReversed().join("\n"), {}, 60_000);
  assert.equal(up.candles.time.length, 25_003);
  assert.deepEqual(down.candles, up.candles);
  assert.equal(down.report.descending, true);
});

Deno.test("CsvReader accounts for every row of any mixture", () => {
  const cell = fc.oneof(
    fc.constantFrom("", "x", "-1", "0", "1", "2", "1e400"),
    fc.integer({ min: 1, max: 9 }).map(String),
  );
  const row = fc.tuple(
    fc.integer({ min: 0, max: 30 }),
    fc.array(cell, { minLength: 3, maxLength: 6 }),
  )
    .map(([hour, cells]) => [START + hour * HOUR, ...cells].join(","));
  fc.assert(fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (lines) => {
    const text = HEADER + rows(5, 5, 5).join("\n") + "\n" + lines.join("\n") + "\n";
    const { candles, report } = read(text);
    assert.equal(report.accepted, candles.time.length);
    assert.equal(report.accepted + report.duplicates + report.bad.count, lines.length + 3);
    for (let i = 1; i < candles.time.length; i++) {
      assert.ok((candles.time[i] ?? 0) > (candles.time[i - 1] ?? 0));
    }
  }));
});
