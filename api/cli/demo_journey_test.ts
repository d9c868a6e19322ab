import assert from "node:assert/strict";

const DEMO = new URL("./demo.ts", import.meta.url).pathname;

async function runDemo(dataDir: string): Promise<{ code: number; text: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", DEMO, "--once", "--port", "0", "--data-dir", dataDir],
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder().decode(stdout);
  assert.equal(code, 0, `${text}\n${new TextDecoder().decode(stderr)}`);
  return { code, text };
}

Deno.test("The demo goes through the main job over HTTP, and a second time on its own data", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "candlewick-demo-" });
  try {
    const first = (await runDemo(dataDir)).text;
    assert.match(first, /Imported EUR\/USD from EURUSD-1h\.csv: 5000 new candles, 0 known/);
    assert.match(first, /Total profit +│ 3\.01 %/);
    assert.match(first, /Trades +│ 120 /);
    assert.match(first, /Maximum drawdown +│ 3\.97 %/);
    assert.match(first, /trailing_stop_loss/);
    assert.match(first, /API +http:\/\/127\.0\.0\.1:\d+\/openapi\.json/);
    const page = await Deno.readTextFile(`${dataDir}/report.html`);
    assert.match(page, /^<!DOCTYPE html>[^]*TrendPullback/i);
    assert.ok(first.includes(`Report  ${dataDir}/report.html`), first);
    const second = (await runDemo(dataDir)).text;
    assert.match(second, /Imported EUR\/USD from EURUSD-1h\.csv: 0 new candles, 5000 known/);
    assert.match(second, /Trades +│ 120 /);
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});
