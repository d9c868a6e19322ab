import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import {
  assertAccessible,
  hasBrowser,
  type OpenBrowser,
  openBrowser,
  type OpenPage,
  type View,
} from "../../platform/testing/browser.ts";
import { openReport } from "./mod.ts";
import { makeSyntheticRun, type SyntheticOptions } from "./testing/synthetic.ts";

const OPEN_MS_MAX = 2_000;
const FRAME_MS_MAX = 50;
/** The best of so many counts: other programs may take the machine in the meantime. */
const ATTEMPTS = 3;
const MOVES = 40;
const DESK: View = { name: "light", scheme: "light", width: 1280, height: 900 };
const LOOKS: readonly View[] = [
  DESK,
  { name: "dark", scheme: "dark", width: 1280, height: 900 },
  { name: "phone", scheme: "light", width: 390, height: 844 },
];
const RUNS: Readonly<Record<string, SyntheticOptions>> = {
  winning: { candles: 6_000, trades: 200, bias: 0.006, pairs: ["BTC/USDT", "ETH/USDT"] },
  losing: { candles: 6_000, trades: 120, bias: -0.008 },
  empty: { candles: 3_000, trades: 0 },
};

async function withReport(
  options: SyntheticOptions,
  work: (path: string) => Promise<void>,
): Promise<void> {
  const { series, ...input } = makeSyntheticRun(options);
  const report = openReport(input);
  for (const [pair, candles] of series) await report.addPair(pair, candles);
  const path = await Deno.makeTempFile({ prefix: "candlewick-report-", suffix: ".html" });
  try {
    await Deno.writeTextFile(path, await report.render());
    await work(path);
  } finally {
    await Deno.remove(path);
  }
}

async function inBrowser(work: (browser: OpenBrowser) => Promise<void>): Promise<void> {
  await using browser = await openBrowser();
  await work(browser);
}

/** Opens the report's file and waits until the page has said what it shows. */
async function openFile(browser: OpenBrowser, path: string, view: View): Promise<OpenPage> {
  const open = await browser.openPage(view);
  await open.page.goto(`file://${path}`);
  await open.page.locator("#chart-status").filter({ hasText: /\S/ }).waitFor();
  return open;
}

/** What the page should not have done: written, failed, asked for anything but itself. */
function complaintsOf({ errors, messages, requests }: OpenPage, path: string): string[] {
  const isOwn = (url: string) => url === `file://${path}` || url.startsWith("data:,");
  return [...errors, ...messages, ...requests.filter((url) => !isOwn(url))];
}

async function statusOf(page: Page): Promise<string> {
  return await page.locator("#chart-status").textContent() ?? "";
}

Deno.test({
  name: "reports of winning, losing and empty runs are quiet and accessible in every look " +
    "(needs chromium)",
  ignore: !hasBrowser(),
  fn: async (t) => {
    await inBrowser(async (browser) => {
      for (const [name, options] of Object.entries(RUNS)) {
        await withReport(options, async (path) => {
          for (const look of LOOKS) {
            await t.step(`${name}, ${look.name}`, async () => {
              await using open = await openFile(browser, path, look);
              const { page } = open;
              const width = await page.evaluate("document.documentElement.scrollWidth");
              assert.equal(width, look.width, "nothing is wider than the screen");
              await assertAccessible(page);
              await page.locator("details").evaluateAll(
                "(all) => all.forEach((d) => d.open = true)",
              );
              await page.locator("#theme").click();
              await assertAccessible(page);
              assert.deepEqual(complaintsOf(open, path), []);
            });
          }
        });
      }
    });
  },
});

Deno.test({
  name: "a report is read by keyboard: trades, zoom, pairs and pages of the list (needs chromium)",
  ignore: !hasBrowser(),
  fn: async () => {
    await inBrowser(async (browser) => {
      await withReport(RUNS.winning ?? { candles: 1, trades: 0 }, async (path) => {
        await using open = await openFile(browser, path, DESK);
        const { page } = open;
        const whole = await statusOf(page);
        assert.match(whole, /^BTC\/USDT, 2021-01-01 00:00 to .* 100 trades, \d+ of them won$/);
        await page.locator("#chart").focus();
        await page.keyboard.press("n");
        assert.match(await statusOf(page), /^Trade 1, long: opened .* by dip, closed .* profit/);
        await page.locator("#tooltip").waitFor({ state: "visible" });
        await page.keyboard.press("n");
        assert.match(await statusOf(page), /^Trade 3, /);
        await page.keyboard.press("Escape");
        await page.keyboard.press("Home");
        assert.equal(await statusOf(page), whole);
        await page.keyboard.press("+");
        assert.notEqual(await statusOf(page), whole);
        await page.selectOption("#pair", "1");
        assert.match(await statusOf(page), /^ETH\/USDT, /);
        assert.equal(await page.locator("#page-status").textContent(), "1–20 of 100");
        await page.locator('[data-page="next"]').click();
        assert.equal(await page.locator("#page-status").textContent(), "21–40 of 100");
        await page.locator("#trade-rows button").first().click();
        assert.match(await statusOf(page), /^Trade \d+, /);
        await page.emulateMedia({ media: "print" });
        assert.ok(!await page.locator("#controls").isVisible());
        assert.ok(await page.locator("#plot").isVisible());
        assert.deepEqual(complaintsOf(open, path), []);
      });
    });
  },
});

Deno.test({
  name: "a report of a run with hostile names runs nothing of them (needs chromium)",
  ignore: !hasBrowser(),
  fn: async () => {
    const hostile = `</script><img src=x onerror="document.title='taken'">`;
    const options = {
      candles: 500,
      trades: 20,
      strategyName: hostile,
      tags: [hostile],
      reasons: [hostile],
    };
    await inBrowser(async (browser) => {
      await withReport(options, async (path) => {
        await using open = await openFile(browser, path, DESK);
        const { page } = open;
        await page.locator("#chart").focus();
        await page.keyboard.press("n");
        assert.equal(await page.locator("img").count(), 0);
        assert.equal(await page.title(), `${hostile}: backtest report`);
        await page.locator("#tooltip").filter({ hasText: hostile }).waitFor();
        assert.deepEqual(complaintsOf(open, path), []);
      });
    });
  },
});

/** Writes down how long each drawing takes and when it came. */
const TIMER = `
  globalThis.drawings = [];
  const ask = requestAnimationFrame.bind(globalThis);
  globalThis.requestAnimationFrame = (draw) => ask((time) => {
    const start = performance.now();
    draw(time);
    drawings.push(performance.now() - start);
  });
  globalThis.frames = async (move) => {
    const times = [];
    for (let at = 0; at < ${MOVES}; at++) {
      move(at);
      times.push(await new Promise((resolve) => ask(resolve)));
    }
    return times.slice(1).map((time, index) => time - times[index]);
  };
`;

const KEY = `(at) => document.getElementById("chart").dispatchEvent(
  new KeyboardEvent("keydown", { key: KEYS[at % KEYS.length] }))`;

async function frameMs(page: Page, keys: readonly string[]): Promise<number[]> {
  const move = KEY.replaceAll("KEYS", JSON.stringify(keys));
  return await page.evaluate(`frames(${move})`) as number[];
}

/** What nineteen of twenty stay below. */
function slowOf(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Infinity;
}

function middleOf(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? Infinity;
}

Deno.test({
  name: "a report of a million candles and ten thousand trades opens within 2 s and moves within " +
    "50 ms a frame (needs chromium)",
  ignore: !hasBrowser(),
  fn: async () => {
    const options = { candles: 1_000_000, trades: 10_000, bias: 0.003 };
    await inBrowser(async (browser) => {
      await browser.context.addInitScript(TIMER);
      await withReport(options, async (path) => {
        const opened: number[] = [];
        const drawn: number[] = [];
        const framed: number[] = [];
        for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
          await using open = await openFile(browser, path, DESK);
          const { page } = open;
          opened.push(Number(await page.evaluate("performance.now()")));
          const frames = [
            ...await frameMs(page, ["ArrowUp"]),
            ...await frameMs(page, ["ArrowRight", "ArrowLeft", "ArrowLeft"]),
            ...await frameMs(page, ["ArrowDown", "ArrowRight"]),
          ];
          drawn.push(slowOf(await page.evaluate("drawings") as number[]));
          framed.push(middleOf(frames));
          assert.deepEqual(complaintsOf(open, path), []);
        }
        const found = JSON.stringify({ opened, drawn, framed });
        assert.ok(Math.min(...opened) <= OPEN_MS_MAX, found);
        assert.ok(Math.min(...drawn) <= FRAME_MS_MAX, found);
        // A frame also waits for whoever shares the machine: its middle is judged, drawing's worst.
        assert.ok(Math.min(...framed) <= FRAME_MS_MAX, found);
      });
    });
  },
});
