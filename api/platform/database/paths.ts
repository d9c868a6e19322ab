/** Where the database is; file paths out of `file:` URLs, relative ones too (`file:./data/x.db`). */
import { dirname, join, resolve } from "node:path";
import type { Settings } from "../config.ts";

export { dirname };

/** What a local server calls its database file. */
export const DATABASE_FILE = "candlewick.db";

/** The URL that settings mean: a server, or a file in the data directory unless they name one. */
export function databaseUrl({ DATABASE_URL, DATA_DIR }: Settings): string {
  return DATABASE_URL ?? `file:${join(DATA_DIR, DATABASE_FILE)}`;
}

export function fromFileUrl(url: string): string {
  const path = url.slice("file:".length).replace(/^\/\/(localhost)?(?=\/)/, "");
  return resolve(decodeURIComponent(path));
}
