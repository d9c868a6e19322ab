import assert from "node:assert/strict";
import { createEngine, runEngine } from "./engine.ts";
import { differencesOf, type EngineCase, readCases, runOfCase } from "./engine_cases.ts";
import { playTranscript } from "./engine_transcript.ts";
import { CoreMemory, readCoreModule } from "./memory.ts";

const module = await readCoreModule();
const cases = await goldens("random_level3.json.gz");
const adjusting = await goldens("random_adjusting.json.gz");

async function goldens(name: string): Promise<EngineCase[]> {
  const all = await readCases(new URL(`testdata/engine/${name}`, import.meta.url));
  return all.filter((one) => one.config.unsupported.length === 0);
}

function caseThatAsks(): EngineCase {
  const found = cases.find((one) => one.expected.asked.length > 500);
  assert(found);
  return found;
}

Deno.test("runEngine() asks what freqtrade asks, in its order, and trades on the answers", async (t) => {
  for (const one of [...cases, ...adjusting]) {
    await t.step(one.name, () => {
      const core = new CoreMemory(module);
      const run = runOfCase(one);
      const transcript = playTranscript(core, run, one);
      const result = runEngine(core, run, { ask: transcript.ask });
      assert.equal(transcript.difference(), null);
      assert.deepEqual(differencesOf(result, one), []);
    });
  }
});

Deno.test("step() and restore() ask every question once, however a run is sliced", () => {
  const one = caseThatAsks();
  const cores = [new CoreMemory(module), new CoreMemory(module)] as const;
  const run = runOfCase(one);
  let asking: CoreMemory = cores[0];
  const transcript = playTranscript(
    {
      get buffer() {
        return asking.buffer;
      },
    },
    run,
    one,
  );
  const first = createEngine(cores[0], run, { ask: transcript.ask });
  first.step(333);
  const second = createEngine(cores[1], run, { ask: transcript.ask });
  second.restore(first.snapshot());
  asking = cores[1];
  while (!second.step(100).done);
  assert.equal(transcript.difference(), null);
  assert.deepEqual(differencesOf(second.result(), one), []);
});

Deno.test("runEngine() stops with the host's status when an answer fails", () => {
  const one = caseThatAsks();
  let questions = 0;
  const ask = () => ++questions > 20 ? -9 : 0;
  assert.throws(() => runEngine(new CoreMemory(module), runOfCase(one), { ask }), /answered -9/);
  assert.equal(questions, 21);
});

Deno.test("createEngine() refuses callbacks without someone who answers them", () => {
  assert.throws(
    () => createEngine(new CoreMemory(module), runOfCase(caseThatAsks())),
    /"config.callbacks" is set, "options.ask" is not/,
  );
});

Deno.test("no callback is asked when the mask is 0", () => {
  const one = caseThatAsks();
  const run = runOfCase(one);
  const quiet = { ...run, config: { ...run.config, callbacks: 0 } };
  const ask = () => assert.fail("asked");
  assert.ok(runEngine(new CoreMemory(module), quiet, { ask }).trades.length > 0);
});

Deno.test("lock() keeps a pair, or all, from entering until the candle after it ends", () => {
  const one = caseThatAsks();
  const run = runOfCase(one);
  const plain = { ...run, config: { ...run.config, callbacks: 0 } };
  const open = runEngine(new CoreMemory(module), plain).trades;
  const until = open[Math.floor(open.length / 2)]?.openDate ?? 0;
  const locked = createEngine(new CoreMemory(module), plain);
  locked.lock(null, "both", until);
  while (!locked.step(1e9).done);
  const [first] = locked.result().trades;
  assert.ok(first && first.openDate >= until + plain.config.timeframeMs);
  const short = createEngine(new CoreMemory(module), plain);
  short.lock(0, "short", until);
  while (!short.step(1e9).done);
  assert.deepEqual(short.result().trades, open);
  assert.throws(() => short.lock(99, "both", until), /no such pair/);
});

Deno.test("a callback may read the trade it is asked about", () => {
  const one = caseThatAsks();
  const run = runOfCase(one);
  const core = new CoreMemory(module);
  const pairs: string[] = [];
  const engine = createEngine(core, run, {
    ask: (_kind, trade) => {
      const seen = trade < 0 ? null : engine.trade(trade);
      if (seen) pairs.push(seen.pair);
      return 0;
    },
  });
  engine.step(300);
  assert.ok(pairs.length > 0);
  assert.ok(pairs.every((pair) => run.pairs.some(({ market }) => market.pair === pair)));
});
