import assert from "node:assert/strict";
import { openTracing, traceField } from "./tracing.ts";

const TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
const PARENT = `00-${TRACE_ID}-b7ad6b7169203331-01`;

Deno.test("openTracing() runs the work and traces nothing unless it is on", async () => {
  const tracing = await openTracing(false);
  const done = await tracing.span("work", { parent: PARENT, attributes: {} }, (span) => {
    span.set({ x: 1 });
    return Promise.resolve(tracing.current());
  });
  assert.equal(done, null);
});

Deno.test("openTracing() bears a runtime that traces nothing, and a work that throws", async () => {
  const tracing = await openTracing(true);
  assert.equal(tracing.current(), null);
  tracing.nameRequest("GET /", () => ({}));
  const options = { parent: "not a traceparent", attributes: {} };
  await assert.rejects(
    () => tracing.span("work", options, () => Promise.reject(new RangeError("refused"))),
    /refused/,
  );
});

Deno.test("traceField() names the trace of a traceparent and of nothing else", () => {
  assert.deepEqual(traceField(PARENT), { trace_id: TRACE_ID });
  for (const none of [null, "", TRACE_ID, `${PARENT}-00`]) assert.deepEqual(traceField(none), {});
});
