import assert from "node:assert/strict";
import { createTestApp, type TestUser } from "../testing.ts";

const COMPUTE = "/api/v1/indicators/compute";
const FIRST_OPEN_MS = 1_700_000_100_000;
const CLOSES = Array.from({ length: 600 }, (_, row) => 100 + Math.sin(row / 7) * 5 + row * 0.01);
const ROWS = CLOSES.map((close, row) =>
  `${FIRST_OPEN_MS + row * 300_000},${close},${close + 1},${close - 1},${close},10`
);
const CSV = `timestamp_ms,open,high,low,close,volume\n${ROWS.join("\n")}\n`;

async function refusalOf(user: TestUser, json: unknown) {
  const answer = await user.as(COMPUTE, { json });
  assert.equal(answer.status, 422);
  const { detail } = await answer.json();
  return { loc: detail[0].loc, msg: detail[0].msg };
}

Deno.test("listIndicators() gives the registry, filtered by family, group and text", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const all = await (await ann.as("/api/v1/indicators?family=talib")).json();
  assert.equal(all.total, 201);
  const found = await (await ann.as("/api/v1/indicators?family=talib&search=relative%20strength"))
    .json();
  assert.ok(found.items.some(({ name }: { name: string }) => name === "RSI"));
  const overlap = await (await ann.as("/api/v1/indicators?group=Overlap%20Studies")).json();
  assert.ok(overlap.total > 10 && overlap.total < all.total);
});

Deno.test("compute() answers columns of the caller's own by the reference's output names", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const answer = await ann.as(COMPUTE, {
    json: { name: "SMA", parameters: { timeperiod: 2 }, inputs: { real: [1, 2, null, 4, 6] } },
  });
  assert.equal(answer.status, 200);
  const body = await answer.json();
  assert.equal(body.rows, 5);
  assert.equal(body.timestamps, null);
  assert.deepEqual(body.outputs.real.slice(0, 2), [null, 1.5]);
  assert.deepEqual(body.parameters, { timeperiod: 2 });
});

Deno.test("compute() over a symbol shows the same values for any number of rows", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const dataset = await (await ann.as("/api/v1/market/datasets", { json: { name: "own" } })).json();
  await ann.as(`/api/v1/market/datasets/${dataset.id}/imports?filename=AAA_BBB-5m.csv`, {
    method: "POST",
    headers: { "Content-Type": "text/csv" },
    body: CSV,
  });
  const compute = async (limit: number) =>
    await (await ann.as(COMPUTE, {
      json: { name: "RSI", symbol: "AAA/BBB", timeframe: "5m", limit },
    })).json();
  const few = await compute(10);
  const more = await compute(60);
  assert.equal(few.rows, 10);
  assert.equal(few.timestamps.length, 10);
  few.outputs.real.forEach((value: number, row: number) => {
    assert.ok(Math.abs(value - more.outputs.real[50 + row]) < 1e-9);
  });
});

Deno.test("compute() answers bytes when the client asks for them", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const answer = await ann.as(COMPUTE, {
    json: { name: "BBANDS", parameters: { timeperiod: 3 }, inputs: { real: [1, 2, 3, 4] } },
    headers: { Accept: "application/octet-stream" },
  });
  assert.equal(answer.headers.get("X-Columns"), "upperband,middleband,lowerband");
  assert.equal(answer.headers.get("X-Rows"), "4");
  const values = new Float64Array(await answer.arrayBuffer());
  assert.equal(values.length, 12);
  assert.equal(values[6], 2);
  assert.ok(Number.isNaN(values[0]));
});

Deno.test("compute() names the argument it refuses, its value and what is allowed", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const real = [1, 2, 3];
  const unknown = await refusalOf(ann, { name: "NOSUCH", inputs: { real } });
  assert.deepEqual(unknown.loc, ["body", "name"]);
  assert.match(unknown.msg, /NOSUCH/);
  const period = await refusalOf(ann, {
    name: "SMA",
    parameters: { timeperiod: 0 },
    inputs: { real },
  });
  assert.deepEqual(period.loc, ["body", "parameters", "timeperiod"]);
  assert.match(period.msg, /0/);
  const long = await refusalOf(ann, {
    name: "SMA",
    parameters: { timeperiod: 9 },
    inputs: { real },
  });
  assert.match(long.msg, /9.*3 rows/);
  const other = await refusalOf(ann, { name: "SMA", parameters: { bogus: 1 }, inputs: { real } });
  assert.match(other.msg, /bogus.*timeperiod/);
  const missing = await refusalOf(ann, { name: "ATR", inputs: { high: real, low: real } });
  assert.deepEqual(missing.loc, ["body", "inputs", "close"]);
  const unequal = await refusalOf(ann, {
    name: "ATR",
    inputs: { high: real, low: real, close: [1, 2] },
  });
  assert.match(unequal.msg, /high 3, low 3, close 2/);
  for (const timeperiod of [1, 2.5]) {
    const wrong = await refusalOf(ann, {
      name: "RSI",
      parameters: { timeperiod },
      inputs: { real },
    });
    assert.deepEqual(wrong.loc, ["body", "parameters", "timeperiod"]);
    assert.match(wrong.msg, new RegExp(`${timeperiod}.* 2 to 100000`));
  }
  const missingNumber = await refusalOf(ann, {
    name: "RSI",
    parameters: { timeperiod: NaN },
    inputs: { real },
  });
  assert.deepEqual(missingNumber.loc, ["body", "parameters", "timeperiod"]);
  assert.match(missingNumber.msg, /expected number/);
});
