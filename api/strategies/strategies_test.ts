import assert from "node:assert/strict";
import { createTestApp, type TestRequest } from "../testing.ts";

const CODE = `import talib.abstract as ta
from freqtrade.strategy import IStrategy


class Dips(IStrategy):
    timeframe = "5m"
    minimal_roi = {"0": 0.01}
    stoploss = -0.1

    def populate_indicators(self, dataframe, metadata):
        dataframe["rsi"] = ta.RSI(dataframe, timeperiod=14)
        return dataframe

    def populate_entry_trend(self, dataframe, metadata):
        dataframe.loc[dataframe["rsi"] < 30, "enter_long"] = 1
        return dataframe

    def populate_exit_trend(self, dataframe, metadata):
        return dataframe
`;

const BODY = { name: "Dips", description: "Buys dips", code: CODE };

function post(json: unknown, headers: Record<string, string> = {}): TestRequest {
  return { method: "POST", json, headers };
}

Deno.test("createStrategy() stores the text byte for byte as version 1", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const code = `# µ and \t tab, no newline at the end`;
  const created = await ann.as("/api/v1/strategies", post({ ...BODY, code }));
  assert.equal(created.status, 201);
  const strategy = await created.json();
  assert.equal(created.headers.get("Location"), `/api/v1/strategies/${strategy.id}`);
  assert.equal(strategy.version, 1);
  const read = await (await ann.as(`/api/v1/strategies/${strategy.id}`)).json();
  assert.equal(read.code, code);
  assert.deepEqual(read, strategy);
});

Deno.test("createStrategy() refuses a name the owner already uses and stores nothing", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  await ann.as("/api/v1/strategies", post(BODY));
  const again = await ann.as("/api/v1/strategies", post(BODY));
  assert.equal(again.status, 409);
  assert.equal((await again.json()).code, "NAME_TAKEN");
  assert.equal((await (await ann.as("/api/v1/strategies")).json()).total, 1);
});

Deno.test("createStrategy() lets two owners use one name", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const bob = await test.signUp("bob");
  assert.equal((await ann.as("/api/v1/strategies", post(BODY))).status, 201);
  assert.equal((await bob.as("/api/v1/strategies", post(BODY))).status, 201);
});

Deno.test("createStrategy() repeated with its Idempotency-Key gives one strategy", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const request = post(BODY, { "Idempotency-Key": "key-1" });
  const first = await ann.as("/api/v1/strategies", request);
  const second = await ann.as("/api/v1/strategies", request);
  assert.equal(second.status, 201);
  assert.equal(second.headers.get("Idempotent-Replayed"), "true");
  assert.deepEqual(await second.json(), await first.json());
  const other = await ann.as(
    "/api/v1/strategies",
    post({ ...BODY, name: "Other" }, { "Idempotency-Key": "key-1" }),
  );
  assert.equal(other.status, 422);
  assert.equal((await other.json()).code, "IDEMPOTENCY_KEY_REUSED");
});

Deno.test("updateStrategy() makes another text a new version and keeps the old one", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const { id } = await (await ann.as("/api/v1/strategies", post(BODY))).json();
  const patch = { ...post({ code: `${CODE}\n# more` }), method: "PATCH" };
  const updated = await (await ann.as(`/api/v1/strategies/${id}`, patch)).json();
  assert.equal(updated.version, 2);
  const old = await (await ann.as(`/api/v1/strategies/${id}/versions/1`)).json();
  assert.equal(old.code, CODE);
  const list = await (await ann.as(`/api/v1/strategies/${id}/versions`)).json();
  assert.deepEqual(list.items.map((item: { version: number }) => item.version), [1, 2]);
});

Deno.test("updateStrategy() keeps the version when the text is the same", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const { id } = await (await ann.as("/api/v1/strategies", post(BODY))).json();
  const patch = { ...post({ description: "New words", code: CODE }), method: "PATCH" };
  const updated = await (await ann.as(`/api/v1/strategies/${id}`, patch)).json();
  assert.equal(updated.version, 1);
  assert.equal(updated.description, "New words");
});

Deno.test("updateStrategy() refuses a lost update", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const { id } = await (await ann.as("/api/v1/strategies", post(BODY))).json();
  const patch = (code: string) => ({
    ...post({ code }, { "If-Match": '"1"' }),
    method: "PATCH",
  });
  assert.equal((await ann.as(`/api/v1/strategies/${id}`, patch("# one"))).status, 200);
  const late = await ann.as(`/api/v1/strategies/${id}`, patch("# two"));
  assert.equal(late.status, 412);
  assert.equal((await late.json()).code, "VERSION_MISMATCH");
});

Deno.test("deleteStrategy() frees the name, and a second delete finds nothing", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const { id } = await (await ann.as("/api/v1/strategies", post(BODY))).json();
  const gone = { method: "DELETE" };
  assert.equal((await ann.as(`/api/v1/strategies/${id}`, gone)).status, 204);
  assert.equal((await ann.as(`/api/v1/strategies/${id}`, gone)).status, 404);
  assert.equal((await ann.as("/api/v1/strategies", post(BODY))).status, 201);
});

Deno.test("A stranger's strategy answers as one that does not exist", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const bob = await test.signUp("bob");
  const { id } = await (await ann.as("/api/v1/strategies", post(BODY))).json();
  for (const init of [{}, { method: "DELETE" }, { ...post({ name: "Mine" }), method: "PATCH" }]) {
    assert.equal((await bob.as(`/api/v1/strategies/${id}`, init)).status, 404);
  }
  assert.equal((await ann.as(`/api/v1/strategies/${id}`)).status, 200);
});

Deno.test("listStrategies() pages in order of creation and gives texts only when asked", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  for (const name of ["One", "Two", "Three"]) {
    await ann.as("/api/v1/strategies", post({ ...BODY, name }));
  }
  const answer = await ann.as("/api/v1/strategies?limit=2");
  const page = await answer.json();
  assert.deepEqual(page.items.map((item: { name: string }) => item.name), ["One", "Two"]);
  assert.equal(page.total, 3);
  assert.equal(page.items[0].code, undefined);
  assert.match(answer.headers.get("Link") ?? "", /offset=2>; rel="next"/);
  const rest = await (await ann.as("/api/v1/strategies?limit=2&offset=2&include=code")).json();
  assert.equal(rest.items[0].code, CODE);
});

Deno.test("A strategy's text over 5 MB answers 413 and stores nothing", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const code = "#".repeat(5_242_881);
  const answer = await ann.as("/api/v1/strategies", post({ ...BODY, code }));
  assert.equal(answer.status, 413);
  assert.equal((await (await ann.as("/api/v1/strategies")).json()).total, 0);
});

Deno.test("getStrategyAnalysis() names line and column of what it refuses", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const code = CODE.replace("ta.RSI(", "ta.NOSUCH(");
  const { id } = await (await ann.as("/api/v1/strategies", post({ ...BODY, code }))).json();
  const analysis = await (await ann.as(`/api/v1/strategies/${id}/analysis`)).json();
  assert.equal(analysis.accepted, false);
  const [refusal] = analysis.classes[0].refusals;
  assert.equal(refusal.line, 11);
  assert.match(refusal.message, /NOSUCH/);
});

Deno.test("createStrategy() leaves one audit row and one event without the text", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const { id } = await (await ann.as("/api/v1/strategies", post(BODY))).json();
  const { audits, events } = await test.traces(id);
  assert.deepEqual(audits.map((row) => row.action), ["strategy.create"]);
  assert.deepEqual(events.map((row) => row.type), ["strategy.created"]);
  assert.ok(!JSON.stringify([audits, events]).includes("populate_indicators"));
});
