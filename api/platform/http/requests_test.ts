import assert from "node:assert/strict";
import { createTestApp, toRequest } from "../../testing.ts";
import { ACTOR, countNotes, createNotesApp } from "./testing.ts";

Deno.test("A write verb leaves one audit row without secrets and one event", async () => {
  await using test = await createTestApp();
  const app = createNotesApp(test.platform, ACTOR);
  const answer = await app.request("/notes", toRequest({ json: { text: "hello" } }));
  assert.equal(answer.status, 201);
  const { id } = await answer.json();
  const { audits, events } = await test.traces(id);
  assert.deepEqual(audits.map(({ action, actor_id, after }) => [action, actor_id, after]), [
    ["note.create", ACTOR.userId, '{"text":"hello","password":"***"}'],
  ]);
  assert.deepEqual(events.map(({ seq, type }) => [seq, type]), [[1, "note.created"]]);
});

Deno.test("Events of one owner are numbered without gaps, failed verbs between them or not", async () => {
  await using test = await createTestApp();
  const app = createNotesApp(test.platform, ACTOR);
  const seqs: number[] = [];
  for (const text of ["one", "refused", "two", "refused", "three"]) {
    const answer = await app.request("/notes", toRequest({ json: { text } }));
    if (answer.status !== 201) continue;
    const { events } = await test.traces((await answer.json()).id);
    seqs.push(...events.map(({ seq }) => seq));
  }
  assert.deepEqual(seqs, [1, 2, 3]);
  assert.equal(await countNotes(test.platform), 3);
});

Deno.test("A write verb refuses nobody with 401 and a caller without the scope with 403", async () => {
  await using test = await createTestApp();
  const ask = async (actor: typeof ACTOR | null) =>
    (await createNotesApp(test.platform, actor)
      .request("/notes", toRequest({ json: { text: "hello" } }))).status;
  assert.equal(await ask(null), 401);
  assert.equal(await ask({ ...ACTOR, scopes: new Set(["read"]) }), 403);
  assert.equal(await countNotes(test.platform), 0);
});

Deno.test("A repeated Idempotency-Key answers the first row again and adds nothing", async () => {
  await using test = await createTestApp();
  const app = createNotesApp(test.platform, ACTOR);
  const send = (text: string) =>
    app.request("/notes", toRequest({ json: { text }, headers: { "Idempotency-Key": "key-1" } }));
  const [first, second] = [await send("hello"), await send("hello")];
  assert.equal(first.headers.get("Idempotent-Replayed"), null);
  assert.equal(second.headers.get("Idempotent-Replayed"), "true");
  assert.equal(second.status, 201);
  assert.deepEqual(await second.json(), await first.json());
  assert.equal(await countNotes(test.platform), 1);
  const other = await send("another");
  assert.equal(other.status, 422);
  assert.equal((await other.json()).code, "IDEMPOTENCY_KEY_REUSED");
});

Deno.test("Requests with one Idempotency-Key that come at once have one effect", async () => {
  await using test = await createTestApp();
  const app = createNotesApp(test.platform, ACTOR);
  const init = toRequest({ json: { text: "hello" }, headers: { "Idempotency-Key": "key-1" } });
  const answers = await Promise.all(Array.from({ length: 10 }, () => app.request("/notes", init)));
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]));
  assert.equal(await countNotes(test.platform), 1);
});

Deno.test("An Idempotency-Key is its owner's, and a failed request does not use it up", async () => {
  await using test = await createTestApp();
  const headers = { "Idempotency-Key": "key-1" };
  const mine = createNotesApp(test.platform, ACTOR);
  const theirs = createNotesApp(test.platform, { ...ACTOR, userId: test.platform.ids.uuid() });
  const send = async (app: typeof mine, text: string) =>
    (await app.request("/notes", toRequest({ json: { text }, headers }))).status;
  assert.equal(await send(mine, "refused"), 500);
  assert.equal(await send(mine, "hello"), 201);
  assert.equal(await send(theirs, "their own"), 201);
  assert.equal(await countNotes(test.platform), 2);
});

Deno.test("An Idempotency-Key of 256 characters is refused", async () => {
  await using test = await createTestApp();
  const app = createNotesApp(test.platform, ACTOR);
  const headers = { "Idempotency-Key": "k".repeat(256) };
  const answer = await app.request("/notes", toRequest({ json: { text: "hello" }, headers }));
  assert.equal(answer.status, 400);
});

Deno.test("A body over its limit is refused with 413, its length announced or not", async () => {
  await using test = await createTestApp({ JSON_BODY_BYTES_MAX: "2048" });
  const app = createNotesApp(test.platform, ACTOR);
  const text = JSON.stringify({ text: "x".repeat(4_000) });
  const headers = { "Content-Type": "application/json" };
  const announced = await app.request("/notes", {
    method: "POST",
    headers: { ...headers, "Content-Length": String(text.length) },
    body: text,
  });
  const streamed = await app.request("/notes", {
    method: "POST",
    headers,
    body: new Blob([text]).stream(),
  });
  for (const answer of [announced, streamed]) {
    assert.equal(answer.status, 413);
    const { code, detail } = await answer.json();
    assert.equal(code, "BODY_TOO_LARGE");
    assert.equal(detail, "Cannot take the request: its body is larger than 2048 bytes");
  }
  assert.equal(await countNotes(test.platform), 0);
});

Deno.test("A handler that hangs is answered for when the deadline has passed", async () => {
  await using test = await createTestApp({ REQUEST_DEADLINE_MS: "100" });
  const app = createNotesApp(test.platform, ACTOR);
  const answer = await app.request("/hang");
  assert.equal(answer.status, 408);
  assert.equal((await answer.json()).code, "DEADLINE_EXCEEDED");
});

Deno.test("An unknown failure answers 500 without its message", async () => {
  await using test = await createTestApp();
  const app = createNotesApp(test.platform, ACTOR);
  const answer = await app.request("/fail");
  assert.equal(answer.status, 500);
  const { request_id, ...body } = await answer.json();
  assert.deepEqual(body, {
    detail: "Internal error",
    code: "INTERNAL_ERROR",
    timestamp: "2026-01-01T00:00:00.000Z",
  });
  assert.equal(answer.headers.get("X-Request-ID"), request_id);
});

Deno.test("A body that is no JSON answers 400, one of another shape 422 with each field", async () => {
  await using test = await createTestApp();
  const app = createNotesApp(test.platform, ACTOR);
  const headers = { "Content-Type": "application/json" };
  const broken = await app.request("/notes", { method: "POST", headers, body: '{"text":' });
  assert.equal(broken.status, 400);
  assert.equal((await broken.json()).code, "BAD_REQUEST");
  const empty = await app.request("/notes", toRequest({ json: { text: "" } }));
  assert.equal(empty.status, 422);
  const { code, detail, errors } = await empty.json();
  assert.equal(code, "VALIDATION_ERROR");
  assert.deepEqual(detail[0].loc, ["body", "text"]);
  assert.equal(errors[0].field, "text");
});

Deno.test("A validation failure is an RFC 9457 problem with a text when the client accepts one", async () => {
  await using test = await createTestApp();
  const app = createNotesApp(test.platform, ACTOR);
  const headers = { Accept: "application/problem+json" };
  const answer = await app.request("/notes", toRequest({ json: {}, headers }));
  const { status, title, detail, errors, type } = await answer.json();
  assert.equal(status, 422);
  assert.equal(title, "validation error");
  assert.match(detail, /^body\.text: /);
  assert.equal(errors[0].field, "text");
  assert.equal(type, "urn:candlewick:error:validation_error");
});

Deno.test("A bad X-Request-ID is replaced, a good one kept", async () => {
  await using test = await createTestApp();
  const app = createNotesApp(test.platform, ACTOR);
  const ask = async (id: string) =>
    (await app.request("/fail", { headers: { "X-Request-ID": id } })).headers.get("X-Request-ID");
  assert.equal(await ask("trace-0001"), "trace-0001");
  assert.match(await ask("<script>") ?? "", /^[0-9a-f-]{36}$/);
});
