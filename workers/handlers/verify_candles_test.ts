import assert from "node:assert/strict";
import { waitForJob } from "../../api/jobs/queue.ts";
import { tables } from "../../api/platform/database/open.ts";
import { startWorkers } from "../loop.ts";
import { openBench } from "../testing.ts";
import { importMarket } from "../testing/backtests.ts";
import { verifyCandles } from "./verify_candles.ts";

async function openMarket() {
  const bench = await openBench();
  await importMarket(bench.test.platform);
  const ann = await bench.test.signUp("ann");
  const workers = await startWorkers(bench.test.platform, [verifyCandles], { pollMs: 50 });
  return {
    bench,
    async verify(args: Record<string, unknown>) {
      const answer = await ann.as("/api/v1/jobs", { json: { name: "verify_candles", args } });
      const { job_id } = await answer.json();
      return await waitForJob(bench.ctx, job_id, 20_000);
    },
    [Symbol.asyncDispose]: async () => {
      await workers.stop();
      await bench[Symbol.asyncDispose]();
    },
  };
}

Deno.test("verify_candles finds an imported series sound", async () => {
  await using market = await openMarket();
  const state = await market.verify({ symbol: "BTCUSDT", timeframe: "1h" });
  assert.deepEqual(state?.result, {
    symbol: "BTC/USDT",
    dataset: "venue",
    revision: 1,
    blocks: 1,
    candles: 8_784,
    problems: [],
  });
});

Deno.test("verify_candles names blocks that are missing or whose bytes changed", async () => {
  await using market = await openMarket();
  const { db } = market.bench.ctx;
  const blobs = tables<{ blobs: { hash: string; bytes: Uint8Array }; manifest_blocks: Hashes }>(db);
  const hashes = await blobs.selectFrom("manifest_blocks").selectAll()
    .where("candle_count", "<", 10_000).orderBy("first_ms").execute();
  const hourly = hashes.find(({ candle_count }) => candle_count === 8_784);
  await blobs.updateTable("blobs").set({ bytes: new Uint8Array(16) })
    .where("hash", "=", hourly?.hash ?? "").execute();
  const state = await market.verify({ symbol: "BTC/USDT", timeframe: "1h" });
  const eth = await market.verify({ symbol: "ETH/USDT", timeframe: "1h" });
  const problems = [state, eth].map((each) => (each?.result as { problems: string[] }).problems);
  assert.deepEqual(problems.flat(), ["Block 1 is not what its hash says"]);
});

Deno.test("verify_candles of an unknown symbol fails at once with the reason", async () => {
  await using market = await openMarket();
  const state = await market.verify({ symbol: "NO/SUCH", timeframe: "1h" });
  assert.equal(state?.status, "failed");
  assert.equal(state?.error?.code, "NOT_FOUND");
});

interface Hashes {
  hash: string;
  candle_count: number;
  first_ms: number;
}
