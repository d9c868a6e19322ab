import assert from "node:assert/strict";
import {
  deduceTimeframe,
  floorToTimeframe,
  isTimeframe,
  nextOpen,
  timeframeMs,
} from "./timeframe.ts";

function at(text: string): number {
  return Date.parse(`${text}Z`);
}

Deno.test("timeframeMs() knows every unit and refuses what is no timeframe", () => {
  assert.equal(timeframeMs("5m"), 300_000);
  assert.equal(timeframeMs("1w"), 604_800_000);
  assert.equal(timeframeMs("1M"), 2_592_000_000);
  for (const text of ["", "m", "0m", "5", "5x", "-5m", "5 m"]) {
    assert.equal(isTimeframe(text), false);
    assert.throws(() => timeframeMs(text), /Cannot read timeframe/);
  }
});

Deno.test("floorToTimeframe() begins weeks on Mondays and months on their first day", () => {
  assert.equal(floorToTimeframe(at("2024-02-29T13:07"), "15m"), at("2024-02-29T13:00"));
  assert.equal(floorToTimeframe(at("2024-02-29T13:07"), "1w"), at("2024-02-26T00:00"));
  assert.equal(floorToTimeframe(at("2024-02-29T13:07"), "1M"), at("2024-02-01T00:00"));
  assert.equal(floorToTimeframe(at("2024-02-29T13:07"), "3M"), at("2024-01-01T00:00"));
  assert.equal(floorToTimeframe(at("1969-12-31T23:59"), "1h"), at("1969-12-31T23:00"));
});

Deno.test("nextOpen() gives months their own length", () => {
  assert.equal(nextOpen(at("2024-02-01T00:00"), "1M"), at("2024-03-01T00:00"));
  assert.equal(nextOpen(at("2024-12-01T00:00"), "1M"), at("2025-01-01T00:00"));
  assert.equal(nextOpen(at("2024-02-01T00:00"), "1d"), at("2024-02-02T00:00"));
});

Deno.test("deduceTimeframe() takes the commonest step, in either direction", () => {
  const hour = 3_600_000;
  assert.equal(deduceTimeframe([0, hour, 2 * hour, 9 * hour, 10 * hour]), "1h");
  assert.equal(deduceTimeframe([2 * hour, hour, 0]), "1h");
  assert.equal(deduceTimeframe([at("2024-01-31T00:00"), at("2024-02-29T00:00")]), "1M");
  assert.equal(deduceTimeframe([0]), undefined);
  assert.equal(deduceTimeframe([0, 17]), undefined);
});
