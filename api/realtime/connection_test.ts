import assert from "node:assert/strict";
import { createHub } from "../app.ts";
import { createCtx } from "../platform/context.ts";
import { inTransaction, tables } from "../platform/database/open.ts";
import { createTestApp, type TestApp } from "../testing.ts";
import type { Socket } from "./connection.ts";
import { scopesOfRole } from "../auth/scopes.ts";

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
