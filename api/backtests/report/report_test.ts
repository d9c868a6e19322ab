import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { encodeBase64Url } from "../../platform/encoding.ts";
import { openReport, reportPolicy } from "./mod.ts";
import { type Head, readEquity, readPair, readTrades, unpackPayload } from "./page/unpacking.ts";
import { makeSyntheticRun, type SyntheticOptions } from "./testing/synthetic.ts";

const HOSTILE = `</script><img src=x onerror=alert(1)>"'\`<!--`;
const BYTES_MAX = 3_000_000;

async function render(options: SyntheticOptions): Promise<string> {
  const { series, ...input } = makeSyntheticRun(options);
  const report = openReport(input);
  for (const [pair, candles] of series) await report.addPair(pair, candles);
  return await report.render();
}

function payloadOf(page: string): string {
  return /<script type="text\/plain" id="payload">([^<]*)<\/script>/.exec(page)?.[1] ?? "";
}

function lastOf<T>(values: ArrayLike<T>): T | undefined {
  return values[values.length - 1];
}

function assertNear(actual: number | undefined, expected: number | undefined): void {
  const gap = Math.abs((actual ?? NaN) - (expected ?? NaN));
  assert.ok(gap <= Math.abs(expected ?? NaN) * 1e-4, `${actual} is not near ${expected}`);
}

Deno.test("a report of a short run holds every candle, column and trade as it was", async () => {
  const options = { candles: 2_000, trades: 40 };
  const { series, run, plots } = makeSyntheticRun(options);
  const { head, body } = await unpackPayload(payloadOf(await render(options)));
  const [pair] = head.pairs;
  const candles = series.get("BTC/USDT");
  assert.ok(pair && candles);
  const read = readPair(body, pair);
  assert.deepEqual(read.candles.close, candles.close);
  assert.deepEqual(read.candles.high, candles.high);
  assert.deepEqual(read.candles.low, candles.low);
  assert.deepEqual(read.candles.open, candles.open);
  const average = plots.tables[0]?.columns.find(({ name }) => name === "ema_fast")?.values;
  const column = head.panes[0]?.marks.find(({ name }) => name === "ema_fast")?.column ?? -1;
  assertNear(read.lines[column]?.last[1_500], Number(average?.[1_500]));
  const trades = readTrades(body, pair);
  assert.equal(trades.count, 40);
  const byOpen = [...run.result.trades].sort((a, b) => a.openDate - b.openDate);
  assert.deepEqual([...trades.openDate], byOpen.map(({ openDate }) => openDate));
  assert.deepEqual([...trades.closeDate], byOpen.map(({ closeDate }) => closeDate));
  assert.equal(head.strings[trades.tag[0] ?? -1], byOpen[0]?.enterTag);
  assert.equal(trades.profit[0], Math.round((byOpen[0]?.profitRatio ?? 0) * 10_000));
});

Deno.test("a report of a million candles keeps extremes and is at most 3 MB", async () => {
  const options = { candles: 1_000_000, trades: 10_000 };
  const { series, run } = makeSyntheticRun(options);
  const page = await render(options);
  assert.ok(page.length <= BYTES_MAX, `${page.length} bytes`);
  const { head, body } = await unpackPayload(payloadOf(page));
  const [pair] = head.pairs;
  const candles = series.get("BTC/USDT");
  assert.ok(pair && candles);
  const read = readPair(body, pair).candles;
  const most = (values: Float64Array) => values.reduce((a, b) => b > a ? b : a, -Infinity);
  const least = (values: Float64Array) => values.reduce((a, b) => b < a ? b : a, Infinity);
  assertNear(most(read.high), most(candles.high));
  assertNear(least(read.low), least(candles.low));
  assertNear(read.open[0], candles.open[0]);
  assertNear(lastOf(read.close), lastOf(candles.close));
  assertNear(read.volume.reduce((a, b) => a + b), candles.volume.reduce((a, b) => a + b));
  const equity = readEquity(body, head);
  assertNear(lastOf(equity.value.last), lastOf(run.result.equity.equity));
  assertNear(most(equity.value.max), most(run.result.equity.equity));
  assert.equal(readTrades(body, pair).count, 10_000);
});

Deno.test("a report of many pairs, trades and tags is at most 3 MB and says what is left out", async () => {
  const pairs = Array.from({ length: 60 }, (_, index) => `C${index}/USDT`);
  const tags = Array.from({ length: 5_000 }, (_, index) => `${index} ${"long tag ".repeat(40)}`);
  const page = await render({ candles: 20_000, trades: 30_000, pairs, tags });
  assert.ok(new TextEncoder().encode(page).length <= BYTES_MAX, `${page.length}`);
  assert.match(page, /lines are left out here/);
  assert.match(page, /the 20000 trades that gained or lost most of 30000/);
  const { head } = await unpackPayload(payloadOf(page));
  assert.equal(head.pairs.length, 60);
  const count = head.pairs.reduce(
    (sum: number, { trades }: Head["pairs"][number]) => sum + trades.count,
    0,
  );
  assert.equal(count, 20_000);
});

Deno.test("a report escapes the strategy's name, pairs, tags and reasons wherever they stand", async () => {
  const options = {
    candles: 500,
    trades: 20,
    strategyName: HOSTILE,
    tags: [HOSTILE],
    reasons: [HOSTILE],
    pairs: ["BTC/USDT", "<b>/USDT"],
  };
  const page = await render(options);
  assert.ok(!page.includes("<img"));
  assert.ok(!page.includes("<b>"));
  assert.ok(!page.includes("<!--"));
  assert.equal(page.match(/<\/script>/g)?.length, 2);
  const { head } = await unpackPayload(payloadOf(page));
  assert.ok(head.strings.includes(HOSTILE), "the chart still knows the tag");
});

Deno.test("a report of a run without trades says so and shows candles and figures", async () => {
  const page = await render({ candles: 500, trades: 0 });
  assert.match(page, /No trades made: starting balance 10000 USDT/);
  assert.match(page, /id="chart"/);
  assert.ok(!page.includes('id="trades"'));
  assert.ok(!page.includes('class="histogram"'));
  assert.ok(!/NaN|undefined|Infinity/.test(page.replace(/<script[^]*/, "")));
});

Deno.test("a report without any candle still has its figures", async () => {
  const { series: _, ...input } = makeSyntheticRun({ candles: 500, trades: 5 });
  const page = await openReport(input).render();
  assert.ok(!page.includes('id="chart"'));
  assert.match(page, /Summary metrics/);
});

Deno.test("a report's policy names the hashes of the script and the style that are in it", async () => {
  const page = await render({ candles: 50, trades: 2 });
  const policy = await reportPolicy();
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const script = /<script type="module">([^]*?)<\/script>/.exec(page)?.[1] ?? "";
  const style = /<style>([^]*?)<\/style>/.exec(page)?.[1] ?? "";
  assert.ok(script.length > 1_000);
  assert.ok(policy.includes(`script-src ${hash(script)};`));
  assert.ok(policy.includes(`style-src ${hash(style)};`));
  assert.ok(!/ style=| on\w+=/.test(page.replace(/<(script|style)[^]*?<\/\1>/g, "")));
});

Deno.test("a report's script declares each name once and is free of imports and types", async () => {
  const page = await render({ candles: 50, trades: 0 });
  const script = /<script type="module">([^]*?)<\/script>/.exec(page)?.[1] ?? "";
  const names = [...script.matchAll(/^(?:async )?(?:function|class|const|let) (\w+)/gm)]
    .map((found) => found[1]);
  assert.equal(new Set(names).size, names.length, String(names));
  assert.ok(!/^(import|export) /m.test(script));
  // Importing it parses it: outside a browser it then fails at its first use of the document.
  const url = `data:text/javascript;base64,${toBase64(script)}`;
  await assert.rejects(import(url), ReferenceError);
});

function toBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return encodeBase64Url(bytes).replaceAll("-", "+").replaceAll("_", "/");
}
