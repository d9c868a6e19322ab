/** Content-addressed bytes: candle blocks, result columns, models, reports. */
import { type Clock, nextTurn } from "./clock.ts";
import { type Db, inTransaction, tables } from "./database/open.ts";
import { sha256Hex } from "./encoding.ts";

export interface Blobs {
  /**
   * Stores bytes once; answers their SHA-256 in hex. `tx` joins a caller's transaction. `hash` is
   * theirs when another thread has computed it: of megabytes it takes as long as many requests.
   */
  put(bytes: Uint8Array<ArrayBuffer>, tx?: Db, hash?: string): Promise<string>;
  /** @returns null when no blob has this hash. */
  get(hash: string, tx?: Db): Promise<Uint8Array<ArrayBuffer> | null>;
  delete(hash: string, tx?: Db): Promise<void>;
}

interface BlobTables {
  /** `bytes` is empty when they are in parts. */
  blobs: { hash: string; bytes: Uint8Array<ArrayBuffer>; size: number; created_at: number };
  blob_parts: { hash: string; seq: number; bytes: Uint8Array<ArrayBuffer> };
}

/** A row's bytes are read and written in one step that nothing else gets between. */
const PART_BYTES = 1 << 20;

/** The default port: a table of the database itself. */
export function createDatabaseBlobs(db: Db, clock: Clock): Blobs {
  const on = (tx?: Db) => tables<BlobTables>(tx ?? db);
  return {
    async put(bytes, tx, hash = sha256Hex(bytes)) {
      await insert(tx, db, { hash, bytes, created_at: clock.now() });
      return hash;
    },
    async get(hash, tx) {
      const row = await on(tx).selectFrom("blobs").select(["bytes", "size"])
        .where("hash", "=", hash).executeTakeFirst();
      if (row === undefined) return null;
      const isInParts = row.bytes.byteLength === 0 && row.size > 0;
      if (!isInParts) return new Uint8Array(row.bytes);
      const { size } = row;
      return tx === undefined
        ? readParts(db, { hash, size }, nextTurn)
        : readParts(tx, { hash, size }, null);
    },
    async delete(hash, tx) {
      await on(tx).deleteFrom("blobs").where("hash", "=", hash).execute();
    },
  };
}

type BlobDb = ReturnType<typeof tables<BlobTables>>;

interface NewBlob {
  readonly hash: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly created_at: number;
}

/** In the caller's transaction; without one a blob in parts gets its own. */
async function insert(within: Db | undefined, db: Db, blob: NewBlob): Promise<void> {
  const isShort = blob.bytes.length <= PART_BYTES;
  if (isShort) await insertBlob(tables<BlobTables>(within ?? db), blob);
  else if (within === undefined) await inTransaction(db, (tx) => insertParts(tx, blob));
  else await insertParts(within, blob);
}

/** False when it is there already. */
async function insertBlob(
  db: BlobDb,
  { hash, bytes, created_at }: NewBlob,
  size = bytes.length,
): Promise<boolean> {
  const result = await db.insertInto("blobs").values({ hash, bytes, size, created_at })
    .onConflict((conflict) => conflict.column("hash").doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

async function insertParts(tx: Db, blob: NewBlob): Promise<void> {
  const { hash, bytes } = blob;
  const db = tables<BlobTables>(tx);
  if (!await insertBlob(db, { ...blob, bytes: new Uint8Array() }, bytes.length)) return;
  for (let seq = 0; seq * PART_BYTES < bytes.length; seq++) {
    const part = bytes.slice(seq * PART_BYTES, (seq + 1) * PART_BYTES);
    await db.insertInto("blob_parts").values({ hash, seq, bytes: part }).execute();
  }
}

/** Others have their turn between parts, but nothing else is awaited inside a transaction. */
async function readParts(
  db: Db,
  { hash, size }: { hash: string; size: number },
  breathe: (() => Promise<void>) | null,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = new Uint8Array(size);
  for (let seq = 0; seq * PART_BYTES < size; seq++) {
    const part = await tables<BlobTables>(db).selectFrom("blob_parts").select("bytes")
      .where("hash", "=", hash).where("seq", "=", seq).executeTakeFirst();
    if (part === undefined) return null;
    bytes.set(new Uint8Array(part.bytes), seq * PART_BYTES);
    await breathe?.();
  }
  return bytes;
}
