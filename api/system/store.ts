/** What the process asks its database to know that it answers. */
import { sql } from "kysely";
import type { Db } from "../platform/database/open.ts";

export async function pingDatabase(db: Db): Promise<void> {
  await sql`select 1`.execute(db);
}
