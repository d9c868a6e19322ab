import assert from "node:assert/strict";
import { runStage } from "./run_stage.ts";
import { planStages } from "./stages.ts";
import { addTallies, EMPTY_TALLY, isNews, parseTally, stageTally } from "./tally.ts";

const FILES = [
  "README.md",
  "api/main.ts",
  "api/main_journey_test.ts",
  "api/orders/service_test.ts",
  "api/platform/laws/tidy_test.ts",
  "core-wasm/assembly/index.ts",
];

function stageArgs(name: string, options: { journeys: boolean; update: boolean }): string[] | null {
  const stage = planStages(FILES, options).find((each) => each.name === name);
  return stage === undefined ? null : [...stage.args];
}

Deno.test("planStages() runs journeys only when asked, and every other test once", () => {
  const ok = { journeys: false, update: false };
  assert.equal(stageArgs("journeys", ok), null);
  assert.deepEqual(stageArgs("tests", ok)?.filter((each) => each.endsWith(".ts")), [
    "api/orders/service_test.ts",
  ]);
  assert.deepEqual(stageArgs("laws", ok)?.filter((each) => each.endsWith(".ts")), [
    "api/platform/laws/tidy_test.ts",
  ]);
  const test = { journeys: true, update: false };
  assert.deepEqual(stageArgs("journeys", test)?.filter((each) => each.endsWith(".ts")), [
    "api/main_journey_test.ts",
  ]);
});

Deno.test("planStages() checks the types of everything but AssemblyScript", () => {
  const args = stageArgs("types", { journeys: false, update: false });
  assert.ok(args?.includes("api/main_journey_test.ts"));
  assert.ok(!args?.includes("core-wasm/assembly/index.ts"));
});

Deno.test("planStages() leaves out a stage without files and hands --update to tests", () => {
  assert.deepEqual(
    planStages(["api/main.ts"], { journeys: true, update: false }).map((each) => each.name),
    ["install", "build", "format", "lint", "types"],
  );
  assert.deepEqual(stageArgs("tests", { journeys: false, update: true })?.slice(-2), [
    "--",
    "--update",
  ]);
});

Deno.test("parseTally() reads the last summary through colours, steps and ignored tests", () => {
  const output = "ok | 1 passed | 0 failed (2ms)\n" +
    "\x1b[0m\x1b[31mFAILED\x1b[0m | 12 passed (3 steps) | 2 failed (1 step) | 4 ignored (1s)\n";
  assert.deepEqual(parseTally(output), { passed: 12, failed: 2, ignored: 4 });
  assert.equal(parseTally("error: Module not found"), null);
});

Deno.test("stageTally() counts a failure that no test reports as one", () => {
  const one = { passed: 0, failed: 1, ignored: 0 };
  assert.deepEqual(stageTally("check", { success: false, output: "" }), one);
  assert.deepEqual(stageTally("tests", { success: true, output: "" }), one);
  assert.deepEqual(
    stageTally("tests", { success: false, output: "ok | 3 passed | 0 failed (1ms)" }),
    { passed: 3, failed: 1, ignored: 0 },
  );
  assert.deepEqual(stageTally("check", { success: true, output: "" }), EMPTY_TALLY);
});

Deno.test("isNews() drops passing tests and keeps failures, skips and what a test printed", () => {
  const expected = [
    "\x1b[38;5;245m./a_test.ts => \x1b[0ma() holds ... ok (12µs)",
    "b() holds ... ok (1m2s)",
  ];
  for (const line of expected) assert.equal(isNews(line), false, line);
  const news = ["a() holds ... FAILED (1ms)", "a() holds (needs X) ... ignored (0ms)", "lost: 3"];
  for (const line of news) assert.equal(isNews(line), true, line);
});

Deno.test("addTallies() sums each count", () => {
  const sum = addTallies(
    { passed: 1, failed: 2, ignored: 3 },
    { passed: 10, failed: 20, ignored: 30 },
  );
  assert.deepEqual(sum, { passed: 11, failed: 22, ignored: 33 });
});

Deno.test("runStage() fails with the program it runs", async () => {
  const stage = { name: "types", kind: "check", args: ["eval", "Deno.exit(3)"] } as const;
  assert.equal((await runStage(stage)).failed, 1);
  const passing = { ...stage, args: ["eval", "0"] };
  assert.equal((await runStage(passing)).failed, 0);
});

/** A program that dies by a signal on its first runs, as its file counts them. */
function dyingProgram(file: string, deaths: number): string {
  return `const seen = await Deno.readTextFile("${file}");
    await Deno.writeTextFile("${file}", seen + "x");
    if (seen.length < ${deaths}) Deno.kill(Deno.pid, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, seen.length < ${deaths} ? 60000 : 0));`;
}

Deno.test("runStage() runs a check once more when its program died by a signal", async () => {
  const file = await Deno.makeTempFile();
  try {
    const kill = (deaths: number) => ({
      name: "lint",
      kind: "check" as const,
      args: ["eval", dyingProgram(file, deaths)],
    });
    assert.equal((await runStage(kill(1))).failed, 0);
    assert.equal((await Deno.readTextFile(file)).length, 2);
    await Deno.writeTextFile(file, "");
    assert.equal((await runStage(kill(2))).failed, 1);
  } finally {
    await Deno.remove(file);
  }
});
