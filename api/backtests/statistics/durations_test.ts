import assert from "node:assert/strict";
import { durationText, longDurationText, shortDurationText } from "./durations.ts";

Deno.test("durationText() names days only when there are some", () => {
  assert.equal(durationText(0), "0:00:00");
  assert.equal(durationText(5100), "1:25:00");
  assert.equal(durationText(86_400 + 7_500), "1 day, 2:05:00");
  assert.equal(durationText(17 * 86_400 + 43_200), "17 days, 12:00:00");
});

Deno.test("longDurationText() and shortDurationText() always name days", () => {
  assert.equal(longDurationText(17 * 86_400 + 43_200), "17 days 12:00:00");
  assert.equal(longDurationText(300), "0 days 00:05:00");
  assert.equal(shortDurationText(7_080), "0d 01:58");
  assert.equal(shortDurationText(90_000), "1d 01:00");
});
