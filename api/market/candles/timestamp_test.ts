import assert from "node:assert/strict";
import { parseTimestamp } from "./timestamp.ts";

const NINE = Date.UTC(2024, 2, 5, 9);

Deno.test("parseTimestamp() reads every form that candle files carry", () => {
  const forms = [
    "1709629200",
    "1709629200000",
    "1709629200000000",
    "1709629200000000000",
    "2024-03-05T09:00:00Z",
    "2024-03-05 09:00:00",
    "2024-03-05 09:00:00.000000",
    "2024-03-05 09:00:00+00:00",
    "2024-03-05T11:00:00+02:00",
    "2024-03-05T04:30:00-0430",
    "2024-03-05 09:00:00 UTC",
    "20240305 09:00",
    "20240305T090000",
    "2024-03-05 09-AM",
  ];
  for (const form of forms) assert.equal(parseTimestamp(form), NINE, form);
  assert.equal(parseTimestamp("2024-03-05 09:00:00.250"), NINE + 250);
  assert.equal(parseTimestamp("2024-03-05"), Date.UTC(2024, 2, 5));
  assert.equal(parseTimestamp("20240305"), Date.UTC(2024, 2, 5));
});

Deno.test("parseTimestamp() puts twelve o'clock where the clock does", () => {
  assert.equal(parseTimestamp("2024-03-05 12-AM"), Date.UTC(2024, 2, 5, 0));
  assert.equal(parseTimestamp("2024-03-05 12-PM"), Date.UTC(2024, 2, 5, 12));
  assert.equal(parseTimestamp("2024-03-05 11-PM"), Date.UTC(2024, 2, 5, 23));
});

Deno.test("parseTimestamp() counts from midnight only when it knows the day", () => {
  const midnight = Date.UTC(2022, 11, 13);
  assert.equal(parseTimestamp("86340000", midnight), midnight + 86_340_000);
  assert.equal(parseTimestamp("0", midnight), midnight);
  assert.ok(Number.isNaN(parseTimestamp("60000")));
});

Deno.test("parseTimestamp() gives NaN for what is no time", () => {
  for (const text of ["", "abc", "2024-13-01", "2024-02-30", "2024-03-05 25:00", "05/03/2024"]) {
    assert.ok(Number.isNaN(parseTimestamp(text)), text);
  }
});
