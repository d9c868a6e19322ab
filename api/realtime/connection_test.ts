import assert from "node:assert/strict";
import { createHub } from "../app.ts";
import { createCtx } from "../platform/context.ts";
import { inTransaction, tables } from "../platform/database/open.ts";
import { createTestApp, type TestApp } from "../testing.ts";
import type { Socket } from "./connection.ts";
import { scopesOfRole } from "../auth/scopes.ts";
import { takeTicket } from "./tickets.ts";

class FakeSocket implements Socket {
  bufferedAmount = 0;
  readonly sent: { readonly type: string; readonly [field: string]: unknown }[] = [];
  closed: { readonly code: number; readonly reason: string } | null = null;

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(code: number, reason: string): void {
    this.closed = { code, reason };
  }
}

async function openConnection(test: TestApp) {
  const ann = await test.signUp("ann");
  const hub = createHub(test.platform);
  const socket = new FakeSocket();
  const actor = {
    userId: ann.userId,
    username: "ann",
    role: "user" as const,
    scopes: scopesOfRole("user"),
    sessionId: null,
  };
  const signal = new AbortController().signal;
  const ctx = createCtx(test.platform, { actor: null, signal });
  const connection = hub.add(socket, ctx, () => Promise.resolve(actor));
  await connection.open(actor);
  return { ann, hub, socket, connection };
}

Deno.test("A reader that does not keep up is dropped with a reason", async () => {
  await using test = await createTestApp();
  const { hub, socket, connection } = await openConnection(test);
  socket.bufferedAmount = 2_000_000;
  await connection.receive('{"type":"ping","id":1}');
  assert.deepEqual(socket.closed, { code: 4408, reason: "too slow: reconnect and resume" });
  await hub.stop();
});

Deno.test("A connection has 200 topics, in however many messages 10,000 are asked for", async () => {
  await using test = await createTestApp();
  const { ann, hub, socket, connection } = await openConnection(test);
  const topics: string[] = [];
  for (let at = 0; at < 201; at++) {
    const answer = await ann.as("/api/v1/strategies", { json: { name: `s${at}`, code: "# none" } });
    topics.push(`strategy:${(await answer.json()).id}`);
  }
  for (let id = 0; id < 50; id++) {
    const asked = topics.slice(id % 2, 200 + id % 2);
    await connection.receive(JSON.stringify({ type: "subscribe", id, topics: asked }));
  }
  const refused = socket.sent.filter(({ type }) => type === "error");
  assert.deepEqual(
    refused.map(({ code, topic }) => ({ code, topic })),
    Array.from({ length: 25 }, () => ({ code: "LIMIT_EXCEEDED", topic: topics[200] })),
  );
  await connection.receive(JSON.stringify({ type: "unsubscribe", topics: topics.slice(0, 1) }));
  await connection.receive(JSON.stringify({ type: "subscribe", topics: topics.slice(200) }));
  assert.equal(socket.sent.findLast(({ type }) => type === "snapshot")?.topic, topics[200]);
  assert.equal(socket.closed, null);
  await hub.stop();
});

Deno.test("A number whose events are gone answers resync_required and goes on from now", async () => {
  await using test = await createTestApp();
  const { ann, hub, socket, connection } = await openConnection(test);
  for (const name of ["one", "two", "three"]) {
    await ann.as("/api/v1/strategies", { json: { name, description: "", code: "#" } });
  }
  await inTransaction(test.platform.db, async (tx) => {
    await tables<{ events: { owner_id: string; seq: number } }>(tx).deleteFrom("events")
      .where("owner_id", "=", ann.userId).where("seq", "<", 3).execute();
  });
  await connection.receive('{"type":"subscribe","topics":["events"],"after":0}');
  const types = socket.sent.map(({ type }) => type);
  assert.ok(types.includes("resync_required"), types.join());
  assert.ok(types.includes("ack"), types.join());
  await hub.stop();
});

Deno.test("A resource's topic starts with a snapshot without long texts", async () => {
  await using test = await createTestApp();
  const { ann, hub, socket, connection } = await openConnection(test);
  const strategy = await (await ann.as("/api/v1/strategies", {
    json: { name: "one", description: "", code: "# long" },
  })).json();
  await connection.receive(
    JSON.stringify({ type: "subscribe", topics: [`strategy:${strategy.id}`] }),
  );
  const snapshot = socket.sent.find(({ type }) => type === "snapshot");
  const { code: _, ...expected } = strategy;
  assert.deepEqual(snapshot?.data, expected);
  await hub.stop();
});

Deno.test("A flood of messages is refused with the time to wait, then closed", async () => {
  await using test = await createTestApp({ RATE_LIMITS: "on" });
  const { hub, socket, connection } = await openConnection(test);
  socket.sent.length = 0;
  for (let id = 0; id < 60; id++) await connection.receive(JSON.stringify({ type: "ping", id }));
  assert.equal(socket.sent.filter(({ type }) => type === "pong").length, 50);
  const [{ message, ...refusal } = assert.fail()] = socket.sent.filter(({ type }) =>
    type === "error"
  );
  assert.deepEqual(refusal, { type: "error", id: 50, code: "RATE_LIMITED", retry_after: 1 });
  assert.match(String(message), /too many messages, wait 1 s/);
  assert.equal(socket.closed, null);
  test.clock.advance(1_000);
  await connection.receive('{"type":"ping","id":"patient"}');
  assert.deepEqual(socket.sent.at(-1), { type: "pong", id: "patient" });
  for (let id = 0; id < 200; id++) await connection.receive(JSON.stringify({ type: "ping", id }));
  assert.deepEqual(socket.closed, { code: 4429, reason: "too many messages, wait 1 s" });
  await hub.stop();
});

Deno.test("Topics of one message count like messages, over all sockets of the user", async () => {
  await using test = await createTestApp({ RATE_LIMITS: "on" });
  const { hub, socket, connection } = await openConnection(test);
  const topics = Array.from({ length: 200 }, () => "events");
  for (let id = 0; id < 3; id++) {
    await connection.receive(JSON.stringify({ type: "subscribe", id, topics }));
  }
  assert.ok(!socket.sent.some(({ type }) => type === "error"));
  await connection.receive('{"type":"ping"}');
  assert.equal(socket.sent.at(-1)?.code, "RATE_LIMITED");
  assert.equal(socket.sent.at(-1)?.retry_after, 60);
  await hub.stop();
});

Deno.test("More messages than may wait for their turn close the socket", async () => {
  await using test = await createTestApp();
  const { hub, socket, connection } = await openConnection(test);
  await Promise.all(Array.from({ length: 1_001 }, () => connection.receive('{"type":"pong"}')));
  assert.deepEqual(socket.closed, { code: 4429, reason: "too many messages wait" });
  await hub.stop();
});

Deno.test("What a session's ticket opened is closed when the session has ended meanwhile", async () => {
  await using test = await createTestApp();
  const ann = await test.signUp("ann");
  const hub = createHub(test.platform);
  const { ticket } = await (await ann.as("/api/v1/ws/tickets", { method: "POST" })).json();
  await ann.as("/api/v1/auth/logout", { method: "POST" });
  const socket = new FakeSocket();
  const actor = await takeTicket(test.platform, ticket);
  const signal = new AbortController().signal;
  const ctx = createCtx(test.platform, { actor: null, signal });
  const connection = hub.add(socket, ctx, () => Promise.resolve(actor));
  await connection.open(actor ?? assert.fail());
  assert.deepEqual(socket.sent, []);
  assert.deepEqual(socket.closed, { code: 4401, reason: "the session or token has ended" });
  await hub.stop();
});
