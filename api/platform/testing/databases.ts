/** The same database tests on every kind of database the platform runs on. */
import { join } from "node:path";
import { type OpenDatabase, openDatabase } from "../database/open.ts";
import { type HranaServer, startHranaServer } from "./hrana_server.ts";

export interface TestDatabase extends OpenDatabase, AsyncDisposable {
  readonly kind: "file" | "server";
  /** What `openDatabase` takes to open it again. */
  readonly url: string;
  /** Null for a file. */
  readonly server: HranaServer | null;
}

/** Opens an empty database in a folder of its own; closed and deleted at the end. */
export async function openTestDatabase(
  kind: TestDatabase["kind"],
  options: { readonly idleMs?: number } = {},
): Promise<TestDatabase> {
  const folder = await Deno.makeTempDir({ prefix: "candlewick-test-" });
  const path = join(folder, "test.db");
  const server = kind === "server" ? startHranaServer({ path, ...options }) : null;
  const url = server?.url ?? `file:${path}`;
  const { db, close } = await openDatabase({ url });
  let isOpen = true;
  const closeOnce = async () => {
    if (isOpen) await close();
    isOpen = false;
  };
  return {
    db,
    close: closeOnce,
    kind,
    url,
    server,
    [Symbol.asyncDispose]: async () => {
      await closeOnce();
      await server?.[Symbol.asyncDispose]();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Registers a test once for each kind of database. */
export function testOnEachDatabase(
  name: string,
  work: (kind: TestDatabase["kind"]) => Promise<void>,
): void {
  for (const kind of ["file", "server"] as const) {
    Deno.test(`${name}, on a ${kind}`, () => work(kind));
  }
}
