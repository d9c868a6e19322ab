import assert from "node:assert/strict";
import { scopesOfRole } from "../auth/scopes.ts";
import { createCtx, type Ctx } from "../platform/context.ts";
import { inTransaction } from "../platform/database/open.ts";
import { createTestApp, type TestApp } from "../testing.ts";
import { listEvents, sweepEvents } from "./service.ts";

const DAY_MS = 86_400_000;
const SIGNAL = new AbortController().signal;

function ctxOfNewUser({ platform }: TestApp): Ctx {
  const userId = platform.ids.uuid();
  const scopes = scopesOfRole("user");
  const actor = { userId, username: "ann", role: "user", scopes, sessionId: null } as const;
  return createCtx(platform, { actor, signal: SIGNAL });
}

async function emit(ctx: Ctx): Promise<void> {
  const resourceId = ctx.ids.uuid();
  await inTransaction(ctx.db, (tx) =>
    ctx.events(ctx, tx, {
      ownerId: ctx.actor?.userId ?? "",
      type: "note.created",
      resourceKind: "note",
      resourceId,
      data: {},
    }));
}

async function numbers(ctx: Ctx, after?: number): Promise<number[]> {
  return (await listEvents(ctx, { after, limit: 10 })).items.map(({ seq }) => seq);
}

Deno.test("sweepEvents() deletes events of more than 30 days and keeps the numbering", async () => {
  await using test = await createTestApp();
  const ctx = ctxOfNewUser(test);
  for (let event = 0; event < 3; event++) await emit(ctx);
  test.clock.advance(30 * DAY_MS);
  assert.equal(await sweepEvents(test.platform, SIGNAL), 0);
  test.clock.advance(1);
  await emit(ctx);
  assert.equal(await sweepEvents(test.platform, SIGNAL), 3);
  assert.deepEqual(await numbers(ctx), [4]);
  assert.deepEqual(await numbers(ctx, 3), [4]);
});

Deno.test("listEvents() refuses a number whose followers are gone, all of them or some", async () => {
  await using test = await createTestApp();
  const ctx = ctxOfNewUser(test);
  for (let event = 0; event < 3; event++) await emit(ctx);
  test.clock.advance(31 * DAY_MS);
  await sweepEvents(test.platform, SIGNAL);
  await assert.rejects(() => numbers(ctx, 1), {
    message: "Cannot resume after event 1: the last one is 3, and those before 4 are gone",
  });
  assert.deepEqual(await numbers(ctx, 3), []);
  assert.deepEqual(await numbers(ctx), []);
  await emit(ctx);
  await assert.rejects(() => numbers(ctx, 1), /the last one is 4, and those before 4 are gone/);
  assert.deepEqual(await numbers(ctx, 3), [4]);
});
