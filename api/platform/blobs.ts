/** Content-addressed bytes: candle blocks, result columns, models, reports. */
import { sha256Hex } from "./encoding.ts";
import type { Clock } from "./clock.ts";
import { type Db, tables } from "./database/open.ts";

export interface Blobs {
  /** Stores bytes once; answers their SHA-256 in hex. `tx` joins a caller's transaction. */
  put(bytes: Uint8Array<ArrayBuffer>, tx?: Db): Promise<string>;
  /** @returns null when no blob has this hash. */
  get(hash: string, tx?: Db): Promise<Uint8Array<ArrayBuffer> | null>;
  delete(hash: string, tx?: Db): Promise<void>;
}

interface BlobTables {
  blobs: { hash: string; bytes: Uint8Array<ArrayBuffer>; size: number; created_at: number };
}

/** The default port: a table of the database itself. */
export function createDatabaseBlobs(db: Db, clock: Clock): Blobs {
  const on = (tx?: Db) => tables<BlobTables>(tx ?? db);
  return {
    async put(bytes, tx) {
      const hash = sha256Hex(bytes);
      await on(tx).insertInto("blobs")
        .values({ hash, bytes, size: bytes.length, created_at: clock.now() })
        .onConflict((conflict) => conflict.column("hash").doNothing())
        .execute();
      return hash;
    },
    async get(hash, tx) {
      const row = await on(tx).selectFrom("blobs").select("bytes")
        .where("hash", "=", hash).executeTakeFirst();
      return row === undefined ? null : new Uint8Array(row.bytes);
    },
    async delete(hash, tx) {
      await on(tx).deleteFrom("blobs").where("hash", "=", hash).execute();
    },
  };
}
