import assert from "node:assert/strict";
import { narrowDocument } from "./fuzz_document.ts";
import { countAnswers, type Histogram, judge, renderHistogram } from "./fuzz_histogram.ts";

const ROW = { type: "string", format: "uuid" };

Deno.test("narrowDocument() puts ids that exist into paths and bodies, and leaves the rest", () => {
  const note = { type: "object", properties: { id: ROW, text: { type: "string" } } };
  const document = {
    paths: {
      "/notes/{note_id}": {
        put: {
          operationId: "putNote",
          parameters: [{ name: "note_id", in: "path", schema: ROW }],
          requestBody: {
            content: {
              "application/json": { schema: { $ref: "#/components/schemas/Note" } },
              "application/zip": { schema: { type: "string" } },
            },
          },
        },
      },
    },
    components: { schemas: { Note: note } },
  };
  const narrowed = narrowDocument(document, {
    "*": { note_id: ["a"] },
    putNote: { id: ["b", "c"] },
  });
  const operation = narrowed.paths["/notes/{note_id}"]?.put;
  assert.deepEqual(operation?.parameters?.[0]?.schema, {
    type: "string",
    enum: ["a"],
    example: "a",
  });
  assert.deepEqual(operation?.requestBody?.content, {
    "application/json": {
      schema: {
        type: "object",
        properties: {
          id: { type: "string", enum: ["b", "c"], example: "b" },
          text: { type: "string" },
        },
      },
    },
  });
  assert.deepEqual(document.components.schemas.Note, note);
});

Deno.test("judge() names the operations that no role got a 2xx of, and counts failures", () => {
  const user: Histogram = new Map();
  const admin: Histogram = new Map();
  countAnswers(
    `{"Initialize":{}}\n${record("GET /a", [200, 500])}\n${record("GET /b", [403])}`,
    user,
  );
  countAnswers(record("GET /b", [404, null]), admin);
  assert.deepEqual(judge([user, admin]), {
    requests: 5,
    goodRatio: 0.2,
    serverErrors: 1,
    unanswered: 1,
    neverGood: ["GET /b"],
  });
  const table = renderHistogram(new Map([["user", user], ["admin", admin]]));
  assert.match(table, /^\| `GET \/b` +\| 403 × 1 +\| none × 1, 404 × 1 +\|$/m);
});

function record(label: string, statuses: readonly (number | null)[]): string {
  const interactions = Object.fromEntries(
    statuses.map((status_code, at) => [
      at,
      { response: status_code === null ? null : { status_code } },
    ]),
  );
  return JSON.stringify({ ScenarioFinished: { recorder: { label, interactions } } });
}
