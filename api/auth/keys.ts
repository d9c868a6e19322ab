/**
 * The keys that sign tokens: sealed in the database, two valid at once.
 *
 * The newest signs, the one before it still verifies. A third rotation within a token's life ends
 * the tokens of the first.
 */
import type { Platform } from "../platform/context.ts";
import { type Db, inTransaction } from "../platform/database/open.ts";
import {
  insertSigningKey,
  listSigningKeys,
  retireSigningKeys,
  type SigningKeyRow,
} from "./store.ts";

const KEY_BYTES = 32;
const VALID_MAX = 2;

/** An unknown key id may be a new key; junk ids must not make every request read the database. */
const RELOAD_PAUSE_MS = 1_000;

export interface SigningKey {
  readonly id: string;
  /** 32 bytes or more, for HMAC with SHA-256. */
  readonly secret: Uint8Array<ArrayBuffer>;
}

export interface SigningKeys {
  /** The key that signs; made when there is none yet. */
  newest(): Promise<SigningKey>;
  /** The valid key with this id, or null. */
  find(id: string): Promise<SigningKey | null>;
  /** Seals a new key for `addKey`, which must not await cryptography in its transaction. */
  prepare(): Promise<SigningKeyRow>;
}

type Needs = Pick<Platform, "db" | "secrets" | "random" | "ids" | "clock" | "invalidations">;

export function createSigningKeys(platform: Needs): SigningKeys {
  let loading: Promise<readonly SigningKey[]> | null = null;
  let loadedAt = Number.NEGATIVE_INFINITY;
  platform.invalidations.subscribe(({ topic }) => {
    if (topic === "signing_keys") loading = null;
  });

  function load(): Promise<readonly SigningKey[]> {
    loadedAt = platform.clock.monotonic();
    const keys = readKeys(platform);
    loading = keys;
    keys.catch(() => {
      if (loading === keys) loading = null;
    });
    return keys;
  }

  return {
    async newest() {
      await platform.invalidations.catchUp();
      const [key] = await (loading ?? load());
      if (key === undefined) throw new Error("Cannot sign a token: there is no signing key");
      return key;
    },
    async find(id) {
      await platform.invalidations.catchUp();
      const known = (await (loading ?? load())).find((key) => key.id === id);
      if (known !== undefined) return known;
      if (platform.clock.monotonic() - loadedAt < RELOAD_PAUSE_MS) return null;
      return (await load()).find((key) => key.id === id) ?? null;
    },
    prepare: () => sealNewKey(platform),
  };
}

/** Adds a key and retires all but it and the newest of the others; answers the valid ids. */
export async function addKey(tx: Db, key: SigningKeyRow): Promise<string[]> {
  const earlier = await listSigningKeys(tx);
  await insertSigningKey(tx, key);
  const retired = earlier.slice(VALID_MAX - 1).map(({ id }) => id);
  await retireSigningKeys(tx, retired, key.created_at);
  return [key.id, ...earlier.slice(0, VALID_MAX - 1).map(({ id }) => id)];
}

async function readKeys(platform: Needs): Promise<readonly SigningKey[]> {
  let rows = await listSigningKeys(platform.db);
  if (rows.length === 0) rows = await makeFirstKey(platform);
  return await Promise.all(rows.map(async ({ id, sealed }) => {
    const secret = await platform.secrets.open(sealed, placeOf(id));
    if (secret.length < KEY_BYTES) {
      throw new Error(`Cannot use signing key "${id}": it is shorter than ${KEY_BYTES} bytes`);
    }
    return { id, secret };
  }));
}

/** Two processes that start at once end with one key: the second finds the first's. */
async function makeFirstKey(platform: Needs): Promise<SigningKeyRow[]> {
  const key = await sealNewKey(platform);
  return await inTransaction(platform.db, async (tx) => {
    const rows = await listSigningKeys(tx);
    if (rows.length > 0) return rows;
    await insertSigningKey(tx, key);
    return [key];
  });
}

async function sealNewKey({ ids, random, secrets, clock }: Needs): Promise<SigningKeyRow> {
  const id = ids.uuid();
  const sealed = await secrets.seal(random.bytes(KEY_BYTES), placeOf(id));
  return { id, sealed, created_at: clock.now(), retired_at: null };
}

function placeOf(id: string): string {
  return `signing_keys/${id}`;
}
