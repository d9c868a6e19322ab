import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { analyzeFiles } from "./analyze.ts";
import { UsageError } from "./usage.ts";

const ACCEPTED = fileURLToPath(import.meta.resolve("../backtests/run/testdata/trend_rider.py"));

function recorder() {
  const lines: string[] = [];
  const write = (text: string) => void lines.push(text);
  return { lines, terminal: { out: write, err: write } };
}

async function withStrategy(source: string, work: (path: string) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".py" });
  try {
    await Deno.writeTextFile(path, source);
    await work(path);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("analyzeFiles() answers 0 and says accepted for a strategy that runs here", async () => {
  const { lines, terminal } = recorder();
  assert.equal(await analyzeFiles([ACCEPTED], terminal), 0);
  assert.match(lines.join("\n"), /trend_rider\.py: TrendRider: accepted/);
});

Deno.test("analyzeFiles() answers 2 with line, column and code of what it refuses", async () => {
  await withStrategy("import os\n\nx = (\n", async (path) => {
    const { lines, terminal } = recorder();
    assert.equal(await analyzeFiles([ACCEPTED, path, "--json"], terminal), 2);
    const [first, second] = JSON.parse(lines.join("\n"));
    assert.equal(first.classes[0].accepted, true);
    const [refusal] = second.classes[0].refusals;
    assert.ok(refusal.line >= 1 && refusal.column >= 1);
    assert.equal(typeof refusal.code, "string");
    assert.notEqual(refusal.message, "");
  });
});

Deno.test("analyzeFiles() refuses to run without a file", async () => {
  await assert.rejects(analyzeFiles([], recorder().terminal), UsageError);
});
