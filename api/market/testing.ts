/** Users, requests and candle files for the tests of this capability. */

import { type Scope, SCOPES, scopesOfRole } from "../auth/scopes.ts";
import { type Actor, createCtx, type Ctx, systemActor } from "../platform/context.ts";
import { tables } from "../platform/database/open.ts";
import { createTestApp, type TestApp, type TestUser } from "../testing.ts";

export interface MarketTest extends AsyncDisposable {
  readonly test: TestApp;
  /** The same people as clients and as callers of verbs. */
  readonly users: Readonly<Record<"ann" | "bob" | "root", TestUser>>;
  readonly ann: Ctx;
  readonly bob: Ctx;
  readonly admin: Ctx;
  /** A command of this machine. */
  readonly system: Ctx;
}

export async function createMarketTest(settings: Record<string, string> = {}): Promise<MarketTest> {
  const test = await createTestApp(settings);
  const users = {
    ann: await test.signUp("ann"),
    bob: await test.signUp("bob"),
    root: await test.admin(),
  };
  function as(actor: Actor): Ctx {
    return createCtx(test.platform, { actor, signal: new AbortController().signal });
  }
  function person({ userId, name }: TestUser, role: "user" | "admin"): Ctx {
    return as({ userId, username: name, role, scopes: scopesOfRole(role), sessionId: null });
  }
  return {
    test,
    users,
    ann: person(users.ann, "user"),
    bob: person(users.bob, "user"),
    admin: person(users.root, "admin"),
    system: as(systemActor(SCOPES)),
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
}

/** The same caller without a scope. */
export function withoutScope(ctx: Ctx, scope: Scope): Ctx {
  if (!ctx.actor) return ctx;
  const scopes = new Set([...ctx.actor.scopes].filter((each) => each !== scope));
  return { ...ctx, actor: { ...ctx.actor, scopes } };
}

export const HOUR = 3_600_000;
export const START = Date.UTC(2024, 0, 1);

/** An hourly file: a close for each hour, undefined for one that is missing. */
export function csvOf(closes: readonly (number | undefined)[], start = START): string {
  const rows = closes.flatMap((close, hour) =>
    close === undefined
      ? []
      : [`${start + hour * HOUR},${close},${close + 1},${close - 1},${close},5`]
  );
  return ["timestamp_ms,open,high,low,close,volume", ...rows, ""].join("\n");
}

export function streamOf(text: string): ReadableStream<Uint8Array> {
  return new Blob([text]).stream();
}

/** Counts of every table that a write could leave something in. */
export async function countRows(ctx: Ctx): Promise<Record<string, number>> {
  const names = [
    ...["datasets", "markets", "market_aliases", "series", "manifests", "manifest_blocks"],
    ...["candle_imports", "audit_actions", "events"],
  ] as const;
  const counts: Record<string, number> = {};
  for (const name of names) {
    const row = await tables<Record<typeof name, Record<string, unknown>>>(ctx.db)
      .selectFrom(name).select((select) => select.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    counts[name] = row.count;
  }
  return counts;
}
