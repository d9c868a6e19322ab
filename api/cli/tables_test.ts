import assert from "node:assert/strict";
import { readGoldenRuns } from "../backtests/export/testdata/read_runs.ts";
import { renderReport } from "./tables.ts";

const goldens = await readGoldenRuns();

function runNamed(name: string) {
  const golden = goldens.find((candidate) => candidate.name === name);
  assert.ok(golden, name);
  return golden.run;
}

Deno.test("renderReport() titles every table a freqtrade user looks for", () => {
  const report = renderReport([runNamed("level4-seed41-003")]);
  const titles = [
    "BACKTESTING REPORT",
    "LEFT OPEN TRADES REPORT",
    "ENTER TAG STATS",
    "EXIT REASON STATS",
    "MIXED TAG STATS",
    "SUMMARY METRICS",
    "STRATEGY SUMMARY",
  ];
  const found = report.split("\n").map((line) => line.trim()).filter((line) =>
    titles.includes(line)
  );
  assert.deepEqual(found, titles);
});

Deno.test("renderReport() shows the figures freqtrade shows of the same run", () => {
  const report = renderReport([runNamed("level4-seed41-003")]);
  const expected = [
    "│ EEE/USDT:USDT │     23 │        -0.26 │          -2.493 │        -1.00 │      0:13:00 │   15     2     6  65.2 │",
    "│         roi │    30 │         2.15 │          18.149 │         7.26 │      0:17:00 │   28     2     0   100 │",
    "│   enter_a │  force_exit │      1 │        -5.25 │          -1.500 │        -0.60 │",
    "│ Expectancy (ratio)              │ -0.11 (-0.09) ",
    "│ Absolute drawdown               │ 13.958 USDT (5.53%) ",
    "│ Min/max/avg. duration losers    │ 0d 00:05 / 0d 02:09 / 0d 00:45 ",
    "│   28     2     8  73.7 │ 13.958 USDT  5.53% │",
  ];
  for (const line of expected) assert.ok(report.includes(line), line);
});

Deno.test("renderReport() says so when no trade was made", () => {
  const report = renderReport([runNamed("level4-seed41-015")]);
  assert.ok(report.includes("No trades made: starting balance 1000 USDT, stake unlimited"));
  assert.ok(!report.includes("SUMMARY METRICS"));
});

Deno.test("renderReport() compares several strategies in one last table", () => {
  const runs = [runNamed("level1-seed41-000"), runNamed("level2-seed41-003")];
  const last = renderReport(runs).split("STRATEGY SUMMARY").at(-1) ?? "";
  for (const run of runs) assert.ok(last.includes(run.strategyName));
});
